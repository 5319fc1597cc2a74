'use server';

import { redirect } from 'next/navigation';
import { bookingHref } from '@/app/book/booking-url';
import { paramsOfForm } from '@/app/book/form';
import { loadBooking } from '@/app/book/load';
import { readForm } from '@/app/form-data';
import { requestOf } from './date-rows';
import { holdFor, isLost } from './hold-for';

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
  if (isLost(held)) return redirect(`${bookingHref(choice, 'dates')}&lost=1`);
  // So that the last step can say that the hold is over, when no trace of it is left.
  return redirect(`${bookingHref(choice, 'you')}${held?.ok ? `&held=${held.expiresAt}` : ''}`);
}
