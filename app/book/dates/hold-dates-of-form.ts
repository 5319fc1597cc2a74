import { headers } from 'next/headers';
import { type BookingContext, loadBookingContext } from '@/app/book/booking-context';
import { readBookingParamsFromForm } from '@/app/book/booking-form-data';
import { bookingHref } from '@/app/book/booking-url';
import { formatHoldEnd, formatWhichDatesHeld } from '@/app/book/booking-wording';
import { extendBrowserIdCookie, makePlanKey } from '@/app/book/browser-id-and-plan-key';
import { getClientIp } from '@/app/client-ip';
import { holdTimes } from '@/db/booking/holds';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { buildBookingRequest } from './date-rows';

/** What became of a hold: gone leads to where each date is shown; without an answer nothing is held that was not. */
export type FormHoldResult =
  | { state: 'held'; booking: BookingContext; until: number; dates: number }
  | { state: 'lost'; href: string }
  | { state: 'none'; booking: BookingContext }
  | { state: 'too_many' | 'busy' };

/** Holds the dates that a form asks for. The limit comes first: what is over it costs the database nothing more. */
export async function holdDatesOfForm(form: FormData, now: number): Promise<FormHoldResult> {
  try {
    // Before anything can refuse the hold: a booking whose answer is lost is asked for again under this cookie's key.
    const browser = await extendBrowserIdCookie();
    const sender = getClientIp(await headers());
    const allowed = await consumeRateLimit('holds', sender);
    if (!allowed.ok) return { state: 'too_many' };
    const booking = await loadBookingContext(readBookingParamsFromForm(form), now);
    const { choice, practice, again } = booking;
    const { standing, ...request } = buildBookingRequest(choice, practice.timeZone);
    const dates = request.appointments.length;
    // What is held for days is not held anew for minutes.
    if (again) return { state: 'held', booking, until: again.until, dates };
    if (!choice.key || dates === 0) return { state: 'none', booking };
    const holder = { key: makePlanKey(choice.key, browser), browser, sender };
    const held = await holdTimes({ ...request, ...(standing ? { standing } : {}) }, holder, { now });
    if (held.ok) return { state: 'held', booking, until: held.expiresAt, dates };
    // A limit is no reason to look at the dates again.
    if (held.reason === 'too_much_held') return { state: 'none', booking };
    return { state: 'lost', href: `${bookingHref(choice, 'dates')}&lost=1` };
  } catch (error) {
    if (isDatabaseBusy(error)) return { state: 'busy' };
    throw error;
  }
}

/** 'The first three are held for you until 17:42.' */
export function formatDatesHeldUntil(
  { practice, heldDates, now }: BookingContext,
  until: number,
  dates: number,
): string {
  return `${formatWhichDatesHeld(dates, heldDates)} held for you until ${formatHoldEnd(practice, until, now)}.`;
}
