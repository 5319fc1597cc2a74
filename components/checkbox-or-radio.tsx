import type { ReactNode } from 'react';

interface ChoiceProps {
  type: 'checkbox' | 'radio';
  name: string;
  value?: string;
  isChosen: boolean;
  /** What it means, in a line below. */
  hint?: ReactNode;
  children: ReactNode;
}

/** A checkbox or radio with its label beside it; the whole row can be pressed. */
export function CheckboxOrRadio({ type, name, value, isChosen, hint, children }: ChoiceProps) {
  return (
    <label className="flex min-h-11 max-w-[36rem] items-start gap-3 py-2">
      <input
        type={type}
        name={name}
        value={value}
        defaultChecked={isChosen}
        className="mt-0.5 size-5 flex-none accent-euc"
      />
      <span>
        {children} {hint && <span className="block text-small text-soft">{hint}</span>}
      </span>
    </label>
  );
}
