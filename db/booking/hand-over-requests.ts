import { randomUUID } from 'node:crypto';
import { aliasedTable, and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { confirmAddress } from '@/db/access/confirmed-addresses';
import { readHandOverToken } from '@/db/access/emailed-link-tokens';
import { getManageToken } from '@/db/access/manage-tokens';
import type { Staff, Viewer } from '@/db/access/viewer';
import { isId } from '@/db/access/viewer-conditions';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { issuesOf } from '@/db/input/field-schemas';
import { putInOutbox } from '@/db/messages/outbox';
import { listAddressesOfTherapists } from '@/db/messages/series-notifications';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice, notificationPractice } from '@/db/practice/practice';
import { reasonForClients } from '@/db/practice/practice-field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  clients,
  type DateAskedAbout,
  type HandOverAnswer,
  handOverRequests,
  series,
  therapists,
} from '@/db/schema';
import type { Notification } from '@/scheduling/notification';
import { areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { giveToColleague, listFollowing, listHeirs } from './hand-over-dates';

// May dates go over to a colleague? Their client is asked before anything changes. Nothing is held meanwhile: the dates
// keep the time they have, and a date whose new time is taken before its client says yes stays as it is. Staff see what
// nobody answered, what was refused and what stayed, and decide.

type Row = typeof handOverRequests.$inferSelect;

/** How long a client may take to answer, in days; never beyond the first of the dates. */
export const DAYS_TO_ANSWER = [1, 2, 3, 7] as const;
/** Sooner than this before the first of the dates there is no time to ask. */
const SHORTEST_TIME_TO_ANSWER_MS = 60 * 60_000;

/**
 * `waiting`: for the answer. `unanswered`: the time to answer is over. `partly`: the client said yes, and some dates
 * stayed. `settled`: staff have no more to do with it.
 */
export type HandOverState = 'waiting' | 'unanswered' | 'declined' | 'accepted' | 'partly' | 'settled';

export interface HandOverRequestView {
  id: string;
  seriesId: string;
  clientId: string;
  clientName: string;
  hasEmail: boolean;
  from: { id: string; name: string };
  to: { id: string; name: string };
  dates: DateAskedAbout[];
  reason: string;
  askedAt: number;
  answerBy: number;
  answer: HandOverAnswer | null;
  answeredAt: number | null;
  /** The dates of a yes that stayed where they are. */
  stayed: string[];
  state: HandOverState;
}

export type AskResult =
  | { ok: true; id: string; hasEmail: boolean }
  | NewTimeTaken
  /**
   * `changed`: these are not the dates that were decided on. `cancels`: nobody is asked whether a date may be cancelled.
   * `too_soon`: the first of them is too near.
   */
  | Refusal<'not_found' | 'changed' | 'nothing' | 'cancels' | 'too_soon'>
  | Invalid;

/** `gone`: it was answered, the time to answer is over, or nobody asks any more. */
export type AnswerResult = { ok: true; moved: number; stayed: number } | Refusal<'gone'>;

/** Asks the client by e-mail, or leaves it to whoever calls them. Nothing else changes. */
export async function askAboutHandOver(
  viewer: Staff,
  request: { uid: string; to: string; decisions: DateDecision[]; reason: string; days: number },
  { now }: Clock,
): Promise<AskResult> {
  const { to, decisions, days } = request;
  const reason = reasonForClients.safeParse(request.reason);
  if (!reason.success) return invalid(issuesOf(reason.error).map((found) => ({ ...found, path: ['reason'] })));
  const tried = await transact<AskResult>(async (tx, undo) => {
    const read = await readAsked(tx, viewer, request, now);
    if (!read.ok) return read;
    const { rows, named } = read;
    // As it would be done now, to the last claim; and then nothing of it.
    const decided = { seriesId: named.seriesId, to, rows, decisions };
    await giveToColleague(tx, undo, viewer, decided, { reason: reason.data }, now);
    return undo<AskResult>({ ok: true, id: '', hasEmail: false });
  });
  if (!tried.ok) return tried;
  return transact<AskResult>(async (tx) => {
    const read = await readAsked(tx, viewer, request, now);
    if (!read.ok) return read;
    const { named, rows } = read;
    const starts = new Map(rows.map((row) => [row.id, row.startAt]));
    const dates = decisions.flatMap((decision): DateAskedAbout[] =>
      decision.choice === 'move' ? [{ uid: decision.uid, from: starts.get(decision.uid)!, to: decision.startsAt }] : [],
    );
    const first = Math.min(...dates.flatMap((date) => [date.from, date.to]));
    const longest = DAYS_TO_ANSWER.find((length) => length === days) ?? 3;
    const answerBy = Math.min(now + longest * DAY_MS, first - SHORTEST_TIME_TO_ANSWER_MS);
    if (answerBy < now + SHORTEST_TIME_TO_ANSWER_MS) return { ok: false, reason: 'too_soon' };
    const id = randomUUID();
    await tx.delete(handOverRequests).where(eq(handOverRequests.seriesId, named.seriesId));
    await tx.insert(handOverRequests).values({
      ...{ id, seriesId: named.seriesId, fromTherapistId: named.therapistId, toTherapistId: to, dates },
      ...{ reason: reason.data ?? '', askedBy: actorOf(viewer), askedAt: now, answerBy, stayed: [] },
    });
    const [client] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, named.clientId));
    const practice = notificationPractice(await getPractice(tx));
    const notification = { kind: 'hand_over' as const, state: 'ask' as const, practice, requestId: id };
    await putInOutbox(tx, { notification, toEmail: client!.email, seriesId: named.seriesId, now });
    await tellTherapists(tx, { id, seriesId: named.seriesId, from: named.therapistId, to }, 'asked', viewer, now);
    await recordEvent(tx, {
      ...{ at: now, actor: actorOf(viewer), action: 'asked about a hand-over', subject: `series:${named.seriesId}` },
      facts: { request: id, from: named.therapistId, to, dates: dates.length, until: answerBy },
    });
    return { ok: true, id, hasEmail: client!.email !== '' };
  });
}

async function readAsked(
  tx: Db,
  viewer: Staff,
  { uid, to, decisions }: { uid: string; to: string; decisions: DateDecision[] },
  now: number,
) {
  const refuse = <Reason extends string>(reason: Reason) => ({ ok: false as const, reason });
  await lockOfferForBooking(tx);
  const named = await findEditableAppointment(tx, viewer, uid);
  if (named?.status !== 'booked' || named.startAt <= now) return refuse('not_found');
  if (!(await listHeirs(tx, named)).some(({ id }) => id === to)) return refuse('not_found');
  const rows = await listFollowing(tx, viewer, named, to, now);
  if (!areAllDatesDecided(rows, decisions)) return refuse('changed');
  if (decisions.some(({ choice }) => choice === 'cancel')) return refuse('cancels');
  if (decisions.every(({ choice }) => choice === 'keep')) return refuse('nothing');
  const stray = decisions.find((decision) => decision.choice === 'move' && decision.therapistId !== to);
  if (stray) return { ok: false as const, reason: 'move_taken' as const, uid: stray.uid };
  return { ok: true as const, named, rows };
}

/** Both therapists, but for the one who did it. */
async function tellTherapists(
  tx: Db,
  { id, seriesId, from, to }: { id: string; seriesId: string; from: string; to: string },
  state: 'asked' | 'declined' | 'withdrawn',
  by: Viewer,
  now: number,
): Promise<void> {
  const practice = await getPractice(tx);
  const actor = 'therapistId' in by ? by.therapistId : null;
  const addresses = await listAddressesOfTherapists(
    tx,
    practice,
    [from, to].filter((therapistId) => therapistId !== actor),
  );
  const told = new Map<string, { isHeir?: true }>();
  for (const { id: therapistId, toEmail } of addresses)
    if (!told.has(toEmail) || therapistId === from) told.set(toEmail, therapistId === to ? { isHeir: true } : {});
  const notification = { kind: 'hand_over' as const, state, practice: notificationPractice(practice), requestId: id };
  await putInOutbox(
    tx,
    [...told].map(([toEmail, whom]) => ({ notification: { ...notification, ...whom }, toEmail, seriesId, now })),
  );
}

/** What is asked of these series, or was; of all that staff still have to do with where none are named. */
export async function listHandOverRequests(
  viewer: Staff,
  { now }: Clock,
  seriesIds?: string[],
): Promise<HandOverRequestView[]> {
  if (seriesIds?.length === 0) return [];
  const db = await reader();
  const isWanted = seriesIds ? inArray(handOverRequests.seriesId, seriesIds) : isNull(handOverRequests.settledAt);
  return list(db, and(isWanted, decidedBy(viewer)), now);
}

/** The one that a link was made for, with the link to its plan; null where this server made no such link. */
export async function findHandOverRequestByLink(
  token: string,
  { now }: Clock,
): Promise<(HandOverRequestView & { manageToken: string }) | null> {
  const id = readHandOverToken(token);
  if (id === null) return null;
  const [found] = await list(await reader(), eq(handOverRequests.id, id), now);
  return found ? { ...found, manageToken: await getManageToken(found.seriesId) } : null;
}

/** What a client is asked of a plan just now, for whoever has its link. */
export async function getOpenHandOverRequest(
  viewer: Extract<Viewer, { role: 'link' }>,
  { now }: Clock,
): Promise<HandOverRequestView | null> {
  const isOpen = and(
    eq(handOverRequests.seriesId, viewer.seriesId),
    isNull(handOverRequests.settledAt),
    isNull(handOverRequests.answer),
    gt(handOverRequests.answerBy, now),
  );
  const [found] = await list(await reader(), isOpen, now);
  return found ?? null;
}

async function list(db: Db, where: ReturnType<typeof and>, now: number): Promise<HandOverRequestView[]> {
  const heir = aliasedTable(therapists, 'heir');
  const found = await db
    .select({ row: handOverRequests, client: clients, from: therapists.name, to: heir.name })
    .from(handOverRequests)
    .innerJoin(series, eq(series.id, handOverRequests.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, handOverRequests.fromTherapistId))
    .innerJoin(heir, eq(heir.id, handOverRequests.toTherapistId))
    .where(where)
    .orderBy(asc(handOverRequests.askedAt), asc(handOverRequests.id));
  return found.map(({ row, client, from, to }) => ({
    ...{ id: row.id, seriesId: row.seriesId, clientId: client.id, clientName: client.name },
    ...{ hasEmail: client.email !== '', reason: row.reason, askedAt: row.askedAt, answerBy: row.answerBy },
    from: { id: row.fromTherapistId, name: from },
    to: { id: row.toTherapistId, name: to },
    dates: [...row.dates].sort((a, b) => a.from - b.from),
    answer: row.answer,
    answeredAt: row.answeredAt,
    stayed: row.stayed,
    state: stateOf(row, now),
  }));
}

function stateOf({ settledAt, answer, answerBy, stayed }: Row, now: number): HandOverState {
  if (settledAt !== null && answer === null) return 'settled';
  if (answer === 'no') return settledAt === null ? 'declined' : 'settled';
  if (answer === 'yes') return stayed.length > 0 && settledAt === null ? 'partly' : 'accepted';
  return answerBy > now ? 'waiting' : 'unanswered';
}

/** By the link of the e-mail, which was in an e-mail to them: whoever presses it reads that address. */
export async function answerHandOverByLink(token: string, answer: HandOverAnswer, clock: Clock): Promise<AnswerResult> {
  const id = readHandOverToken(token);
  if (id === null) return { ok: false, reason: 'gone' };
  const [found] = await (await reader()).select().from(handOverRequests).where(eq(handOverRequests.id, id));
  if (!found) return { ok: false, reason: 'gone' };
  return decide({ role: 'link', seriesId: found.seriesId }, id, answer, clock);
}

/** Staff have heard it, also when the time to answer by e-mail is over. */
export async function answerHandOverForClient(
  viewer: Staff,
  id: string,
  answer: HandOverAnswer,
  clock: Clock,
): Promise<AnswerResult> {
  const mayAnswer = isId(id) && (await findOwn(await reader(), viewer, id)) !== undefined;
  return mayAnswer ? decide(viewer, id, answer, clock) : { ok: false, reason: 'gone' };
}

/** Nobody asks any more, or what became of it has been seen. */
export async function settleHandOver(
  viewer: Staff,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
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
    if (answer === null) await tellTherapists(tx, { id, seriesId, from, to }, 'withdrawn', viewer, now);
    const action: AuditAction = answer === null ? 'asks no more about a hand-over' : 'dealt with a hand-over';
    const event = { at: now, actor: actorOf(viewer), action, subject: `series:${seriesId}` };
    await recordEvent(tx, { ...event, facts: { request: id } });
    return { ok: true };
  });
}

async function findOwn(db: Db, viewer: Staff, id: string): Promise<{ id: string } | undefined> {
  const [found] = await db
    .select({ id: handOverRequests.id })
    .from(handOverRequests)
    .where(and(eq(handOverRequests.id, id), decidedBy(viewer)));
  return found;
}

/** A therapist decides of what they would hand over. */
function decidedBy(viewer: Staff) {
  return viewer.role === 'therapist' ? eq(handOverRequests.fromTherapistId, viewer.therapistId) : undefined;
}

/** One answer is taken, and of two at once the first. A date whose new time is taken stays, and the others go over. */
async function decide(by: Viewer, id: string, answer: HandOverAnswer, { now }: Clock): Promise<AnswerResult> {
  const staying = new Set<string>();
  for (;;) {
    const outcome = await transact<AnswerResult | NewTimeTaken>(async (tx, undo) => {
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
      const done = answer === 'yes' ? await move(tx, undo, request, staying, now) : { moved: [], stayed: [] };
      const isSettled = answer === 'yes' && done.stayed.length === 0;
      await tx
        .update(handOverRequests)
        .set({ stayed: done.stayed, settledAt: isSettled ? now : null })
        .where(eq(handOverRequests.id, id));
      if (answer === 'no') await tellTherapists(tx, { id, seriesId, from, to }, 'declined', by, now);
      const action: AuditAction = answer === 'yes' ? 'said yes to a hand-over' : 'said no to a hand-over';
      const event = { at: now, actor: actorOf(by), action, subject: `series:${seriesId}` };
      await recordEvent(tx, { ...event, facts: { request: id, to, ...done } });
      return { ok: true, moved: done.moved.length, stayed: done.stayed.length };
    });
    if (outcome.ok || outcome.reason !== 'move_taken') return outcome;
    staying.add(outcome.uid);
  }
}

/** What still stands as it stood when its client was asked goes over; what is over or given up is no part of it. */
async function move(
  tx: Db,
  undo: <T>(value: T) => never,
  request: Row,
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
  const asked = new Map(request.dates.map((date) => [date.uid, date]));
  const about = standing.filter(({ id }) => asked.has(id));
  const rows = about.filter(({ id, startAt }) => asked.get(id)!.from === startAt && !staying.has(id));
  const decisions = rows.map(
    ({ id: uid, version }): DateDecision => ({
      ...{ uid, version, choice: 'move', startsAt: asked.get(uid)!.to, therapistId: to },
    }),
  );
  const decided = { seriesId, to, rows, decisions };
  if (rows.length > 0) await giveToColleague(tx, undo, whoAsked(request), decided, { reason: request.reason }, now);
  const moved = rows.map(({ id }) => id);
  return { moved, stayed: about.map(({ id }) => id).filter((uid) => !moved.includes(uid)) };
}

/** The dates go over because they decided it, once their client agreed. */
function whoAsked({ askedBy, fromTherapistId: therapistId }: Row): Staff {
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
  // Where the practice approves each new client, that alone makes nobody known.
  if (client!.email !== '' && newClients !== 'approve') await confirmAddress(tx, client!.email, 'link', now);
}

/** What an e-mail about it says when it is sent; null where that is not true any more. */
export async function getHandOverToTell(
  db: Db,
  { requestId, state, isHeir }: Extract<Notification, { kind: 'hand_over' }>,
  now: number,
): Promise<NonNullable<Extract<Notification, { kind: 'hand_over' }>['told']> | null> {
  const [found] = await list(db, eq(handOverRequests.id, requestId), now);
  if (!found) return null;
  const isTrue = {
    ask: found.state === 'waiting',
    asked: found.state === 'waiting',
    declined: found.answer === 'no',
    withdrawn: found.answer === null && found.state === 'settled',
  }[state];
  if (!isTrue) return null;
  const { from, to, answerBy: until, reason } = found;
  const dates = found.dates.map((date) => ({ from: date.from, to: date.to }));
  return { clientName: isHeir ? '' : found.clientName, from: from.name, to: to.name, until, reason, dates };
}
