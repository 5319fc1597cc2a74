'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { completeAppointment, markNoShow } from '@/db/booking/appointment-outcomes';

export async function markDone(form: FormData): Promise<void> {
  await mark(form, completeAppointment, 'done');
}

export async function markDidNotCome(form: FormData): Promise<void> {
  await mark(form, markNoShow, 'no_show');
}

/** Marks one date, in the version that was shown with its button. */
async function mark(form: FormData, write: typeof markNoShow, flash: 'done' | 'no_show'): Promise<never> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const uid = readText(form, 'uid', 64);
  const version = Number(readText(form, 'version', 9));
  const result = await catchDatabaseBusy(() => write(viewer, uid, { now: Date.now(), version }));
  if (result === 'busy' || !result.ok)
    redirect(`/practice/unmarked?flash=${result === 'busy' ? 'busy' : 'gone'}#flash`);
  redirect(`/practice/unmarked?${new URLSearchParams({ flash, marked: uid })}#flash`);
}
