'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { bookingHref } from '@/app/book/booking-url';
import { paramsOfForm } from '@/app/book/form';
import { loadBooking } from '@/app/book/load';
import { planKeyOf, renewBrowserId } from '@/app/book/plan-key';
import { clientIp } from '@/app/client-ip';
import { readForm } from '@/app/form-data';
import { type HoldResult, holdTimes } from '@/db/booking/holds';
import { isBusy } from '@/db/connection/database-busy';
import { spend } from '@/db/operations/rate-limits';
import { requestOf } from './dates';

/**
 * Holds the dates while the reader types, and goes on to the last step. Dates that were taken meanwhile lead back to
 * the list, which shows what changed; a hold that fails for another reason does not stop the booking.
 */
export async function holdDates(form: FormData): Promise<never> {
  readForm(form);
  const now = Date.now();
  const { choice, practice, again } = await loadBooking(paramsOfForm(form), now);
  // What is held for days is not held anew for minutes.
  if (again) return redirect(`${bookingHref(choice, 'you')}&held=${again.until}`);
  const held = await holdFor(choice.key, requestOf(choice, practice.timeZone), now);
  const isLost = held && !held.ok && held.reason !== 'too_much_held';
  if (isLost) return redirect(`${bookingHref(choice, 'dates')}&lost=1`);
  // So that the last step can say that the hold is over, when no trace of it is left.
  return redirect(`${bookingHref(choice, 'you')}${held?.ok ? `&held=${held.expiresAt}` : ''}`);
}

async function holdFor(
  named: string | null,
  { standing, ...request }: ReturnType<typeof requestOf>,
  now: number,
): Promise<HoldResult | null> {
  if (!named || request.appointments.length === 0) return null;
  try {
    // Before anything can refuse the hold: a booking whose answer is lost is asked for again under this cookie's key.
    const browser = await renewBrowserId();
    const sender = clientIp(await headers());
    const allowed = await spend('holds', sender);
    if (!allowed.ok) return null;
    const holder = { key: planKeyOf(named, browser), browser, sender };
    const held = await holdTimes({ ...request, ...(standing ? { standing } : {}) }, holder, { now });
    return held;
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}
