import type { ReactNode, Ref } from 'react';

interface ScrollAreaProps {
  label: string;
  ref?: Ref<HTMLDivElement>;
  /** Classes that set the direction of scrolling. */
  className: string;
  children: ReactNode;
}

/**
 * Content larger than its box: it scrolls by dragging and by the arrow keys, even if nothing in it can take the focus.
 */
export function ScrollArea({ label, ref, className, children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={ref} role="group" aria-label={label} tabIndex={0} className={className}>
      {children}
    </div>
  );
}
