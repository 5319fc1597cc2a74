import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { readHandOverToken } from '@/db/access/emailed-link-tokens';
import type { Staff, Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, clients, type HandOverAnswer, handOverRequests, series } from '@/db/schema';
import type { DateDecision, NewTimeTaken } from './apply-date-decisions';
import { handOverInTransaction } from './hand-over-dates';
import { decidableHandOversCondition, type HandOverRequestRow } from './hand-over-requests-to-clients';
import { queueHandOverEmailsToTherapists } from './queue-hand-over-emails-to-therapists';

// Records a client’s answer about a hand-over, by link or through staff, and then moves the dates. A date whose new
// time is taken stays as it is.

/** `gone`: the request was already answered, has expired, or is closed. */
export type ClientHandOverAnswerResult = { ok: true; moved: number; stayed: number } | Refusal<'gone'>;

/** Answers by the link in the e-mail. Whoever opens it can read that address, so the address counts as confirmed. */
export async function answerHandOverAsClientByLink(
  token: string,
  answer: HandOverAnswer,
  clock: Clock,
): Promise<ClientHandOverAnswerResult> {
  const id = readHandOverToken(token);
  if (id === null) return { ok: false, reason: 'gone' };
  const [found] = await (await reader()).select().from(handOverRequests).where(eq(handOverRequests.id, id));
  if (!found) return { ok: false, reason: 'gone' };
  return decide({ role: 'link', seriesId: found.seriesId }, id, answer, clock);
}

/** Records an answer that staff heard from the client, even after the time to answer by e-mail is over. */
export async function answerHandOverAsStaff(
  viewer: Staff,
  id: string,
  answer: HandOverAnswer,
  clock: Clock,
): Promise<ClientHandOverAnswerResult> {
  const mayAnswer = isPossibleId(id) && (await findOwn(await reader(), viewer, id)) !== undefined;
  return mayAnswer ? decide(viewer, id, answer, clock) : { ok: false, reason: 'gone' };
}

/** Closes a request: staff withdraw it, or have seen its outcome. */
export async function closeHandOverRequest(
  viewer: Staff,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<{ ok: true } | Refusal<'not_found'>>(async (tx) => {
    const found = await findOwn(tx, viewer, id);
    if (!found) return { ok: false, reason: 'not_found' };
    const [row] = await tx
      .update(handOverRequests)
      .set({ settledAt: now })
      .where(and(eq(handOverRequests.id, id), isNull(handOverRequests.settledAt)))
      .returning();
    if (!row) return { ok: true };
    const { seriesId, answer, fromTherapistId: from, toTherapistId: to } = row;
    if (answer === null)
      await queueHandOverEmailsToTherapists(tx, { id, seriesId, from, to }, 'withdrawn', viewer, now);
    const action: AuditAction = answer === null ? 'asks no more about a hand-over' : 'dealt with a hand-over';
    const event = { at: now, actor: getAuditActor(viewer), action, subject: `series:${seriesId}` };
    await recordEvent(tx, { ...event, facts: { request: id } });
    return { ok: true };
  });
}

async function findOwn(db: Db, viewer: Staff, id: string): Promise<{ id: string } | undefined> {
  const [found] = await db
    .select({ id: handOverRequests.id })
    .from(handOverRequests)
    .where(and(eq(handOverRequests.id, id), decidableHandOversCondition(viewer)));
  return found;
}

/** Takes one answer: of two at once, the first. A date whose new time is taken stays, and the others go over. */
async function decide(
  by: Viewer,
  id: string,
  answer: HandOverAnswer,
  { now }: Clock,
): Promise<ClientHandOverAnswerResult> {
  const staying = new Set<string>();
  for (;;) {
    const outcome = await transact<ClientHandOverAnswerResult | NewTimeTaken>(async (tx, undo) => {
      await lockOfferForBooking(tx);
      const isOpen = and(
        eq(handOverRequests.id, id),
        isNull(handOverRequests.answer),
        isNull(handOverRequests.settledAt),
        by.role === 'link' ? gt(handOverRequests.answerBy, now) : undefined,
      );
      const [request] = await tx.update(handOverRequests).set({ answer, answeredAt: now }).where(isOpen).returning();
      if (!request) return { ok: false, reason: 'gone' };
      const { seriesId, fromTherapistId: from, toTherapistId: to } = request;
      if (by.role === 'link') await confirmByAnswer(tx, seriesId, now);
      const result = answer === 'yes' ? await move(tx, undo, request, staying, now) : { moved: [], stayed: [] };
      const isSettled = answer === 'yes' && result.stayed.length === 0;
      await tx
        .update(handOverRequests)
        .set({ stayed: result.stayed, settledAt: isSettled ? now : null })
        .where(eq(handOverRequests.id, id));
      if (answer === 'no') await queueHandOverEmailsToTherapists(tx, { id, seriesId, from, to }, 'declined', by, now);
      const action: AuditAction = answer === 'yes' ? 'said yes to a hand-over' : 'said no to a hand-over';
      const event = { at: now, actor: getAuditActor(by), action, subject: `series:${seriesId}` };
      await recordEvent(tx, { ...event, facts: { request: id, to, ...result } });
      return { ok: true, moved: result.moved.length, stayed: result.stayed.length };
    });
    if (outcome.ok || outcome.reason !== 'move_taken') return outcome;
    staying.add(outcome.uid);
  }
}

/**
 * Hands over the dates that still stand as they did when the client was asked. Dates that are over or cancelled are
 * ignored.
 */
async function move(
  tx: Db,
  undo: <T>(value: T) => never,
  request: HandOverRequestRow,
  staying: Set<string>,
  now: number,
): Promise<{ moved: string[]; stayed: string[] }> {
  const { seriesId, fromTherapistId, toTherapistId: to } = request;
  const standing = await tx
    .select()
    .from(appointments)
    .where(
      and(
        eq(appointments.seriesId, seriesId),
        eq(appointments.status, 'booked'),
        eq(appointments.therapistId, fromTherapistId),
        gt(appointments.startAt, now),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  const datesByUid = new Map(request.dates.map((date) => [date.uid, date]));
  const about = standing.filter(({ id }) => datesByUid.has(id));
  const rows = about.filter(({ id, startAt }) => datesByUid.get(id)!.from === startAt && !staying.has(id));
  const decisions = rows.map(
    ({ id: uid, version }): DateDecision => ({
      ...{ uid, version, choice: 'move', startsAt: datesByUid.get(uid)!.to, therapistId: to },
    }),
  );
  const decided = { seriesId, to, rows, decisions };
  if (rows.length > 0)
    await handOverInTransaction(tx, undo, requesterOf(request), decided, { reason: request.reason }, now);
  const moved = rows.map(({ id }) => id);
  return { moved, stayed: about.map(({ id }) => id).filter((uid) => !moved.includes(uid)) };
}

/** The person who asked: the dates go over by their decision, once the client has agreed. */
function requesterOf({ askedBy, fromTherapistId: therapistId }: HandOverRequestRow): Staff {
  const [role, userId = ''] = askedBy.split(':');
  const person = { userId, email: '', name: '' };
  if (role === 'therapist') return { ...person, role, therapistId };
  return { ...person, role: role === 'owner' ? 'owner' : 'front_desk', therapistId: null };
}

async function confirmByAnswer(tx: Db, seriesId: string, now: number): Promise<void> {
  const { newClients } = await getPractice(tx);
  const [client] = await tx
    .select({ email: clients.email })
    .from(clients)
    .innerJoin(series, eq(series.clientId, clients.id))
    .where(eq(series.id, seriesId));
  // Where the practice approves each new client, an answer alone does not confirm one.
  if (client!.email !== '' && newClients !== 'approve') await confirmEmailAddress(tx, client!.email, 'link', now);
}
