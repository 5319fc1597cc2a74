import { gt, min, sql } from 'drizzle-orm';
import type { Connection, Db } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { claims } from '@/db/schema';
import type { RefusedDate } from '@/scheduling/choose-resources';
import type { PlannedDate } from '@/scheduling/plan-booking';
import type { SeriesRequest } from './booking-request-schemas';
import { findBookingPermissionByEmail } from './client-booking-permission';
import { findSeriesByIdempotencyKey } from './idempotency';
import { findPendingRequestByIdempotencyKey } from './pending-requests';

// When hundreds of clients want one time, all but one get the same refusal. Until the next write, a refusal of a moment
// ago is repeated from memory, without a transaction that others would wait for. SQLite reports every commit;
// PostgreSQL does not, so there each request is checked in full.

export interface RefusedDates {
  refused: RefusedDate[];
  dates: PlannedDate[];
}

interface Refusal extends RefusedDates {
  plan: string;
  version: number;
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
function planOf(request: SeriesRequest): string {
  const { client, bookedBy, note, consent, questionSlug, startScore, idempotencyKey, ...plan } = request;
  return JSON.stringify(plan);
}

/** The version of the last commit. Read it before a request is checked, for `cacheRefusalUntilNextWrite`. */
export async function getRefusalVersion(): Promise<number | undefined> {
  return (await getConnection()).version?.();
}

/** Remembers dates that nobody could have booked at database version `version`. */
export async function cacheRefusalUntilNextWrite(
  request: SeriesRequest,
  { refused, dates }: RefusedDates,
  { version, now }: { version: number | undefined; now: number },
): Promise<void> {
  if (version === undefined) return;
  const connection = await getConnection();
  const until = Math.min(now + LASTS_MS, await getNextHoldEnd(connection.reader, now));
  lastRefusals.set(connection, { refused, dates, plan: planOf(request), version, at: now, until });
}

/**
 * The cached refusal of the same dates, if nothing has been written since. Also null where this request would get
 * another answer: its key is known, or its client may not book online.
 */
export async function findCachedRefusal(request: SeriesRequest, now: number): Promise<RefusedDates | null> {
  const connection = await getConnection();
  const last = lastRefusals.get(connection);
  if (!last || last.version !== connection.version?.() || now < last.at || now >= last.until) return null;
  if (last.plan !== planOf(request)) return null;
  const { reader } = connection;
  const { idempotencyKey, client } = request;
  if (await findSeriesByIdempotencyKey(idempotencyKey)) return null;
  if (await findPendingRequestByIdempotencyKey(reader, idempotencyKey, now)) return null;
  return (await findBookingPermissionByEmail(reader, client.email)) === 'blocked' ? null : last;
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
