import { ClashMark } from './date-state';

/** The sentence to agree to before a form is sent, as `consentText` of care/consents gives it. */
export function ConsentField({ text, checked, error }: { text: string; checked: boolean; error: string | undefined }) {
  return (
    <div>
      <label className="flex min-h-11 max-w-[36rem] items-start gap-3 py-2">
        <input
          type="checkbox"
          name="consent"
          value="yes"
          required
          defaultChecked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'consent-error' : undefined}
          className="mt-0.5 size-5 flex-none accent-euc"
        />
        <span className="min-w-0">
          {text}{' '}
          <a href="/privacy" target="_blank" rel="noreferrer">
            What we keep
          </a>
        </span>
      </label>
      {error && (
        <p id="consent-error" className="flex items-start gap-2 text-small font-medium text-clay">
          <span className="flex-none pt-[3px]">
            <ClashMark />
          </span>
          {error}
        </p>
      )}
    </div>
  );
}
