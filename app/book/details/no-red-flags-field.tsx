import type { ReactNode } from 'react';
import { RequiredCheckbox } from '@/components/required-checkbox';
import { WhoComesPhrase } from './two-person-name-fields';

interface NoRedFlagsFieldProps {
  /** The list of signs, drawn by the server. */
  children: ReactNode;
  checked: boolean;
  error: string | undefined;
  /** The page for somebody to whom a sign applies. */
  href: string;
  isForTwo: boolean;
}

/** One tick for the whole list, and a link for somebody to whom any of it applies. */
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
