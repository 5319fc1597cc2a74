import type { ReactNode } from 'react';
import { ClashMark } from './date-state-mark';

/** The error of a field, shown below it; the field's `aria-describedby` should name its id. */
export function FieldError({ id, children, className = '' }: { id: string; children: ReactNode; className?: string }) {
  return (
    <p id={id} className={`flex items-start gap-2 text-small font-medium text-clay ${className}`}>
      <span className="flex-none pt-[3px]">
        <ClashMark />
      </span>
      <span>{children}</span>
    </p>
  );
}
