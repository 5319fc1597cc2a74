'use client';

import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/**
 * Moves focus to the heading of a part that was just opened, and back to where it was when the part is closed. If the
 * reader moved focus elsewhere before the page's script loaded, it stays there; with `unlessHash` it also stays if the
 * address led to another place on the page.
 */
export function FocusOnOpening({ children, unlessHash = false }: { children: ReactNode; unlessHash?: boolean }) {
  const holder = useRef<HTMLDivElement>(null);
  const cameWithPage = useRef(
    useSyncExternalStore(
      neverChanges,
      () => false,
      () => true,
    ),
  );
  useEffect(() => {
    const before = document.activeElement;
    if (cameWithPage.current && (before !== document.body || holder.current?.dataset.takesFocus === undefined)) return;
    if (unlessHash && window.location.hash !== '') return;
    holder.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
    return () => {
      // Closing leaves focus on the body; a reader who moved focus elsewhere keeps it there.
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [unlessHash]);
  return (
    <div ref={holder} data-takes-focus={unlessHash ? 'unless-hash' : ''}>
      {children}
    </div>
  );
}
