'use server';

import { notFound, redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import {
  countGone,
  type DecidingState,
  readDecisions,
  showDates,
  UNTOUCHED,
} from '@/app/practice/time-off/dates-to-decide';
import { requireViewer } from '@/auth';
import { handOver, planHandOver } from '@/db/booking/hand-over';
import { getPractice } from '@/db/practice/practice';

export async function give(_before: DecidingState, form: FormData): Promise<DecidingState> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const now = Date.now();
  const asked = { uid: readText(form, 'uid', 64), to: readText(form, 'to', 64) };
  const reason = readText(form, 'reason', 1000);
  const wanted = { ...asked, decisions: readDecisions(form), reason };
  const done = await orDatabaseBusy(() => handOver(viewer, wanted, { now }));
  if (done !== 'busy' && done.ok) redirect('/practice/time-off?flash=carried_out');

  const plan = await planHandOver(viewer, asked, { now });
  if (!plan) notFound();
  const state = {
    ...UNTOUCHED,
    dates: showDates(plan.dates, await getPractice(), { isMany: false, isDaySaid: false, otherwise: 'keep', form }),
    gone: countGone(plan.dates, form),
    reason,
  };
  if (done === 'busy') return { ...state, problem: 'busy' };
  if (done.reason === 'invalid') return { ...state, reasonError: done.issues[0]!.message };
  return { ...state, problem: done.reason };
}
