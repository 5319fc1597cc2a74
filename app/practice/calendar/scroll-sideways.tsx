import type { ReactNode, Ref } from 'react';

interface ScrollSidewaysProps {
  label: string;
  ref?: Ref<HTMLElement>;
  className?: string;
  children: ReactNode;
}

/** What is wider than its place is pulled sideways, and by the arrow keys too: on an empty day nothing in it takes the focus. */
export function ScrollSideways({ label, ref, className = '', children }: ScrollSidewaysProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section ref={ref} aria-label={label} tabIndex={0} className={`overflow-x-auto ${className}`}>
      {children}
    </section>
  );
}
