'use client';

import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/**
 * Moves focus to the heading of what a press has just opened, and back to where it came from when that is closed. Who went
 * on to something else before the script of the page was there is left there.
 */
export function FocusOnOpening({ children }: { children: ReactNode }) {
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
    if (cameWithPage.current && before !== document.body) return;
    holder.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
    return () => {
      // Focus on nothing is what closing leaves behind; who went on elsewhere is left there.
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return <div ref={holder}>{children}</div>;
}
