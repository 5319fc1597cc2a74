import type { ReactNode } from 'react';

// Radios in the site's design. Styled by the checked state, so they respond without script too.

const looks = {
  card: 'rounded border-line bg-paper grid gap-2 px-4 pt-4 pb-6 hover:border-edge has-checked:border-euc has-checked:bg-sheet has-checked:shadow-[inset_0_0_0_1px_var(--euc)] @min-[44rem]:row-span-3 @min-[44rem]:grid-rows-subgrid @min-[44rem]:gap-0 @min-[44rem]:p-6 border',
  chip: 'rounded border border-line inline-flex min-h-12 items-center gap-2.5 pr-4 pl-3 leading-5 font-[450] hover:border-edge has-checked:border-euc has-checked:bg-sheet has-checked:shadow-[inset_0_0_0_1px_var(--euc)]',
  segment:
    'border-l border-line grid min-h-15 content-center justify-items-center px-1 py-2 text-center leading-[1.375rem] font-medium first:rounded-l-[2px] first:border-l-0 max-slim:border-t max-slim:border-l-0 max-slim:first:border-t-0 last:rounded-r-[2px] hover:bg-sand has-checked:bg-euc has-checked:text-on-euc has-focus-visible:z-1',
  row: 'rounded border border-line bg-paper grid min-h-15 grid-cols-[20px_minmax(0,1fr)] items-start gap-x-3 py-3 pr-4 pl-3.5 hover:border-edge has-checked:border-euc has-checked:shadow-[inset_0_0_0_1px_var(--euc)] wide:grid-cols-[20px_minmax(0,1fr)_auto] wide:items-center',
};

interface RadioOptionProps {
  look: keyof typeof looks;
  name: string;
  value: string;
  defaultChecked?: boolean;
  children: ReactNode;
}

/** A form that is drawn anew knows each radio again by its id (browser/redraw-from-page.ts). */
export function RadioOption({ look, name, value, defaultChecked, children }: RadioOptionProps) {
  return (
    <label
      className={`group relative transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-euc has-focus-visible:outline-solid ${looks[look]}`}
    >
      <input
        id={`${name}.${value}`}
        type="radio"
        className="sr-only"
        name={name}
        value={value}
        defaultChecked={defaultChecked}
      />
      {children}
    </label>
  );
}

/** The legend is hidden: a visible heading beside it says the same. */
export function RadioGroup({
  legend,
  className,
  children,
}: {
  legend: string;
  className: string;
  children: ReactNode;
}) {
  return (
    <fieldset className="@container min-w-0">
      <legend className="sr-only">{legend}</legend>
      <div className={className}>{children}</div>
    </fieldset>
  );
}

export const SEGMENTED_CONTROL_CLASS =
  'grid max-w-[36rem] slim:auto-cols-fr slim:grid-flow-col rounded border border-edge bg-sheet';
