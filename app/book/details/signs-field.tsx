import type { ReactNode } from 'react';
import { ClashMark } from '@/components/date-state';

interface SignsFieldProps {
  /** The list itself, drawn by the server. */
  children: ReactNode;
  checked: boolean;
  error: string | undefined;
  /** Where somebody goes to whom one applies. */
  href: string;
}

/** One tick for the whole list, and a way on for whom one of it applies to. */
export function SignsField({ children, checked, error, href }: SignsFieldProps) {
  return (
    <>
      {children}
      <label className="mt-4 flex min-h-11 max-w-[36rem] items-start gap-3 py-2">
        <input
          type="checkbox"
          name="signs"
          value="none"
          required
          defaultChecked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'signs-error' : undefined}
          className="mt-0.5 size-5 flex-none accent-euc"
        />
        None of these applies to me
      </label>
      {error && (
        <p id="signs-error" className="flex items-start gap-2 text-small font-medium text-clay">
          <span className="flex-none pt-[3px]">
            <ClashMark />
          </span>
          {error}
        </p>
      )}
      <a href={href} className="inline-flex min-h-11 items-center text-small">
        One of these applies to me: what to do now
      </a>
    </>
  );
}
