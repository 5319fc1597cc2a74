'use server';

import { notFound, redirect } from 'next/navigation';
import { readText, requireFormData } from '@/app/form-data';
import { catchDatabaseBusy } from '@/app/practice/catch-database-busy';
import {
  countDatesGone,
  type DateDecisionsState,
  initialDateDecisionsState,
  readDateDecisions,
  toDateToDecideViews,
} from '@/app/practice/time-off/dates-to-decide';
import { requireRole } from '@/auth';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { getPractice } from '@/db/practice/practice';

export async function handOverToColleague(_before: DateDecisionsState, form: FormData): Promise<DateDecisionsState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const now = Date.now();
  const asked = { uid: readText(form, 'uid', 64), to: readText(form, 'to', 64) };
  const reason = readText(form, 'reason', 1000);
  const wanted = { ...asked, decisions: readDateDecisions(form), reason };
  const done = await catchDatabaseBusy(() => handOverDates(viewer, wanted, { now }));
  if (done !== 'busy' && done.ok) redirect('/practice/time-off?flash=carried_out');

  const plan = await previewHandOver(viewer, asked, { now });
  if (!plan) notFound();
  const state = {
    ...initialDateDecisionsState,
    dates: toDateToDecideViews(plan.dates, await getPractice(), {
      isMany: false,
      isDaySaid: false,
      otherwise: 'keep',
      form,
    }),
    gone: countDatesGone(plan.dates, form),
    reason,
  };
  if (done === 'busy') return { ...state, problem: 'busy' };
  if (done.reason === 'invalid') return { ...state, reasonError: done.issues[0]!.message };
  return { ...state, problem: done.reason };
}
