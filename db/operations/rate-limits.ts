import { getTableName } from 'drizzle-orm';
import type { Pool } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  type RateLimiterRes,
} from 'rate-limiter-flexible';
import { NETWORK_SIZES, type NetworkSize, networkKeyOf } from '@/client-networks';
import type { Connection } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import { rateLimits } from '@/db/schema';
import { logThrottled } from '@/log';
import { type NetworkLimiter, processState } from '@/process-state';

interface Limit {
  /** Each rule: so many times in so many seconds, per address; an IPv6 customer's larger networks get a multiple. */
  rules: { times: number; seconds: number }[];
  /**
   * Counted across all servers of one PostgreSQL database. For cheap reads this is off: a write for each read would
   * cost more than it saves.
   */
  isShared: boolean;
}

const LIMITS = {
  reads: { rules: [{ times: 600, seconds: 60 }], isShared: false },
  bookings: {
    rules: [
      { times: 20, seconds: 60 },
      { times: 100, seconds: 3600 },
    ],
    isShared: true,
  },
  /** Each hold keeps others from its times for some minutes. */
  holds: {
    rules: [
      { times: 20, seconds: 60 },
      { times: 60, seconds: 3600 },
    ],
    isShared: true,
  },
  changes: { rules: [{ times: 60, seconds: 60 }], isShared: true },
  /** Manage links that do not exist: somebody is guessing. */
  misses: { rules: [{ times: 30, seconds: 60 }], isShared: true },
  /** Attempts at the code that opens the set-up of a practice. */
  setupCodes: { rules: [{ times: 10, seconds: 600 }], isShared: true },
  /** Questions and reports: a person reads each one. */
  questions: {
    rules: [
      { times: 5, seconds: 600 },
      { times: 20, seconds: 86_400 },
    ],
    isShared: true,
  },
  /** E-mails that a stranger can have sent to any address: sign-in and manage links. */
  link_emails: { rules: [{ times: 10, seconds: 600 }], isShared: true },
} satisfies Record<string, Limit>;

export type RateLimitName = keyof typeof LIMITS;
export type RateLimitResult = { ok: true } | { ok: false; reason: 'rate_limited'; retryAfterSeconds: number };

/**
 * Counts one use by this address, or `cost` uses, and tells whether the request is allowed. `RATE_LIMITS=off` allows
 * everything.
 */
export function consumeRateLimit(name: RateLimitName, address: string, cost = 1): Promise<RateLimitResult> {
  return consume(name, address, async (limiter, key) => {
    await limiter.consume(key, cost);
  });
}

/** Tells whether a request from this address would be allowed, without counting it. */
export function checkRateLimitWithoutCounting(name: RateLimitName, address: string): Promise<RateLimitResult> {
  return consume(name, address, async (limiter, key) => {
    const spent = await limiter.get(key);
    if (spent && spent.consumedPoints > limiter.points) throw spent;
  });
}

async function consume(
  name: RateLimitName,
  address: string,
  question: (limiter: RateLimiterAbstract, key: string) => Promise<void>,
): Promise<RateLimitResult> {
  if (process.env.RATE_LIMITS === 'off') return { ok: true };
  try {
    for (const { limiter, network } of limitersOf(name, await getConnection())) {
      const key = networkKeyOf(address, network);
      if (key) await question(limiter, key);
    }
    return { ok: true };
  } catch (refusal) {
    // Not tested by its class: another bundle may have created the limiter, from its own copy of the library.
    if (refusal instanceof Error) throw refusal;
    logThrottled('warn', 'rate_limited', { limit: name });
    const { msBeforeNext } = refusal as RateLimiterRes;
    return { ok: false, reason: 'rate_limited', retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
  }
}

function limitersOf(name: RateLimitName, connection: Connection): NetworkLimiter[] {
  const limiters = processState.limiters.get(connection) ?? new Map<string, NetworkLimiter[]>();
  processState.limiters.set(connection, limiters);
  const limiter =
    limiters.get(name) ??
    LIMITS[name].rules.flatMap((rule) =>
      NETWORK_SIZES.map((network) => ({ network, limiter: limiterOf(name, rule, network, connection) })),
    );
  limiters.set(name, limiter);
  return limiter;
}

function limiterOf(
  name: RateLimitName,
  rule: { times: number; seconds: number },
  { bits, factor }: NetworkSize,
  connection: Connection,
) {
  const keyPrefix = bits === 64 ? `${name}/${rule.seconds}` : `${name}/${rule.seconds}/${bits}`;
  const options = { keyPrefix, points: rule.times * factor, duration: rule.seconds };
  const memory = new RateLimiterMemory(options);
  if (connection.engine === 'sqlite' || !LIMITS[name].isShared) return memory;
  const { $client } = connection.reader as unknown as { $client: Pool };
  return new RateLimiterPostgres({
    ...options,
    storeClient: $client,
    storeType: 'pool',
    tableName: getTableName(rateLimits),
    tableCreated: true, // created by a migration: limiters that create it at the same moment fail, and then never share
    insuranceLimiter: memory, // while the database is unreachable, each server counts for itself
  });
}
