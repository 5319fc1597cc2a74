import Link from 'next/link';
import type { ReactNode } from 'react';

interface PanelFrameProps {
  labelledBy: string;
  /** The calendar with no panel open. */
  closeHref: string;
  /** The panel ends with a `StickyPanelFooter`. The panel then scrolls with the page, so that the footer can stay on the screen. */
  hasStickyFooter?: boolean;
  children: ReactNode;
}

/**
 * The main action of a panel, always in view. It goes at the end of a form that is not a grid, because a grid cell
 * would hold it in place. Its panel needs `hasStickyFooter`.
 */
export function StickyPanelFooter({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={`sticky bottom-0 flex items-center border-t border-line bg-sheet py-3 max-board:-bottom-2 max-board:-mb-2 max-board:pb-5 board:bg-paper ${className || 'flex-wrap gap-2'}`}
    >
      {children}
    </div>
  );
}

/** The panel: beside the calendar where there is room, and on narrower screens a sheet from the bottom. */
export function PanelFrame({ labelledBy, closeHref, hasStickyFooter, children }: PanelFrameProps) {
  return (
    <>
      <Link
        href={closeHref}
        scroll={false}
        replace
        tabIndex={-1}
        aria-hidden="true"
        className="fixed inset-0 z-10 bg-ink/40 board:hidden print:hidden"
      />
      <section
        aria-labelledby={labelledBy}
        className={`bg-sheet max-board:fixed max-board:inset-x-0 max-board:bottom-0 max-board:z-20 max-board:max-h-[85dvh] max-board:overflow-y-auto max-board:rounded-t-[10px] max-board:border-t max-board:border-ink max-board:px-(--gutter) max-board:pt-4 max-board:pb-2 max-board:[:root:has([data-undo])_&]:pb-24 board:border-l board:border-line board:sticky board:top-0 board:self-start board:bg-transparent board:pt-3 board:pb-1 board:pl-6 print:hidden ${hasStickyFooter ? '' : 'board:max-h-dvh board:overflow-y-auto'}`}
      >
        {children}
      </section>
    </>
  );
}
