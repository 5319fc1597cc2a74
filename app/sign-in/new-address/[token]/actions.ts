'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { getViewer } from '@/auth';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { confirmAddressChange } from '@/db/messages/address-change';
import { consumeRateLimit } from '@/db/operations/rate-limits';

/** Changes the address with which somebody signs in. The token in the form proves that they read the new one. */
export async function confirmNewAddress(form: FormData): Promise<void> {
  requireFormData(form);
  redirect(await press(readText(form, 'token', 100)));
}

async function press(token: string): Promise<string> {
  const pagePath = `/sign-in/new-address/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    if (!allowed.ok) return `${pagePath}?flash=busy#flash`;
    const result = await confirmAddressChange(token, { now: Date.now() });
    if (!result.ok) return result.reason === 'ended' ? pagePath : `${pagePath}?flash=in_use#flash`;
    const viewer = await getViewer();
    const isSame = 'userId' in viewer && viewer.userId === result.userId;
    return isSame ? '/practice/address?flash=changed#flash' : '/sign-in?flash=new_address#flash';
  } catch (error) {
    if (isDatabaseBusy(error)) return `${pagePath}?flash=busy#flash`;
    throw error;
  }
}
