import type { ReactNode } from 'react';
import { BrandMark } from '@/components/brand';

/** The frame of a page while the practice has no name yet. `aside` takes the place of the usual links. */
export function SetupFrame({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <>
      <header className="border-b border-line">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-sheet focus:px-4 focus:py-3"
        >
          Skip to main content
        </a>
        <div className="wide flex min-h-16 flex-wrap items-center justify-between gap-x-4">
          <span className="inline-flex min-h-11 items-center gap-2.5 font-serif text-[1.375rem] leading-none font-medium tracking-[-0.015em]">
            <BrandMark />
            Fortnight
          </span>
          {aside}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="wide pb-6 outline-none wide:pb-16">
        {children}
      </main>
    </>
  );
}
