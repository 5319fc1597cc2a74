import { and, eq, exists, gt, min, or, sql } from 'drizzle-orm';
import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import type { Connection, Db } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { bookingRequests, claims, clients, idempotencyKeys, practices } from '@/db/schema';
import type { RefusedDate } from '@/scheduling/choose-resources';
import type { PlannedDate } from '@/scheduling/plan-booking';
import type { SeriesRequest } from './booking-request-schemas';

// When hundreds of clients want one time, all but one get the same refusal. Until the next write, a refusal of a moment
// ago is repeated from memory, without a transaction that others would wait for. SQLite reports every commit;
// PostgreSQL is asked one short question for all who ask at the same moment.

export interface RefusedDates {
  refused: RefusedDate[];
  dates: PlannedDate[];
}

interface Refusal {
  answer: TimesTakenRefusal;
  plan: string;
  version: number | string;
  at: number;
  /** When the next hold expires: it may have caused the refusal. */
  until: number;
}

const lastRefusals = new WeakMap<Connection, Refusal>();
/** Not longer, because the earliest start that the notice allows moves with the clock. */
const LASTS_MS = 1_000;

/**
 * The part of a request that decides whether its dates are free: everything but the client, and what they add for the
 * practice.
 */
export function getPlanOfRequest(request: SeriesRequest): string {
  const { client, bookedBy, note, consent, questionSlug, startScore, idempotencyKey, ...plan } = request;
  return JSON.stringify(plan);
}

/** Remembers the answer about dates that nobody could have booked at database version `version`. */
export async function cacheRefusalUntilNextWrite(
  request: SeriesRequest,
  answer: TimesTakenRefusal,
  { version, now }: { version: number | string | undefined; now: number },
): Promise<void> {
  if (version === undefined) return;
  const connection = await getConnection();
  const until = Math.min(now + LASTS_MS, await getNextHoldEnd(connection.reader, now));
  lastRefusals.set(connection, { answer, plan: getPlanOfRequest(request), version, at: now, until });
}

/**
 * The cached refusal of the same dates, if nothing has been written since. Also null where this request would get
 * another answer.
 */
export async function findCachedRefusal(request: SeriesRequest, now: number): Promise<TimesTakenRefusal | null> {
  const connection = await getConnection();
  const last = lastRefusals.get(connection);
  if (!last || now < last.at || now >= last.until || last.plan !== getPlanOfRequest(request)) return null;
  const [version, hasOwn] = await Promise.all([getVersion(connection), hasOwnAnswer(request, now)]);
  return version !== last.version || hasOwn ? null : last.answer;
}

/** PostgreSQL is asked only after the request has come, or a commit that was answered before could be missed. */
async function getVersion(connection: Connection): Promise<number | string | undefined> {
  return connection.version?.() ?? connection.snapshot?.();
}

const selectReasonsForOwnAnswer = preparedQuery((on) =>
  on
    .select({ one: sql<number>`1` })
    .from(practices)
    .where(
      or(
        exists(
          on
            .select({ one: sql`1` })
            .from(idempotencyKeys)
            .where(eq(idempotencyKeys.key, sql.placeholder('key'))),
        ),
        exists(
          on
            .select({ one: sql`1` })
            .from(bookingRequests)
            .where(
              and(
                eq(bookingRequests.key, sql.placeholder('key')),
                gt(bookingRequests.expiresAt, sql.placeholder('now')),
              ),
            ),
        ),
        exists(
          on
            .select({ one: sql`1` })
            .from(clients)
            .where(and(eq(clients.email, sql.placeholder('email')), eq(clients.booking, 'blocked'))),
        ),
      ),
    ),
);

/**
 * Whether this request would not be refused like any other for the same dates: its key is known, or its client may not
 * book online.
 */
export async function hasOwnAnswer({ idempotencyKey: key, client }: SeriesRequest, now: number): Promise<boolean> {
  const { reader } = await getConnection();
  return (await selectReasonsForOwnAnswer(reader, { key, now, email: client.email })).length > 0;
}

const selectNextHoldEnd = preparedQuery((on) =>
  on
    .select({ end: min(claims.expiresAt) })
    .from(claims)
    .where(gt(claims.expiresAt, sql.placeholder('now'))),
);

async function getNextHoldEnd(db: Db, now: number): Promise<number> {
  const [found] = await selectNextHoldEnd(db, { now });
  return Number(found?.end ?? Number.POSITIVE_INFINITY);
}
