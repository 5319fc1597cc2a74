import type { ReactNode, Ref } from 'react';

interface ScrollSidewaysProps {
  label: string;
  ref?: Ref<HTMLDivElement>;
  className?: string;
  children: ReactNode;
}

/** What is wider than its place is pulled sideways, and by the arrow keys too: on an empty day nothing in it takes the focus. */
export function ScrollSideways({ label, ref, className = '', children }: ScrollSidewaysProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={ref} role="group" aria-label={label} tabIndex={0} className={`overflow-x-auto ${className}`}>
      {children}
    </div>
  );
}
