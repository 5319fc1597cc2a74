import { aliasedTable, and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { readHandOverToken } from '@/db/access/emailed-link-tokens';
import { getManageToken } from '@/db/access/manage-tokens';
import type { Staff, Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { findGreetedNames } from '@/db/messages/greeted-names';
import type { Clock } from '@/db/results';
import { clients, type DateAskedAbout, type HandOverAnswer, handOverRequests, series, therapists } from '@/db/schema';
import type { Notification } from '@/scheduling/notification-types';

// Requests to clients: may these dates go over to a colleague? The client is asked before anything changes. Meanwhile
// nothing is held: the dates keep their time, and a date whose new time is taken before the client says yes stays as it
// is. Staff see which requests were unanswered, declined or only partly carried out, and decide.

export type HandOverRequestRow = typeof handOverRequests.$inferSelect;

/**
 * `waiting`: for the answer. `unanswered`: the time to answer is over. `partly`: the client said yes, but some dates
 * stayed. `settled`: staff have nothing left to do.
 */
export type HandOverState = 'waiting' | 'unanswered' | 'declined' | 'accepted' | 'partly' | 'settled';

export interface HandOverRequestView {
  id: string;
  seriesId: string;
  clientId: string;
  clientName: string;
  /** Who booked for the client, and is asked in their place. */
  bookedBy: string | null;
  hasEmail: boolean;
  from: { id: string; name: string };
  to: { id: string; name: string };
  dates: DateAskedAbout[];
  reason: string;
  askedAt: number;
  answerBy: number;
  answer: HandOverAnswer | null;
  answeredAt: number | null;
  /** Dates that stayed where they are although the client said yes. */
  stayed: string[];
  state: HandOverState;
}

/** All requests about these series; without series, all that staff have yet to close. */
export async function listHandOverRequests(
  viewer: Staff,
  { now }: Clock,
  seriesIds?: string[],
): Promise<HandOverRequestView[]> {
  if (seriesIds?.length === 0) return [];
  const db = await reader();
  const condition = seriesIds ? inArray(handOverRequests.seriesId, seriesIds) : isNull(handOverRequests.settledAt);
  return list(db, and(condition, decidableHandOversCondition(viewer)), now);
}

/** The request that a link was made for, with the link to its plan; null where this server made no such link. */
export async function findHandOverRequestByLink(
  token: string,
  { now }: Clock,
): Promise<(HandOverRequestView & { manageToken: string }) | null> {
  const id = readHandOverToken(token);
  if (id === null) return null;
  const [found] = await list(await reader(), eq(handOverRequests.id, id), now);
  return found ? { ...found, manageToken: await getManageToken(found.seriesId) } : null;
}

/** The open request about a plan, for whoever has its link. */
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

/** Limits requests to those the viewer decides on: a therapist, on those for their own dates. */
export function decidableHandOversCondition(viewer: Staff) {
  return viewer.role === 'therapist' ? eq(handOverRequests.fromTherapistId, viewer.therapistId) : undefined;
}

async function list(db: Db, where: ReturnType<typeof and>, now: number): Promise<HandOverRequestView[]> {
  const newTherapist = aliasedTable(therapists, 'heir');
  const found = await db
    .select({
      row: handOverRequests,
      client: clients,
      bookedBy: series.bookedBy,
      from: therapists.name,
      to: newTherapist.name,
    })
    .from(handOverRequests)
    .innerJoin(series, eq(series.id, handOverRequests.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, handOverRequests.fromTherapistId))
    .innerJoin(newTherapist, eq(newTherapist.id, handOverRequests.toTherapistId))
    .where(where)
    .orderBy(asc(handOverRequests.askedAt), asc(handOverRequests.id));
  return found.map(({ row, client, bookedBy, from, to }) => ({
    ...{ id: row.id, seriesId: row.seriesId, clientId: client.id, clientName: client.name, bookedBy },
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

function stateOf({ settledAt, answer, answerBy, stayed }: HandOverRequestRow, now: number): HandOverState {
  if (settledAt !== null && answer === null) return 'settled';
  if (answer === 'no') return settledAt === null ? 'declined' : 'settled';
  if (answer === 'yes') return stayed.length > 0 && settledAt === null ? 'partly' : 'accepted';
  return answerBy > now ? 'waiting' : 'unanswered';
}

/** What an e-mail about a request says when it is sent; null where that is no longer true. */
export async function getHandOverEmailFactsToSend(
  db: Db,
  { requestId, state, isHeir, toEmail }: Extract<Notification, { kind: 'hand_over' }> & { toEmail: string },
  now: number,
): Promise<NonNullable<Extract<Notification, { kind: 'hand_over' }>['details']> | null> {
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
  const who = state === 'ask' ? await findGreetedNames(db, found.seriesId, toEmail) : {};
  return { clientName: isHeir ? '' : found.clientName, from: from.name, to: to.name, until, reason, dates, ...who };
}
