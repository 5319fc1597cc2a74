import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { putInOutbox } from '@/db/messages/outbox';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { optionalReasonForClientsSchema } from '@/db/practice/practice-field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import { clients, type DateAskedAbout, handOverRequests } from '@/db/schema';
import { areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { hasUnseenMoveOverCaps } from './check-caps-of-decisions';
import {
  type HandOverDecisions,
  handOverInTransaction,
  listDatesToHandOver,
  listHandOverCandidates,
} from './hand-over-dates';
import { queueHandOverEmailsToTherapists } from './queue-hand-over-emails-to-therapists';

// Asks a client whether their dates may go over to a colleague. Meanwhile nothing is held: the dates keep their time.

/** How long a client may take to answer, in days; never beyond the first of the dates. */
export const HAND_OVER_ANSWER_DAY_CHOICES = [1, 2, 3, 7] as const;
/** Closer than this to the first date, there is no time to ask. */
const SHORTEST_TIME_TO_ANSWER_MS = 60 * 60_000;

export type AskHandOverResult =
  | { ok: true; id: string; hasEmail: boolean }
  | NewTimeTaken
  /**
   * `changed`: the dates differ from those that were decided on. `cancels`: a hand-over request may not cancel a date.
   * `too_soon`: the first date is too near. `over_caps`: as for a hand-over.
   */
  | Refusal<'not_found' | 'changed' | 'nothing' | 'cancels' | 'too_soon' | 'over_caps'>
  | Invalid;

/** Asks the client by e-mail, or leaves it to staff to call them. Nothing else changes. */
export async function askAboutHandOver(
  viewer: Staff,
  request: HandOverDecisions & { days: number },
  { now }: Clock,
): Promise<AskHandOverResult> {
  const { to, decisions, days } = request;
  const reason = optionalReasonForClientsSchema.safeParse(request.reason);
  if (!reason.success) return invalid(toIssues(reason.error).map((found) => ({ ...found, path: ['reason'] })));
  const outcome = await transact<AskHandOverResult>(async (tx, undo) => {
    const read = await readRequestedDates(tx, viewer, request, now);
    if (!read.ok) return read;
    const { rows, named } = read;
    if (await hasUnseenMoveOverCaps(tx, rows, decisions, request.seenOverCaps))
      return { ok: false, reason: 'over_caps' };
    // Tries the whole hand-over, down to the last claim, and then undoes it.
    const decided = { seriesId: named.seriesId, to, rows, decisions };
    await handOverInTransaction(tx, undo, viewer, decided, { reason: reason.data }, now);
    return undo<AskHandOverResult>({ ok: true, id: '', hasEmail: false });
  });
  if (!outcome.ok) return outcome;
  return transact<AskHandOverResult>(async (tx) => {
    const read = await readRequestedDates(tx, viewer, request, now);
    if (!read.ok) return read;
    const { named, rows } = read;
    const starts = new Map(rows.map((row) => [row.id, row.startAt]));
    const dates = decisions.flatMap((decision): DateAskedAbout[] =>
      decision.choice === 'move' ? [{ uid: decision.uid, from: starts.get(decision.uid)!, to: decision.startsAt }] : [],
    );
    const first = Math.min(...dates.flatMap((date) => [date.from, date.to]));
    const longest = HAND_OVER_ANSWER_DAY_CHOICES.find((length) => length === days) ?? 3;
    const answerBy = Math.min(now + longest * DAY_MS, first - SHORTEST_TIME_TO_ANSWER_MS);
    if (answerBy < now + SHORTEST_TIME_TO_ANSWER_MS) return { ok: false, reason: 'too_soon' };
    const id = randomUUID();
    await tx.delete(handOverRequests).where(eq(handOverRequests.seriesId, named.seriesId));
    await tx.insert(handOverRequests).values({
      ...{ id, seriesId: named.seriesId, fromTherapistId: named.therapistId, toTherapistId: to, dates },
      ...{ reason: reason.data ?? '', askedBy: getAuditActor(viewer), askedAt: now, answerBy, stayed: [] },
    });
    const [client] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, named.clientId));
    const practice = toNotificationPractice(await getPractice(tx));
    const notification = { kind: 'hand_over' as const, state: 'ask' as const, practice, requestId: id };
    await putInOutbox(tx, { notification, toEmail: client!.email, seriesId: named.seriesId, now });
    await queueHandOverEmailsToTherapists(
      tx,
      { id, seriesId: named.seriesId, from: named.therapistId, to },
      'asked',
      viewer,
      now,
    );
    await recordEvent(tx, {
      ...{
        at: now,
        actor: getAuditActor(viewer),
        action: 'asked about a hand-over',
        subject: `series:${named.seriesId}`,
      },
      facts: { request: id, from: named.therapistId, to, dates: dates.length, until: answerBy },
    });
    return { ok: true, id, hasEmail: client!.email !== '' };
  });
}

async function readRequestedDates(
  tx: Db,
  viewer: Staff,
  { uid, to, decisions }: { uid: string; to: string; decisions: DateDecision[] },
  now: number,
) {
  const refuse = <Reason extends string>(reason: Reason) => ({ ok: false as const, reason });
  await lockOfferForBooking(tx);
  const named = await findEditableAppointment(tx, viewer, uid);
  if (named?.status !== 'booked' || named.startAt <= now) return refuse('not_found');
  if (!(await listHandOverCandidates(tx, named)).some(({ id }) => id === to)) return refuse('not_found');
  const rows = await listDatesToHandOver(tx, viewer, named, to, now);
  if (!areAllDatesDecided(rows, decisions)) return refuse('changed');
  if (decisions.some(({ choice }) => choice === 'cancel')) return refuse('cancels');
  if (decisions.every(({ choice }) => choice === 'keep')) return refuse('nothing');
  const stray = decisions.find((decision) => decision.choice === 'move' && decision.therapistId !== to);
  if (stray) return { ok: false as const, reason: 'move_taken' as const, uid: stray.uid };
  return { ok: true as const, named, rows };
}
