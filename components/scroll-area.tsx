import type { ReactNode, Ref } from 'react';

interface ScrollAreaProps {
  label: string;
  ref?: Ref<HTMLDivElement>;
  /** Says which way it scrolls. */
  className: string;
  children: ReactNode;
}

/** What is larger than its place: it is pulled, and moved by the arrow keys too, also where nothing in it takes the focus. */
export function ScrollArea({ label, ref, className, children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={ref} role="group" aria-label={label} tabIndex={0} className={className}>
      {children}
    </div>
  );
}
