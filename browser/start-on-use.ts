// For a form that is complete without script, and does more once the framework runs. To start the framework keeps a
// slow phone busy for half a second, so it starts when somebody begins to use the page, and not while they read it.
import { focusOpenedPart } from './focus-opened-part.ts';
import { whenParsed } from './when-parsed.ts';

const SIGNS_OF_USE = ['pointerdown', 'pointermove', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin', 'input'];

whenParsed(() => {
  // Where the framework runs already, as after a press on another page of it, there is nothing to start.
  if (listFrameworkScripts().length === 0) return;
  const isUsedAlready = document.activeElement !== document.body;
  focusOpenedPart();
  if (isUsedAlready || hasSomethingToRestore()) return startFramework();
  // On the way back the browser may show the page as it was left, which may be booked by now.
  const reloadOnReturn = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
  const start = () => {
    for (const sign of SIGNS_OF_USE) removeEventListener(sign, start, true);
    removeEventListener('pageshow', reloadOnReturn);
    startFramework();
  };
  for (const sign of SIGNS_OF_USE) addEventListener(sign, start, { capture: true, passive: true });
  addEventListener('pageshow', reloadOnReturn);
  addEventListener('load', () => setTimeout(prefetchFramework, 500));
});

/** Whether the framework has to fill in what was typed or chosen before: after a reload, on the way back, from this tab. */
function hasSomethingToRestore(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation?.type !== 'navigate') return true;
  try {
    return sessionStorage.length > 0;
  } catch {
    return false;
  }
}

/** The addresses of its scripts, as the server noted them (server/strip-next-scripts.ts). */
function listFrameworkScripts(): string[] {
  const { framework = '' } = document.querySelector<HTMLElement>('script[data-framework]')?.dataset ?? {};
  return framework.split(' ').filter(Boolean);
}

function startFramework(): void {
  for (const src of listFrameworkScripts())
    document.head.append(Object.assign(document.createElement('script'), { src }));
}

/** Fetches the scripts once the page is there and the line is free, without running them. */
function prefetchFramework(): void {
  for (const href of listFrameworkScripts())
    document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', as: 'script', href }));
}
