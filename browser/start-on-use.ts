// For a form that is complete without script, and does more once the framework runs. To start the framework keeps a
// slow phone busy for a second, so it starts when somebody begins to use the page, and not while they read it.
import { focusOpenedPart } from './focus-opened-part.ts';
import { FORM_READY } from './form-ready.ts';
import { storeFields } from './stored-fields.ts';
import { whenParsed } from './when-parsed.ts';

const SIGNS_OF_USE = [
  'pointerdown',
  'pointermove',
  'touchstart',
  'wheel',
  'scroll',
  'keydown',
  'focusin',
  'input',
  'click',
];
/** A form is sent without the framework where that takes longer to start. */
const MAX_WAIT_MS = 4_000;

/** The addresses of its scripts, as the server noted them (server/strip-next-scripts.ts). */
const scripts = document.querySelector<HTMLElement>('script[data-framework]')?.dataset.framework?.split(' ') ?? [];

let isStarted = false;
/** The framework runs, or nobody waits for it any more. */
let isOver = false;
/** Sends the form whose button was pressed before the framework ran. */
let send: (() => void) | undefined;
/** The name of the field that was last typed in. */
let typedIn: string | undefined;

whenParsed(() => {
  // Where the framework runs already, as after a press on another page of it, there is nothing to start.
  if (scripts.length === 0) return;
  addEventListener('submit', holdBack, true);
  addEventListener('input', storeTyped, true);
  addEventListener('pagehide', forgetPress);
  addEventListener('pageshow', drawAnewOnReturn);
  document.addEventListener(FORM_READY, stopWaiting);
  // A page that answers a form leads to what was wrong. It must not do so once somebody has begun to type elsewhere.
  const isAnswer = document.querySelector('#answer, [aria-invalid=true]') !== null;
  if (isAnswer || document.activeElement !== document.body || hasSomethingToRestore()) return start();
  focusOpenedPart();
  for (const sign of SIGNS_OF_USE) addEventListener(sign, start, { capture: true, passive: true });
  addEventListener('load', () => setTimeout(fetchAhead, 500));
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

/** Puts the scripts into the browser's cache while the line is free. Safari knows no `prefetch`. */
function fetchAhead(): void {
  if (!isStarted) for (const src of scripts) void fetch(src, { priority: 'low' }).catch(() => {});
}

function start(): void {
  if (isStarted) return;
  isStarted = true;
  for (const sign of SIGNS_OF_USE) removeEventListener(sign, start, true);
  for (const src of scripts) {
    const script = document.createElement('script');
    script.src = src;
    script.onerror = stopWaiting;
    document.head.append(script);
  }
}

/** A press that comes before the framework waits for it: it says in words when no answer comes, and loses nothing. */
function holdBack(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (send) return;
  button?.setAttribute('aria-disabled', 'true');
  send = () => {
    button?.removeAttribute('aria-disabled');
    form.requestSubmit(button);
  };
  keepKeyInAddress(form);
  setTimeout(stopWaiting, MAX_WAIT_MS);
  start();
}

function stopWaiting(): void {
  if (isOver) return;
  isOver = true;
  removeEventListener('submit', holdBack, true);
  removeEventListener('input', storeTyped, true);
  // Once the other effects of the page have run.
  setTimeout(() => {
    if (typedIn && document.activeElement === document.body) document.getElementsByName(typedIn)[0]?.focus();
    send?.();
  });
}

/** Somebody who leaves the page before its form was sent has not sent it. */
function forgetPress(): void {
  send = undefined;
}

/** On the way back the browser may show the page as it was left, which may be booked by now. */
function drawAnewOnReturn({ persisted }: PageTransitionEvent): void {
  if (persisted && !isStarted) location.replace(location.href);
}

/**
 * Stores what is typed, as the framework does later (components/persisted-fields.ts). It draws a page anew which the
 * browser has translated, and fills it in again.
 */
function storeTyped({ target }: Event): void {
  const { form, name } = target as HTMLInputElement;
  typedIn = name;
  const { storedAs, storedFields } = form?.dataset ?? {};
  if (form && storedAs && storedFields) storeFields(storedAs, form, storedFields.split(' '));
}

/** If a booking's answer is lost, the way back then leads to the same plan, which is booked already. */
function keepKeyInAddress(form: HTMLFormElement): void {
  const address = form.elements.namedItem('address');
  if (form.dataset.storedAs && address instanceof HTMLInputElement)
    history.replaceState(history.state, '', address.value);
}
