// The form of the last step and the words that its dates are held stand apart on the page: this is how the one hears of
// the other.

const BOOKING_ANSWERED = 'booking-answered';
const RELEASED = 'booking-hold-released';

/** The form was answered, and stays: nothing was booked, and its dates may be held again. */
export function dispatchBookingFailed(form: EventTarget): void {
  form.dispatchEvent(new Event(BOOKING_ANSWERED, { bubbles: true }));
}

/** What was asked for waits to be confirmed: until then its dates are held for nobody. */
export function dispatchHoldReleased(page: EventTarget): void {
  page.dispatchEvent(new Event(RELEASED));
}

/** Returns what ends it. */
export function onHoldReleased(page: EventTarget, released: () => void): () => void {
  page.addEventListener(RELEASED, released);
  return () => page.removeEventListener(RELEASED, released);
}

/**
 * Asks for the hold now, and again whenever the form named `formId` was sent and came back unbooked. A booking that is
 * sent before the answer needs no hold, and must not be led away by one: it ends what is asked. Returns what ends all.
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
