'use server';

import { redirect } from 'next/navigation';
import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import type { Staff } from '@/db/access/viewer';
import { addTimeOff, planTimeOff, removeTimeOff } from '@/db/booking/time-off';
import { undoChange } from '@/db/booking/undo-change';
import { getPractice } from '@/db/practice/practice';
import { toWall } from '@/scheduling/zone';
import { countGone, type DecidingState, readDecisions, showDates, UNTOUCHED } from './dates-to-decide';
import { listStaffChoices } from './staff-choices';
import { fieldsOf, hrefOf, isAmbiguous, isAnswered, requestOf } from './time-off-request';

export async function take(_before: DecidingState, form: FormData): Promise<DecidingState> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { ids, options } = await listStaffChoices(viewer);
  // A crooked request must not take the time of whoever happens to be listed first.
  if (!isAnswered((name) => form.get(name), options)) redirect('/practice/time-off?flash=not_found');
  const practice = await getPractice();
  const now = Date.now();
  const fields = fieldsOf((name) => form.get(name), options, toWall(practice.timeZone, now).on);
  if (isAmbiguous(fields)) redirect(hrefOf(fields));
  const request = requestOf(fields, practice.timeZone, ids);
  if (!request) redirect('/practice/time-off');
  const reason = readText(form, 'reason', 1000);
  const wanted = { ...request, decisions: readDecisions(form), reason };
  const done = await orDatabaseBusy(() => addTimeOff(viewer, wanted, { now }));
  if (done !== 'busy' && done.ok) redirect(`/practice/time-off?flash=${done.undoId ? 'carried_out' : 'off'}`);

  const dates = await planTimeOff(viewer, request, { now });
  const state = {
    ...UNTOUCHED,
    dates: showDates(dates, practice, {
      isMany: request.therapistIds.length > 1,
      isDaySaid: true,
      otherwise: 'cancel',
      form,
    }),
    gone: countGone(dates, form),
    reason,
  };
  if (done === 'busy') return { ...state, problem: 'busy' };
  if (done.reason === 'invalid') {
    const wrong = done.issues.find(({ path }) => path[0] === 'reason')?.message ?? null;
    return { ...state, problem: wrong === null ? 'invalid' : null, reasonError: wrong };
  }
  return { ...state, problem: done.reason === 'booked' ? 'changed' : done.reason };
}

export async function remove(form: FormData): Promise<void> {
  readForm(form);
  const viewer: Staff = await requireViewer('staff');
  const id = String(form.get('id') ?? '').slice(0, 64);
  const flash = await orDatabaseBusy(async () => {
    const done = await removeTimeOff(viewer, id, { now: Date.now() });
    return done.ok ? 'removed' : done.reason;
  });
  redirect(`/practice/time-off?flash=${flash}`);
}

export async function undo(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const id = readText(form, 'change', 64);
  const flash = await orDatabaseBusy(async () => {
    const done = await undoChange(viewer, id, { now: Date.now() });
    return done.ok ? 'undone' : `undo_${done.reason}`;
  });
  redirect(`/practice/time-off?flash=${flash}`);
}
