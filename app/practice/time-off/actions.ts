'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { parseBackHref, withFlash } from '@/app/practice/back-href';
import {
  countDecidedDatesNotListed,
  type DateDecisionsFormState,
  EMAIL_PREVIEW_FIELD,
  initialDateDecisionsFormState,
  readAcknowledgedDates,
  readDateDecisions,
  readSeenOverCaps,
  toDateToDecideViews,
} from '@/app/practice/date-decisions/date-decisions-form-data';
import { readEmailPreview } from '@/app/practice/date-decisions/email-preview';
import { requireRole } from '@/auth';
import type { Staff } from '@/db/access/viewer';
import { addTimeOff } from '@/db/booking/add-time-off';
import { listMovesOverCaps } from '@/db/booking/check-caps-of-decisions';
import { listDatesInTimeOff } from '@/db/booking/dates-in-time-off';
import { removeTimeOff } from '@/db/booking/time-off';
import { undoBulkChange } from '@/db/booking/undo-bulk-change';
import { makeListSuitedTherapists } from '@/db/care/suited-therapists';
import { getPractice } from '@/db/practice/practice';
import { toWallTime } from '@/scheduling/zone-conversion';
import { listTherapistOptions } from './therapist-options';
import {
  hasKnownWhoAndKind,
  needsTimeOffSpanChoice,
  readTimeOffFormValues,
  timeOffHref,
  toTimeOffRequest,
} from './time-off-form-values';

export async function takeTimeOff(_before: DateDecisionsFormState, form: FormData): Promise<DateDecisionsFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { ids, options } = await listTherapistOptions(viewer);
  // A malformed request must not take the time of whoever happens to be listed first.
  if (!hasKnownWhoAndKind((name) => form.get(name), options)) redirect('/practice/time-off?flash=not_found');
  const practice = await getPractice();
  const now = Date.now();
  const fields = readTimeOffFormValues((name) => form.get(name), options, toWallTime(practice.timeZone, now).on);
  if (needsTimeOffSpanChoice(fields)) redirect(timeOffHref(fields));
  const request = toTimeOffRequest(fields, practice.timeZone, ids);
  if (!request) redirect('/practice/time-off');
  const reason = readText(form, 'reason', 1000);
  const acknowledged = readAcknowledgedDates(form);
  const decisions = readDateDecisions(form);
  const timeOff = { ...request, decisions, reason, acknowledged, seenOverCaps: readSeenOverCaps(form) };
  const result = form.has(EMAIL_PREVIEW_FIELD)
    ? null
    : await catchDatabaseBusy(() => addTimeOff(viewer, timeOff, { now, listSuited: makeListSuitedTherapists(now) }));
  if (result !== null && result !== 'busy' && result.ok)
    redirect(`/practice/time-off?flash=${result.undoId ? 'carried_out' : 'off'}`);

  const dates = await listDatesInTimeOff(viewer, request, { now });
  const datesToAsk = result !== null && result !== 'busy' && result.reason === 'ask_first' ? result.asks : acknowledged;
  const state = {
    ...initialDateDecisionsFormState,
    dates: toDateToDecideViews(dates, practice, {
      isMany: request.therapistIds.length > 1,
      isDayShown: true,
      otherwise: 'cancel',
      form,
      asks: datesToAsk,
      over: await listMovesOverCaps(dates, decisions),
    }),
    acknowledged: datesToAsk,
    missing: countDecidedDatesNotListed(dates, form),
    reason,
    email: await readEmailPreview(viewer, form, now),
  };
  if (result === null) return state;
  if (result === 'busy') return { ...state, problem: 'busy' };
  if (result.reason === 'invalid') {
    const wrong = result.issues.find(({ path }) => path[0] === 'reason')?.message ?? null;
    return { ...state, problem: wrong === null ? 'invalid' : null, reasonError: wrong };
  }
  return { ...state, problem: result.reason === 'booked' ? 'changed' : result.reason };
}

export async function endTimeOff(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer: Staff = await requireRole('staff');
  const id = String(form.get('id') ?? '').slice(0, 64);
  const flash = await catchDatabaseBusy(async () => {
    const result = await removeTimeOff(viewer, id, { now: Date.now() });
    return result.ok ? 'removed' : result.reason;
  });
  redirect(`/practice/time-off?flash=${flash}`);
}

export async function undoAbsenceOrHandOver(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const id = readText(form, 'change', 64);
  const back = readText(form, 'back', 500);
  const flash = await catchDatabaseBusy(async () => {
    const result = await undoBulkChange(viewer, id, { now: Date.now() });
    return result.ok ? 'undone' : `undo_${result.reason}`;
  });
  // Why something cannot be undone is said on the page that lists all that still can be.
  if (flash === 'undone' && back !== '') redirect(withFlash(parseBackHref(back), 'change_undone'));
  redirect(`/practice/time-off?flash=${flash}`);
}
