'use server';

import { notFound, redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { parseBackHref, withFlash } from '@/app/practice/back-href';
import {
  countDecidedDatesNotListed,
  type DateDecisionsFormState,
  EMAIL_PREVIEW_FIELD,
  initialDateDecisionsFormState,
  readDateDecisions,
  readSeenOverCaps,
  toDateToDecideViews,
} from '@/app/practice/date-decisions/date-decisions-form-data';
import { readEmailPreview } from '@/app/practice/date-decisions/email-preview';
import { requireRole } from '@/auth';
import { answerHandOverAsStaff, closeHandOverRequest } from '@/db/booking/answer-hand-over';
import { type AskHandOverResult, askAboutHandOver } from '@/db/booking/ask-about-hand-over';
import { listMovesOverCaps } from '@/db/booking/check-caps-of-decisions';
import { type HandOverResult, handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { getPractice } from '@/db/practice/practice';

export async function handOverToColleague(
  _before: DateDecisionsFormState,
  form: FormData,
): Promise<DateDecisionsFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const now = Date.now();
  const query = { uid: readText(form, 'uid', 64), to: readText(form, 'to', 64) };
  const reason = readText(form, 'reason', 1000);
  const request = { ...query, decisions: readDateDecisions(form), reason, seenOverCaps: readSeenOverCaps(form) };
  const asksClientFirst = readText(form, 'how', 8) === 'ask';
  const days = Number(readText(form, 'days', 2));
  // The form's own suggestion says that the hand-over is done. A client who is only asked must not be told so.
  const why = reason === readText(form, 'suggested', 1000) ? '' : reason;
  const result = form.has(EMAIL_PREVIEW_FIELD)
    ? null
    : await catchDatabaseBusy<AskHandOverResult | HandOverResult>(() =>
        asksClientFirst
          ? askAboutHandOver(viewer, { ...request, reason: why, days }, { now })
          : handOverDates(viewer, request, { now }),
      );
  const back = parseBackHref(readText(form, 'back', 500));
  if (result !== null && result !== 'busy' && result.ok)
    redirect(
      'undoId' in result
        ? withFlash(back, 'handed_over', result.undoId)
        : `/practice/hand-over/${encodeURIComponent(request.uid)}?${new URLSearchParams({ back })}`,
    );

  const plan = await previewHandOver(viewer, request, { now });
  if (!plan) notFound();
  const state = {
    ...initialDateDecisionsFormState,
    dates: toDateToDecideViews(plan.dates, await getPractice(), {
      isMany: false,
      isDayShown: false,
      otherwise: 'keep',
      form,
      over: await listMovesOverCaps(plan.dates, request.decisions),
    }),
    missing: countDecidedDatesNotListed(plan.dates, form),
    reason,
    email: await readEmailPreview(viewer, form, now),
  };
  if (result === null) return state;
  if (result === 'busy') return { ...state, problem: 'busy' };
  if (result.reason === 'invalid') return { ...state, reasonError: result.issues[0]!.message };
  return { ...state, problem: result.reason };
}

/** Records what the client answered on the phone, or withdraws the request. */
export async function recordHandOverAnswer(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const id = readText(form, 'id', 64);
  const answer = readText(form, 'answer', 8);
  const flash = await catchDatabaseBusy(async () => {
    const clock = { now: Date.now() };
    if (answer === 'settle') {
      const result = await closeHandOverRequest(viewer, id, clock);
      return result.ok ? 'hand_over_settled' : result.reason;
    }
    if (answer !== 'yes' && answer !== 'no') return 'not_found';
    const result = await answerHandOverAsStaff(viewer, id, answer, clock);
    if (!result.ok) return 'hand_over_gone';
    if (answer === 'no') return 'hand_over_no';
    return result.stayed > 0 ? 'hand_over_partly' : 'hand_over_yes';
  });
  redirect(`/practice/calendar?flash=${flash}#flash`);
}
