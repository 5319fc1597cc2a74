import { headers } from 'next/headers';
import { type BookingContext, loadBookingContext } from '@/app/book/booking-context';
import { readBookingParamsFromForm } from '@/app/book/booking-form-data';
import { bookingHref } from '@/app/book/booking-url';
import { formatHeldSentenceStart, formatHoldEnd } from '@/app/book/booking-wording';
import { extendBrowserIdCookie, makePlanKey } from '@/app/book/browser-id-and-plan-key';
import { getClientIp } from '@/app/client-ip';
import { holdTimes, type LiveHold } from '@/db/booking/holds';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { buildBookingRequest } from './build-booking-request';

/**
 * The result of a hold, with the number of the plan's dates. `lost` leads to the page that shows each date; `too_many`
 * and `busy` leave existing holds as they were.
 */
export type FormHoldResult =
  | { state: 'held'; booking: BookingContext; hold: LiveHold; dates: number }
  | { state: 'lost'; href: string }
  | { state: 'too_much_held'; booking: BookingContext; dates: number }
  | { state: 'nothing_to_hold'; booking: BookingContext }
  | { state: 'too_many' | 'busy' };

/**
 * Holds the dates that a form asks for. The limit comes first, so that a request over the limit costs the database
 * nothing more.
 */
export async function holdDatesOfForm(form: FormData, now: number): Promise<FormHoldResult> {
  try {
    // The cookie is set before anything can refuse the hold: if the response to a booking is lost, it is retried under
    // the key of this cookie.
    const browser = await extendBrowserIdCookie();
    const sender = getClientIp(await headers());
    const allowed = await consumeRateLimit('holds', sender);
    if (!allowed.ok) return { state: 'too_many' };
    const booking = await loadBookingContext(readBookingParamsFromForm(form), now);
    const { choice, practice, again } = booking;
    const { standing, ...request } = buildBookingRequest(choice, practice.timeZone);
    const dates = request.appointments.length;
    // Dates that are held for days need no hold of a few minutes.
    if (again) return { state: 'held', booking, hold: { expiresAt: again.until, dates: booking.heldDates }, dates };
    if (!choice.key || dates === 0) return { state: 'nothing_to_hold', booking };
    const holder = { key: makePlanKey(choice.key, browser), browser, sender };
    const held = await holdTimes({ ...request, ...(standing ? { standing } : {}) }, holder, { now });
    if (held.ok) return { state: 'held', booking, hold: held, dates };
    // A limit on holds is no reason to look at the dates again.
    if (held.reason === 'too_much_held') return { state: 'too_much_held', booking, dates };
    return { state: 'lost', href: `${bookingHref(choice, 'dates')}&lost=1` };
  } catch (error) {
    if (isDatabaseBusy(error)) return { state: 'busy' };
    throw error;
  }
}

/** 'The first three are held for you until 17:42.' */
export function formatDatesHeldUntil({ practice, now }: BookingContext, hold: LiveHold, dates: number): string {
  return `${formatHeldSentenceStart(dates, hold.dates)} held for you until ${formatHoldEnd(practice, hold.expiresAt, now)}.`;
}
