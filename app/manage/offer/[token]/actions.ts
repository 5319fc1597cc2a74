'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { bookedPageHref } from '@/app/manage/booked-page-href';
import { acceptOffer } from '@/db/waitlist/accept-offer';
import { declineOffer } from '@/db/waitlist/decline-offer';

/** The token in the form proves that its e-mail was read. */
export async function acceptOfferByLink(form: FormData): Promise<void> {
  redirect(
    await press(form, async (token, pagePath) => {
      const result = await acceptOffer(token, { now: Date.now() });
      return result.ok ? bookedPageHref(result.manageToken) : `${pagePath}?flash=${result.reason}#flash`;
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
  const href = await changeWithinLimit(() => answer(token, pagePath));
  return href === 'busy' ? `${pagePath}?flash=busy#flash` : href;
}
