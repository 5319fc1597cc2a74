import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import type { Connection } from '@/db/connection/connection';
import { DatabaseBusy } from '@/db/connection/database-busy';
import { getConnection } from '@/db/connection/database-client';
import type { SeriesRequest } from './booking-request-schemas';
import { findCachedRefusal, getPlanOfRequest, hasOwnAnswer } from './cached-refusal';

// On PostgreSQL, clients who want the same dates at the same moment would all choose the same therapist and room, and
// all but one would have worked in vain, each on a connection that others need. So those of one process go one after the
// other. A refusal then answers all who had come before its transaction began: it was true while each of them waited.
// On SQLite all bookings go one after the other anyway.

/** How a turn ended. A refusal is one that any other request for the same dates would have got as well. */
export type TurnEnd = { refusal: TimesTakenRefusal } | 'booked' | 'other';

interface Queue {
  present: number;
  /** The latest `now` of all who came: what is refused at it was not free for any of them. */
  latest: number;
  begun: number;
  ended: Promise<TurnEnd | { busy: DatabaseBusy }> | undefined;
}

const queues = new WeakMap<Connection, Map<string, Queue>>();

/**
 * Calls `book` when it is this request's turn, or returns the refusal of somebody else whose turn began later than this
 * request came. `book` gets the time that it is then, at least `now`, and says how its turn ended.
 */
export async function bookInTurn<T>(
  request: SeriesRequest,
  now: number,
  book: (now: number) => Promise<{ result: T; end: TurnEnd }>,
): Promise<T | TimesTakenRefusal> {
  const connection = await getConnection();
  if (connection.version) return (await findCachedRefusal(request, now)) ?? (await book(now)).result;
  const ofConnection = queues.get(connection) ?? new Map<string, Queue>();
  queues.set(connection, ofConnection);
  const plan = getPlanOfRequest(request);
  const queue = ofConnection.get(plan) ?? { present: 0, latest: now, begun: 0, ended: undefined };
  ofConnection.set(plan, queue);
  queue.present++;
  queue.latest = Math.max(queue.latest, now);
  try {
    return await waitAndBook(queue, request, now, book);
  } finally {
    queue.present--;
    if (queue.present === 0) ofConnection.delete(plan);
  }
}

async function waitAndBook<T>(
  queue: Queue,
  request: SeriesRequest,
  now: number,
  book: (now: number) => Promise<{ result: T; end: TurnEnd }>,
): Promise<T | TimesTakenRefusal> {
  const begunBefore = queue.begun;
  for (;;) {
    const cached = await findCachedRefusal(request, now);
    if (cached) return cached;
    if (!queue.ended) return takeTurn(queue, book);
    const { ended, begun } = queue;
    const end = await ended;
    if (end === 'other') break;
    if (end === 'booked') continue;
    // Each would wait for the lock as long again, one after the other.
    if ('busy' in end) throw end.busy;
    if (begun === begunBefore) continue;
    if (await hasOwnAnswer(request, now)) break;
    return end.refusal;
  }
  return (await book(now)).result;
}

async function takeTurn<T>(queue: Queue, book: (now: number) => Promise<{ result: T; end: TurnEnd }>): Promise<T> {
  let finish = (_end: TurnEnd | { busy: DatabaseBusy }) => {};
  queue.ended = new Promise((resolve) => {
    finish = resolve;
  });
  queue.begun++;
  let how: TurnEnd | { busy: DatabaseBusy } = 'other';
  try {
    const { result, end } = await book(queue.latest);
    how = end;
    return result;
  } catch (error) {
    if (error instanceof DatabaseBusy) how = { busy: error };
    throw error;
  } finally {
    queue.ended = undefined;
    finish(how);
  }
}
