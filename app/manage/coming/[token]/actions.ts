'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { confirmAttendance } from '@/db/messages/confirm-attendance';
import { setTextStateByCode } from '@/db/messages/text-links';

/** Confirms that the client comes. The token in the form proves that the reminder was read. */
export async function confirmAttendanceByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const start = readText(form, 'start', 20);
  const flash = await press(readText(form, 'token', 100), /^\d{1,15}$/.test(start) ? Number(start) : 0);
  redirect(backTo(form, flash));
}

/** Stops text messages to a client, or starts them again. The code of the link proves that the text was read. */
export async function changeTextConsentByLink(form: FormData): Promise<void> {
  requireFormData(form);
  const isWanted = readText(form, 'wants', 10) === 'on';
  const flash = await changeWithinLimit(async () => {
    const result = await setTextStateByCode(readText(form, 'text', 20), isWanted, { now: Date.now() });
    if (!result.ok) return result.reason === 'conflict' ? '' : 'busy';
    return isWanted ? 'begun' : 'ended';
  });
  redirect(backTo(form, flash));
}

/** Leads back to the page, in the version for text messages if the client came from one. */
function backTo(form: FormData, flash: string): string {
  const query = new URLSearchParams();
  const text = readText(form, 'text', 20);
  if (text !== '') query.set('text', text);
  if (flash !== '') query.set('flash', flash);
  const path = `/manage/coming/${encodeURIComponent(readText(form, 'token', 100))}`;
  return `${path}${query.size > 0 ? `?${query}` : ''}${flash === '' ? '' : '#flash'}`;
}

async function press(token: string, start: number): Promise<string> {
  return changeWithinLimit(async () => {
    const result = await confirmAttendance(token, start, { now: Date.now() });
    return !result.ok && result.reason === 'moved' ? 'moved' : '';
  });
}
