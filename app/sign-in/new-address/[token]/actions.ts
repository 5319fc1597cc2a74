'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { getViewer } from '@/auth';
import { confirmAddressChange } from '@/db/messages/address-change';

/** Changes the address with which somebody signs in. The token in the form proves that they read the new one. */
export async function confirmNewAddress(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  const pagePath = `/sign-in/new-address/${encodeURIComponent(token)}`;
  const result = await changeWithinLimit(() => confirmAddressChange(token, { now: Date.now() }));
  if (result === 'busy') redirect(`${pagePath}?flash=busy#flash`);
  if (!result.ok) redirect(result.reason === 'ended' ? pagePath : `${pagePath}?flash=in_use#flash`);
  const viewer = await getViewer();
  const isSame = 'userId' in viewer && viewer.userId === result.userId;
  redirect(isSame ? '/practice/address?flash=changed#flash' : '/sign-in?flash=new_address#flash');
}
