import type { ComponentProps, ReactNode } from 'react';
import { FieldError } from './field-error';

interface FieldProps extends Omit<ComponentProps<'input'>, 'name'> {
  label: ReactNode;
  name: string;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  /** A text area with this many lines. */
  lines?: number;
}

/** A label, its input, and its error in words. The error is shown below the input and read with it. */
export function Field({ label, name, hint, error, optional, lines, id = name, className = '', ...input }: FieldProps) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  const control = {
    id,
    name,
    'aria-describedby': described,
    'aria-invalid': error ? (true as const) : undefined,
    className: `w-full min-h-13 rounded border bg-sheet px-3.5 py-3 text-ui text-ink ${
      error ? 'border-clay shadow-[inset_0_0_0_1px_var(--clay)]' : 'border-edge'
    }`,
  };
  const { defaultValue, maxLength, required, autoComplete, placeholder } = input;
  return (
    <div className={`max-w-[36rem] ${className}`}>
      <label htmlFor={id} className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
        {label}
        {optional && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      {lines ? (
        <textarea
          {...control}
          rows={lines}
          defaultValue={defaultValue}
          maxLength={maxLength}
          required={required}
          autoComplete={autoComplete}
          placeholder={placeholder}
        />
      ) : (
        <input {...input} {...control} />
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-2 text-small text-soft">
          {hint}
        </p>
      )}
      {error && (
        <FieldError id={`${id}-error`} className="mt-2">
          {error}
        </FieldError>
      )}
    </div>
  );
}
