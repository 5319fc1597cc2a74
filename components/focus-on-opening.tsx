'use client';

import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/**
 * Moves focus to the heading of what a press has just opened, and back to where it came from when that is closed. Who went
 * on to something else before the script of the page was there is left there; with `unlessHash` also whoever an address led
 * to another place of the page.
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
    if (cameWithPage.current && before !== document.body) return;
    if (unlessHash && window.location.hash !== '') return;
    holder.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
    return () => {
      // Focus on nothing is what closing leaves behind; who went on elsewhere is left there.
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [unlessHash]);
  return <div ref={holder}>{children}</div>;
}
