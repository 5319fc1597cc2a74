'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { acceptOffer } from '@/db/waitlist/accept-offer';
import { declineOffer } from '@/db/waitlist/decline-offer';

/** The token in the form proves that its e-mail was read. */
export async function acceptOfferByLink(form: FormData): Promise<void> {
  redirect(
    await press(form, async (token, pagePath) => {
      const result = await acceptOffer(token, { now: Date.now() });
      return result.ok ? `/manage/${result.manageToken}/booked` : `${pagePath}?flash=${result.reason}#flash`;
    }),
  );
}

export async function declineOfferByLink(form: FormData): Promise<void> {
  redirect(
    await press(form, async (token, pagePath) => {
      await declineOffer(token, { now: Date.now() });
      return pagePath;
    }),
  );
}

async function press(
  formData: FormData,
  answer: (token: string, pagePath: string) => Promise<string>,
): Promise<string> {
  const form = requireFormData(formData);
  const token = readText(form, 'token', 100);
  const pagePath = `/manage/offer/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    return allowed.ok ? await answer(token, pagePath) : `${pagePath}?flash=busy#flash`;
  } catch (error) {
    if (isDatabaseBusy(error)) return `${pagePath}?flash=busy#flash`;
    throw error;
  }
}
