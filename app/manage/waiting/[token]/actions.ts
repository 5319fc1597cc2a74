'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readForm, readText } from '@/app/form-data';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { confirmEntry, leaveWaitlist } from '@/db/waitlist/entries';

/** The token in the form is the proof that its e-mail was read. */
export async function confirmWait(form: FormData): Promise<void> {
  redirect(await press(form, 'confirmed', (token) => confirmEntry(token, { now: Date.now() })));
}

export async function leave(form: FormData): Promise<void> {
  redirect(await press(form, 'left', (token) => leaveWaitlist(token, { now: Date.now() })));
}

async function press(
  given: FormData,
  flash: string,
  change: (token: string) => Promise<{ ok: boolean }>,
): Promise<string> {
  const form = readForm(given);
  const token = readText(form, 'token', 100);
  const here = `/manage/waiting/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', clientIp(await headers()));
    if (!allowed.ok) return `${here}?flash=busy#flash`;
    return (await change(token)).ok ? `${here}?flash=${flash}#flash` : here;
  } catch (error) {
    if (isBusy(error)) return `${here}?flash=busy#flash`;
    throw error;
  }
}
