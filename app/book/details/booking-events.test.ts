import { describe, expect, it } from 'vitest';
import { checkHoldAfterEachFailedBooking, dispatchHoldReleased, onHoldReleased } from './booking-events';

/** A page with two forms whose events bubble up as in a document. */
function pageWith(formId: string) {
  const page = new EventTarget();
  const signals: AbortSignal[] = [];
  const end = checkHoldAfterEachFailedBooking(page, formId, (signal) => signals.push(signal));
  const happens = (type: string, id: string) => {
    const event = new Event(type);
    Object.defineProperty(event, 'target', { value: { id } });
    page.dispatchEvent(event);
  };
  return { signals, end, happens, running: () => signals.filter(({ aborted }) => !aborted).length };
}

describe('the hold of an open form', () => {
  it('is requested at once, and not affected by another form of the page', () => {
    const { signals, happens, running } = pageWith('booking');
    happens('submit', 'search');
    happens('booking-answered', 'search');
    expect([signals.length, running()]).toEqual([1, 1]);
  });
  it('is no longer requested once the form is sent, and requested again when the form comes back unbooked', () => {
    const { signals, happens, running } = pageWith('booking');
    happens('submit', 'booking');
    expect([signals.length, running()]).toEqual([1, 0]);
    happens('booking-answered', 'booking');
    expect([signals.length, running()]).toEqual([2, 1]);
    happens('submit', 'booking');
    happens('booking-answered', 'booking');
    expect([signals.length, running()]).toEqual([3, 1]);
  });
  it('is not requested twice at the same time', () => {
    const { signals, happens } = pageWith('booking');
    happens('booking-answered', 'booking');
    expect(signals).toHaveLength(1);
  });
  it('is given up for good, and no longer shown, once the booking waits to be confirmed', () => {
    const page = new EventTarget();
    const signals: AbortSignal[] = [];
    let released = 0;
    const end = checkHoldAfterEachFailedBooking(page, 'booking', (signal) => signals.push(signal));
    const endRelease = onHoldReleased(page, () => released++);
    dispatchHoldReleased(page);
    expect([signals.length, signals[0]?.aborted, released]).toEqual([1, true, 1]);
    endRelease();
    end();
    dispatchHoldReleased(page);
    expect(released).toBe(1);
  });
  it('is no longer requested once the page is left', () => {
    const { signals, end, happens, running } = pageWith('booking');
    end();
    happens('booking-answered', 'booking');
    expect([signals.length, running()]).toEqual([1, 0]);
  });
});
