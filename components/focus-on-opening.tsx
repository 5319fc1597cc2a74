'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Moves focus to the heading of what a press has just opened. */
export function FocusOnOpening({ children }: { children: ReactNode }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    holder.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
  }, []);
  return <div ref={holder}>{children}</div>;
}
