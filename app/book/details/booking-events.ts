// The form of the last step and the notice that its dates are held are in different places of the page. These events
// tell the notice what happens to the form.

const BOOKING_ANSWERED = 'booking-answered';
const RELEASED = 'booking-hold-released';
const LOST = 'booking-dates-lost';

/** The form was answered but nothing was booked, so its dates may be held again. */
export function dispatchBookingFailed(form: EventTarget): void {
  form.dispatchEvent(new Event(BOOKING_ANSWERED, { bubbles: true }));
}

/** The booking waits to be confirmed, and until then its dates are no longer held. */
export function dispatchHoldReleased(page: EventTarget): void {
  page.dispatchEvent(new Event(RELEASED));
}

/** Returns a function that removes the listener. */
export function onHoldReleased(page: EventTarget, released: () => void): () => void {
  page.addEventListener(RELEASED, released);
  return () => page.removeEventListener(RELEASED, released);
}

/** Not all dates of the form are free any more. `href` leads to the page that shows which. */
export function dispatchDatesLost(page: EventTarget, href: string): void {
  page.dispatchEvent(new CustomEvent(LOST, { detail: href }));
}

/** Returns a function that removes the listener. */
export function onDatesLost(page: EventTarget, lost: (href: string) => void): () => void {
  const listener = (event: Event) => lost((event as CustomEvent<string>).detail);
  page.addEventListener(LOST, listener);
  return () => page.removeEventListener(LOST, listener);
}

/**
 * Requests the hold now, and again whenever the form `formId` was sent and came back unbooked. A booking needs no hold
 * and must not be led away by one, so sending the form aborts a pending request. Returns a function that ends
 * everything.
 */
export function checkHoldAfterEachFailedBooking(
  page: EventTarget,
  formId: string,
  checkStatus: (signal: AbortSignal) => void,
): () => void {
  let controller = new AbortController();
  const isOwn = ({ target }: Event) => (target as { id?: unknown } | null)?.id === formId;
  const stop = (event: Event) => isOwn(event) && controller.abort();
  const askAgain = (event: Event) => {
    if (!isOwn(event) || !controller.signal.aborted) return;
    controller = new AbortController();
    checkStatus(controller.signal);
  };
  page.addEventListener('submit', stop);
  const endRelease = onHoldReleased(page, () => controller.abort());
  page.addEventListener(BOOKING_ANSWERED, askAgain);
  checkStatus(controller.signal);
  return () => {
    page.removeEventListener('submit', stop);
    endRelease();
    page.removeEventListener(BOOKING_ANSWERED, askAgain);
    controller.abort();
  };
}
