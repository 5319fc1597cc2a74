'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readForm, readText } from '@/app/form-data';
import { confirmByLink } from '@/db/booking/confirm-booking';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

/** The link was pressed. The token in the form is the proof that its e-mail was read. */
export async function confirm(form: FormData): Promise<void> {
  readForm(form);
  const token = readText(form, 'token', 100);
  redirect(await press(token));
}

async function press(token: string): Promise<string> {
  const here = `/manage/confirm/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', clientIp(await headers()));
    if (!allowed.ok) return `${here}?flash=busy#flash`;
    const done = await confirmByLink(token, { now: Date.now() });
    if (done.ok)
      return done.isBooked ? `/manage/${done.manageToken}/booked` : `/manage/${done.manageToken}?flash=confirmed#flash`;
    return done.reason === 'gone' ? here : `${here}?flash=taken#flash`;
  } catch (error) {
    if (isBusy(error)) return `${here}?flash=busy#flash`;
    throw error;
  }
}
