'use server';

import { redirect } from 'next/navigation';
import { detailsStepHrefOfForm } from '@/app/book/booking-form-data';
import { bookingHref } from '@/app/book/booking-url';
import { requireFormData } from '@/app/form-data';
import { holdDatesOfForm } from './hold-dates-of-form';

/**
 * Holds the dates while the reader fills in the form, and leads to the last step. If dates were taken meanwhile, it
 * leads back to the list, which shows what changed. If the hold fails for another reason, the booking goes on without
 * it.
 */
export async function holdDates(form: FormData): Promise<never> {
  const hold = await holdDatesOfForm(requireFormData(form), Date.now());
  if (hold.state === 'lost') return redirect(hold.href);
  // The limit was reached or the database was busy, so nothing was loaded: the last step reads the address in the form.
  if (!('booking' in hold)) return redirect(detailsStepHrefOfForm(form));
  return redirect(`${bookingHref(hold.booking.choice, 'you')}${heldParam(hold)}`);
}

/** Lets the last step say that nothing is held, or that the hold is over even when no trace of it is left. */
function heldParam(hold: Awaited<ReturnType<typeof holdDatesOfForm>>): string {
  if (hold.state === 'held') return `&held=${hold.hold.expiresAt}`;
  return hold.state === 'too_much_held' ? '&held=none' : '';
}
