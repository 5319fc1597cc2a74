'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Moves focus to the heading of what a press has just opened, and back to where it came from when that is closed. */
export function FocusOnOpening({ children }: { children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    holder.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
    return () => {
      // Focus on nothing is what closing leaves behind; who went on elsewhere is left there.
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return <div ref={holder}>{children}</div>;
}
