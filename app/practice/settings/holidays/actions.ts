'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { readDateDecisions } from '@/app/practice/date-decisions/date-decisions-form-data';
import {
  type StrandedDatesFormState,
  toStrandedDatesFormState,
} from '@/app/practice/settings/stranded-decisions-form-data';
import { requireRole } from '@/auth';
import { closeDays, reopenDay } from '@/db/booking/close-and-reopen-days';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { getPractice } from '@/db/practice/practice';

const PAGE_PATH = '/practice/settings/holidays';
const MOST = 500;

export interface ClosedDaysFormState extends StrandedDatesFormState {
  days: { on: string; name: string }[];
  error: string | null;
}

export async function addClosedDays(_before: ClosedDaysFormState, form: FormData): Promise<ClosedDaysFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const on = readText(form, 'on', 10);
  const days = on
    ? [{ on, name: readText(form, 'name', 400) }]
    : texts(form, 'day').map((day) => ({ on: day.slice(0, 10), name: day.slice(11) }));
  const request = { days, decisions: readDateDecisions(form) };
  const now = Date.now();
  const result = await catchDatabaseBusy(() =>
    closeDays(viewer, request, { now, listSuited: makeListSuitedTherapists(now) }),
  );
  const untouched = { days, error: null, problem: null, dates: null };
  if (result === 'busy') return { ...untouched, problem: 'busy' };
  if (result.ok) {
    const outcome = result.cancelled + result.moved > 0 ? '_decided' : result.kept > 0 ? '_kept' : '';
    redirect(`${PAGE_PATH}?flash=closed${outcome}#flash`);
  }
  if (result.reason === 'invalid') return { ...untouched, error: result.issues[0]?.message ?? 'Choose a day.' };
  return { ...untouched, ...toStrandedDatesFormState(result.dates, form, await getPractice()) };
}

export async function removeClosedDay(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const result = await catchDatabaseBusy(() => reopenDay(viewer, readText(form, 'on', 10), { now: Date.now() }));
  redirect(`${PAGE_PATH}?flash=${result === 'busy' ? 'busy' : result.ok ? 'opened' : 'gone'}#flash`);
}

function texts(form: FormData, name: string): string[] {
  return form
    .getAll(name)
    .slice(0, MOST)
    .map((value) => String(value).slice(0, 420));
}
