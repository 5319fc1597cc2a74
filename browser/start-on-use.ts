// For a form that is complete without script, and does more once the framework runs. To start the framework keeps a
// slow phone busy for half a second, so it starts when somebody begins to use the page, and not while they read it.
import { focusOpenedPart } from './focus-opened-part.ts';
import { FORM_READY } from './form-ready.ts';
import { whenParsed } from './when-parsed.ts';

/** A form is sent without the framework if that takes longer to start. */
const MOST_WAIT_MS = 8_000;
const SIGNS_OF_USE = ['pointerdown', 'pointermove', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin', 'input'];

whenParsed(() => {
  // Where the framework runs already, as after a press on another page of it, there is nothing to start.
  if (listFrameworkScripts().length === 0) return;
  const isUsedAlready = document.activeElement !== document.body;
  focusOpenedPart();
  holdBackFormUntilReady();
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

/** A press that comes before the framework waits for it: it says in words when no answer comes, and loses nothing. */
function holdBackFormUntilReady(): void {
  let send: (() => void) | undefined;
  const holdBack = (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (send) return;
    send = () => form.requestSubmit(event.submitter);
    setTimeout(stop, MOST_WAIT_MS);
  };
  const stop = () => {
    removeEventListener('submit', holdBack, true);
    document.removeEventListener(FORM_READY, stop);
    send?.();
    send = undefined;
  };
  addEventListener('submit', holdBack, true);
  document.addEventListener(FORM_READY, stop);
}

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
