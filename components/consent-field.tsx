import { RequiredCheckbox } from './required-checkbox';

/** The consent to tick before a form is sent, in the words of `getConsentText` in care/consents. */
export function ConsentField({ text, checked, error }: { text: string; checked: boolean; error: string | undefined }) {
  return (
    <div>
      <RequiredCheckbox name="consent" value="yes" checked={checked} error={error}>
        <span className="min-w-0">
          {text}{' '}
          <a href="/privacy" target="_blank" rel="noreferrer">
            What we keep
          </a>
        </span>
      </RequiredCheckbox>
    </div>
  );
}
