'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { acceptOffer } from '@/db/waitlist/accept-offer';
import { declineOffer } from '@/db/waitlist/decline-offer';

/** The token in the form is the proof that its e-mail was read. */
export async function acceptOfferByLink(form: FormData): Promise<void> {
  redirect(
    await press(form, async (token, here) => {
      const done = await acceptOffer(token, { now: Date.now() });
      return done.ok ? `/manage/${done.manageToken}/booked` : `${here}?flash=${done.reason}#flash`;
    }),
  );
}

export async function declineOfferByLink(form: FormData): Promise<void> {
  redirect(
    await press(form, async (token, here) => {
      await declineOffer(token, { now: Date.now() });
      return here;
    }),
  );
}

async function press(given: FormData, answer: (token: string, here: string) => Promise<string>): Promise<string> {
  const form = requireFormData(given);
  const token = readText(form, 'token', 100);
  const here = `/manage/offer/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', clientIp(await headers()));
    return allowed.ok ? await answer(token, here) : `${here}?flash=busy#flash`;
  } catch (error) {
    if (isDatabaseBusy(error)) return `${here}?flash=busy#flash`;
    throw error;
  }
}
