'use server';

import { redirect } from 'next/navigation';
import { readText, requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import { requireRole } from '@/auth';
import { closeDays, type DateOnClosedDay, reopenDay } from '@/db/booking/closed-days';
import { getPractice, type Practice } from '@/db/practice/practice';
import { sayDay, sayTime } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';

const HERE = '/practice/settings/holidays';
const MOST = 500;

export interface ClosedDaysState {
  days: { on: string; name: string }[];
  error: string | null;
  isBusy: boolean;
  /** The dates that are booked then, to be looked at before anything is closed. */
  stranded: { uid: string; version: number; said: string; what: string; href: string }[] | null;
}

export async function addClosedDays(_before: ClosedDaysState, form: FormData): Promise<ClosedDaysState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const on = readText(form, 'on', 10);
  const days = on
    ? [{ on, name: readText(form, 'name', 400) }]
    : texts(form, 'day').map((day) => ({ on: day.slice(0, 10), name: day.slice(11) }));
  const seen = texts(form, 'seen');
  const asked = { days, seen: seen.length > 0 ? seen : undefined, cancelling: texts(form, 'cancel') };
  const done = await catchDatabaseBusy(() => closeDays(viewer, asked, { now: Date.now() }));
  const untouched = { days, error: null, isBusy: false, stranded: null };
  if (done === 'busy') return { ...untouched, isBusy: true };
  if (done.ok)
    redirect(`${HERE}?flash=closed${done.cancelled > 0 ? '_cancelled' : done.kept > 0 ? '_kept' : ''}#flash`);
  if (done.reason === 'invalid') return { ...untouched, error: done.issues[0]?.message ?? 'Choose a day.' };
  const practice = await getPractice();
  return { ...untouched, stranded: done.appointments.map((date) => shown(date, practice)) };
}

export async function removeClosedDay(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const done = await catchDatabaseBusy(() => reopenDay(viewer, readText(form, 'on', 10), { now: Date.now() }));
  redirect(`${HERE}?flash=${done === 'busy' ? 'busy' : done.ok ? 'opened' : 'gone'}#flash`);
}

function shown(
  date: DateOnClosedDay,
  { timeZone, locale }: Practice,
): NonNullable<ClosedDaysState['stranded']>[number] {
  const { uid, version, startsAt, clientName, therapist, service } = date;
  const { on } = toWall(timeZone, startsAt);
  return {
    uid,
    version,
    said: `${clientName}, ${sayDay(on, 'short', locale)}, ${sayTime(timeZone, startsAt, locale)}`,
    what: `${service} with ${therapist}`,
    href: `/practice/calendar?${new URLSearchParams({ on, whose: 'everyone', open: uid, ask: 'move' })}`,
  };
}

function texts(form: FormData, name: string): string[] {
  return form
    .getAll(name)
    .slice(0, MOST)
    .map((value) => String(value).slice(0, 420));
}
