'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { readForm, readText } from '@/app/form-data';
import { isBusy } from '@/db/connection/database-busy';
import { confirmAttendance } from '@/db/messages/attendance';
import { spend } from '@/db/operations/rate-limits';

/** They come. The token in the form is the proof that the reminder was read. */
export async function sayComing(form: FormData): Promise<void> {
  readForm(form);
  const token = readText(form, 'token', 100);
  const start = readText(form, 'start', 20);
  redirect(await press(token, /^\d{1,15}$/.test(start) ? Number(start) : 0));
}

async function press(token: string, start: number): Promise<string> {
  const here = `/manage/coming/${encodeURIComponent(token)}`;
  try {
    const allowed = await spend('changes', clientIp(await headers()));
    if (!allowed.ok) return `${here}?flash=busy#flash`;
    const done = await confirmAttendance(token, start, { now: Date.now() });
    return !done.ok && done.reason === 'moved' ? `${here}?flash=moved#flash` : here;
  } catch (error) {
    if (isBusy(error)) return `${here}?flash=busy#flash`;
    throw error;
  }
}
