import type { ReactNode } from 'react';
import { FieldError } from './field-error';

interface SelectOption {
  value: string;
  label: string;
}

/** A choice from a list, with its label and what is wrong with it. Options may be grouped under headings. */
export function SelectField(props: {
  label: string;
  name: string;
  defaultValue: string | undefined;
  options: (SelectOption | { heading: string; options: SelectOption[] })[];
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
        {options.map((entry) =>
          'heading' in entry ? (
            <optgroup key={entry.heading} label={entry.heading}>
              {entry.options.map(toOption)}
            </optgroup>
          ) : (
            toOption(entry)
          ),
        )}
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

function toOption({ value, label }: SelectOption) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
