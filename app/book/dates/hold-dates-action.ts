'use server';

import { redirect } from 'next/navigation';
import { readBookingParamsFromForm } from '@/app/book/booking-form-data';
import { bookingHref } from '@/app/book/booking-url';
import { requireFormData } from '@/app/form-data';
import { holdDatesOfForm } from './hold-dates-of-form';

/**
 * Holds the dates while the reader types, and goes on to the last step. Dates that were taken meanwhile lead back to
 * the list, which shows what changed; a hold that fails for another reason does not stop the booking.
 */
export async function holdDates(form: FormData): Promise<never> {
  const hold = await holdDatesOfForm(requireFormData(form), Date.now());
  if (hold.state === 'lost') return redirect(hold.href);
  // Nothing was looked up: the last step reads the form's own words.
  if (!('booking' in hold))
    return redirect(
      `/book?${new URLSearchParams({ ...readBookingParamsFromForm(form), step: 'you' } as Record<string, string>)}`,
    );
  // So that the last step can say that the hold is over, when no trace of it is left.
  const held = hold.state === 'held' ? `&held=${hold.until}` : '';
  return redirect(`${bookingHref(hold.booking.choice, 'you')}${held}`);
}
