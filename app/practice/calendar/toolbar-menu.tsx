'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Opens without script too. With script, a press elsewhere, Escape or a choice closes it. */
export function ToolbarMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const leave = ({ target }: PointerEvent) => {
      if (menu.current && target instanceof Node && !menu.current.contains(target)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, []);
  const close = () => {
    if (!menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus({ preventScroll: true });
  };
  return (
    <details
      ref={menu}
      className="wide:hidden"
      onClick={({ target }) => target instanceof HTMLElement && target.closest('a, button') && close()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        event.preventDefault();
        close();
      }}
    >
      <summary className="relative flex min-h-11 cursor-pointer list-none items-center rounded border border-edge px-3 text-[0.9375rem] leading-5 font-[550] [&::-webkit-details-marker]:hidden">
        {label}
      </summary>
      <div className="absolute inset-x-0 top-full z-10 max-h-[75dvh] overflow-y-auto border-y border-edge bg-sheet px-(--gutter) pb-1 shadow-lg">
        {children}
      </div>
    </details>
  );
}
