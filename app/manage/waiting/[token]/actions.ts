'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
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
  const result = await changeWithinLimit(() => change(token));
  if (result === 'busy') return `${pagePath}?flash=busy#flash`;
  return result.ok ? `${pagePath}?flash=${flash}#flash` : pagePath;
}
