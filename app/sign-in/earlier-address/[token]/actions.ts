'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { putBackEarlierAddress } from '@/db/messages/address-change';

/** Puts the earlier address back. The token in the form proves that its sender reads that address. */
export async function putBackAddress(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  const pagePath = `/sign-in/earlier-address/${encodeURIComponent(token)}`;
  const result = await changeWithinLimit(() => putBackEarlierAddress(token, { now: Date.now() }));
  if (result === 'busy') redirect(`${pagePath}?flash=busy#flash`);
  if (result.ok) redirect('/sign-in?flash=put_back#flash');
  redirect(result.reason === 'ended' ? pagePath : `${pagePath}?flash=in_use#flash`);
}
