'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readForm, readText } from '@/app/form-data';
import { isBusy } from '@/db/connection/database-busy';
import { confirmAttendance } from '@/db/messages/attendance';
import { endTextsByLink } from '@/db/messages/text-consents';
import { spend } from '@/db/operations/rate-limits';

/** They come. The token in the form is the proof that the reminder was read. */
export async function sayComing(form: FormData): Promise<void> {
  readForm(form);
  const token = readText(form, 'token', 100);
  const start = readText(form, 'start', 20);
  redirect(await press(token, /^\d{1,15}$/.test(start) ? Number(start) : 0));
}

/** Whoever reads a text wants no more of them. */
export async function endTexts(form: FormData): Promise<void> {
  readForm(form);
  const token = readText(form, 'token', 100);
  const here = `/manage/coming/${encodeURIComponent(token)}`;
  const flash = await orBusy(async () => {
    const allowed = await spend('changes', clientIp(await headers()));
    if (!allowed.ok) return 'busy';
    return (await endTextsByLink(token, { now: Date.now() })).ok ? 'ended' : 'busy';
  });
  redirect(`${here}?flash=${flash}#flash`);
}

async function orBusy(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (isBusy(error)) return 'busy';
    throw error;
  }
}

async function press(token: string, start: number): Promise<string> {
  const here = `/manage/coming/${encodeURIComponent(token)}`;
  const flash = await orBusy(async () => {
    const allowed = await spend('changes', clientIp(await headers()));
    if (!allowed.ok) return 'busy';
    const done = await confirmAttendance(token, start, { now: Date.now() });
    return !done.ok && done.reason === 'moved' ? 'moved' : '';
  });
  return flash === '' ? here : `${here}?flash=${flash}#flash`;
}
