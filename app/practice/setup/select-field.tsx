import type { ReactNode } from 'react';
import { FieldError } from '@/components/field-error';

export function SelectField(props: {
  label: string;
  name: string;
  defaultValue: string | undefined;
  options: { value: string; label: string }[];
  hint?: ReactNode;
  error?: string | undefined;
}) {
  const { label, name, defaultValue, options, hint, error } = props;
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className="max-w-[36rem]">
      <label htmlFor={name} className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
        {label}
      </label>
      <select
        id={name}
        name={name}
        defaultValue={defaultValue}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
        className={`min-h-13 w-full rounded border bg-sheet px-3.5 py-3 text-ui text-ink ${error ? 'border-clay' : 'border-edge'}`}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${name}-hint`} className="mt-2 text-small text-soft">
          {hint}
        </p>
      )}
      {error && (
        <FieldError id={`${name}-error`} className="mt-2">
          {error}
        </FieldError>
      )}
    </div>
  );
}
