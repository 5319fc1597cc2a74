import type { ReactNode } from 'react';
import { FieldError } from './field-error';

interface TickFieldProps {
  name: string;
  value: string;
  checked: boolean;
  error: string | undefined;
  className?: string;
  /** The sentence that is agreed to. */
  children: ReactNode;
}

/** A checkbox that must be ticked before the form is accepted, and the error while it is not. */
export function RequiredCheckbox({ name, value, checked, error, className = '', children }: TickFieldProps) {
  return (
    <>
      <label className={`flex min-h-11 max-w-[36rem] items-start gap-3 py-2 ${className}`}>
        <input
          type="checkbox"
          name={name}
          value={value}
          required
          defaultChecked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${name}-error` : undefined}
          className="mt-0.5 size-5 flex-none accent-euc"
        />
        {children}
      </label>
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </>
  );
}
