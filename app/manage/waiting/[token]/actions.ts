'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { confirmEntryByLink, leaveWaitlistByEntryLink } from '@/db/waitlist/confirm-and-end-entries';

/** The token in the form proves that its e-mail was read. */
export async function confirmWaitlistEntryByLink(form: FormData): Promise<void> {
  redirect(await press(form, 'confirmed', (token) => confirmEntryByLink(token, { now: Date.now() })));
}

export async function leaveWaitlistByLink(form: FormData): Promise<void> {
  redirect(await press(form, 'left', (token) => leaveWaitlistByEntryLink(token, { now: Date.now() })));
}

async function press(
  formData: FormData,
  flash: string,
  change: (token: string) => Promise<{ ok: boolean }>,
): Promise<string> {
  const form = requireFormData(formData);
  const token = readText(form, 'token', 100);
  const pagePath = `/manage/waiting/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    if (!allowed.ok) return `${pagePath}?flash=busy#flash`;
    return (await change(token)).ok ? `${pagePath}?flash=${flash}#flash` : pagePath;
  } catch (error) {
    if (isDatabaseBusy(error)) return `${pagePath}?flash=busy#flash`;
    throw error;
  }
}
