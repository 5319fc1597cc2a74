import type { ReactNode } from 'react';
import { RequiredCheckbox } from '@/components/required-checkbox';
import { WhoComesPhrase } from './two-person-name-fields';

interface NoRedFlagsFieldProps {
  /** The list itself, drawn by the server. */
  children: ReactNode;
  checked: boolean;
  error: string | undefined;
  /** Where somebody goes to whom one applies. */
  href: string;
  isForTwo: boolean;
}

/** One tick for the whole list, and a way on for whom one of it applies to. */
export function NoRedFlagsField({ children, checked, error, href, isForTwo }: NoRedFlagsFieldProps) {
  return (
    <>
      {children}
      <RequiredCheckbox name="signs" value="none" checked={checked} error={error} className="mt-4">
        <span>
          None of these applies to <WhoComesPhrase isForTwo={isForTwo} />
        </span>
      </RequiredCheckbox>
      <a href={href} className="inline-flex min-h-11 items-center text-small">
        <span>
          One of these applies to <WhoComesPhrase isForTwo={isForTwo} />: what to do now
        </span>
      </a>
    </>
  );
}
