import { and, asc, count, eq, gt, gte, like, lt, not, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { exceedsNetworkLimit, hashIp } from '@/db/access/hash-ip';
import {
  type ClaimRequest,
  claimCells,
  getCellRange,
  releaseHolds,
  roomResourceName,
  therapistResourceName,
} from '@/db/claims/claims';
import { formatHoldName, holdPatternOfBrowser, holdPatternOfKey, holdPatternOfSender } from '@/db/claims/hold-names';
import {
  computeHoldOwnerNumber,
  holdNameCondition,
  resourceNumberSubquery,
  therapistClaimCondition,
} from '@/db/claims/resource-and-owner-numbers';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Practice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { claims, holds } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import type { BookingRules } from '@/scheduling/plan-booking';
import { listWorkingPeriodsWithin } from '@/scheduling/working-hours';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { holdRequestSchema } from './booking-request-schemas';
import { gatherBookingRules } from './booking-rules';
import { chooseTherapistsAndRooms } from './choose-resources';
import { listRequestedDatesOfBoth, planBookingForOneOrTwo } from './plan-side-by-side';
import { lockForCapCount } from './unconfirmed-caps';

// A hold keeps the first dates of a plan while its reader types. It belongs to the plan's key, which is only in that
// reader's address bar, and counts against the browser and the network address of the request:
// `hold:<key>:<browser>:<sender>`, all hashed. A reader who drops the cookie gets a new browser id, but stays the same
// sender.

export type HoldRequest = Pick<
  z.infer<typeof holdRequestSchema>,
  'cadence' | 'minutes' | 'appointments' | 'beside' | 'standing' | 'skipped'
>;
export type HoldResult = ({ ok: true } & LiveHold) | Invalid | Refusal<'taken'> | Refusal<'too_much_held'>;

/** A plan's held dates: the first `dates` of them, until `expiresAt`. */
export interface LiveHold {
  expiresAt: number;
  dates: number;
}

export interface HoldOwner {
  key: string;
  browser: string;
  /** The network address, as app/client-ip.ts counts it. */
  sender: string;
}

const MOST_PER_BROWSER = 3;
/** Later dates of a plan are rarely wanted by somebody else in the next few minutes. */
export const MAX_HELD_DATES = 3;
/** Where two come at once, each date is held twice. */
export const MAX_HELD_DATES_FOR_TWO = 2;
const MINUTE = 60_000;

/**
 * Holds the first dates of a plan for some minutes, or none. A reader's fourth plan releases their oldest. Where a date is
 * taken, or too much is held, the plan is tried again in place of all the reader's others, one of which may be in its
 * way. If that is still too much, as for the second reader of one network, only the first date is held.
 */
export async function holdTimes(request: HoldRequest, holder: HoldOwner, { now }: Clock): Promise<HoldResult> {
  const parsed = holdRequestSchema.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const most = parsed.data.beside ? MAX_HELD_DATES_FOR_TWO : MAX_HELD_DATES;
  const attempt = (others: number, dates: number) =>
    transact<HoldResult>(async (tx, undo) => {
      await lockOfferForBooking(tx);
      await lockForCapCount(tx);
      await releaseHold(tx, holder.key);
      const held = await listHoldsOf(tx, holder.browser, now);
      const leave = held.slice(0, Math.max(0, held.length - others));
      await releaseHolds(tx, leave);
      return hold(tx, undo, parsed.data, holder, { most: dates, now });
    });
  const result = await attempt(MOST_PER_BROWSER - 1, most);
  if (result.ok || result.reason === 'invalid') return result;
  const alone = await attempt(0, most);
  return !alone.ok && alone.reason === 'too_much_held' ? attempt(0, 1) : alone;
}

async function hold(
  tx: Db,
  undo: RollBack,
  request: HoldRequest,
  { key, browser, sender }: HoldOwner,
  { most, now }: { most: number; now: number },
): Promise<HoldResult> {
  const { practice, rules } = await gatherBookingRules(tx, listRequestedDatesOfBoth(request), now);
  const planned = planBookingForOneOrTwo(request, rules);
  if (!planned.ok) return undo(invalid(planned.issues));
  const own = planned.plan.dates;
  const dates = [...own, ...(planned.beside?.dates ?? [])];
  const chosen = await chooseTherapistsAndRooms(tx, dates, rules, { isForStaff: false });
  if (!chosen.ok) return undo({ ok: false, reason: 'taken' });
  const expiresAt = now + practice.holdMinutes * MINUTE;
  const common = {
    ownerUid: formatHoldName(key, browser, hashIp(sender)),
    kind: 'hold' as const,
    expiresAt,
  };
  const requests = dates.flatMap(({ padded }, at): ClaimRequest[] => {
    if (at % own.length >= most) return [];
    const { therapistId, roomId } = chosen.choices[at]!;
    return [
      { ...common, ...padded, resourceId: therapistResourceName(therapistId) },
      { ...common, ...padded, resourceId: roomResourceName(roomId) },
    ];
  });
  const conflicts = await claimCells(tx, requests, now);
  if (conflicts.length > 0) return undo({ ok: false, reason: 'taken' });
  const isTooMuch = process.env.RATE_LIMITS !== 'off' && (await holdsTooMuch(tx, requests, sender, practice, rules));
  if (isTooMuch) return undo({ ok: false, reason: 'too_much_held' });
  return { ok: true, expiresAt, dates: Math.min(most, own.length) };
}

/** Counts after the dates are claimed, so that the new hold is included. */
async function holdsTooMuch(
  tx: Db,
  requests: ClaimRequest[],
  sender: string,
  practice: Practice,
  rules: BookingRules,
): Promise<boolean> {
  const isHeld = isHeldOfTherapists(rules.now);
  const isOverSender = await exceedsNetworkLimit(hashIp(sender), practice.heldMinutesPerSender, (pattern) =>
    minutesOf(tx, and(isHeld, holdNameCondition(holdPatternOfSender(pattern)))),
  );
  return isOverSender || exceedsTherapistDayHoldLimit(tx, requests, practice, rules);
}

function isHeldOfTherapists(now: number): SQL {
  return and(gt(claims.expiresAt, now), therapistClaimCondition)!;
}

/** Whether a therapist's day, with what `requests` have already claimed, is held beyond the practice’s limit. */
export async function exceedsTherapistDayHoldLimit(
  tx: Db,
  requests: ClaimRequest[],
  practice: Practice,
  rules: BookingRules,
): Promise<boolean> {
  const { now, timeZone } = rules;
  const isHeld = isHeldOfTherapists(now);
  for (const { resourceId, start, ownerUid } of requests) {
    const hours = rules.hours.get(resourceId.slice(therapistResourceName('').length));
    if (!hours || !resourceId.startsWith(therapistResourceName(''))) continue;
    const day = getDayInterval(timeZone, toWallTime(timeZone, start).on);
    const { first, last } = getCellRange(day);
    const onDay = and(
      isHeld,
      eq(claims.resource, resourceNumberSubquery(resourceId)),
      gte(claims.cell, first),
      lt(claims.cell, last + 1),
    );
    // The first hold of a day is always allowed, however short the day.
    if ((await minutesOf(tx, and(onDay, not(eq(claims.owner, computeHoldOwnerNumber(ownerUid)))))) === 0) continue;
    const periods = listWorkingPeriodsWithin({ timeZone, ...hours, from: day.start, to: day.end });
    const open = periods.reduce((sum, period) => sum + period.end - period.start, 0) / MINUTE;
    if ((await minutesOf(tx, onDay)) * 100 > open * practice.heldDayPercent) return true;
  }
  return false;
}

async function minutesOf(tx: Db, condition: SQL | undefined): Promise<number> {
  const [found] = await tx.select({ cells: count() }).from(claims).where(condition);
  return ((found?.cells ?? 0) * CLAIM_GRAIN_MS) / MINUTE;
}

/** What is held of this plan's dates, each for `people` at once; null when nothing is. */
export async function findHold(key: string, { people, now }: { people: 1 | 2; now: number }): Promise<LiveHold | null> {
  const db = await reader();
  const cells = await db
    .select({ resource: claims.resource, cell: claims.cell, expiresAt: holds.expiresAt })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .where(and(gt(holds.expiresAt, now), like(holds.name, holdPatternOfKey(key)), therapistClaimCondition))
    .orderBy(asc(claims.resource), asc(claims.cell));
  const [first] = cells;
  if (!first) return null;
  // Each date is an unbroken row of cells of one therapist.
  const starts = cells.filter(({ resource, cell }, at) => {
    const before = cells[at - 1];
    return before?.resource !== resource || before.cell + 1 !== cell;
  });
  return { expiresAt: first.expiresAt, dates: starts.length / people };
}

/** Releases a plan's held dates: to be booked by the same transaction, or held anew. */
export async function releaseHold(tx: Db, key: string): Promise<void> {
  const held = await tx
    .select({ name: holds.name })
    .from(holds)
    .where(like(holds.name, holdPatternOfKey(key)));
  await releaseHolds(
    tx,
    held.map(({ name }) => name),
  );
}

/** Oldest first. */
async function listHoldsOf(tx: Db, browser: string, now: number): Promise<string[]> {
  const found = await tx
    .select({ name: holds.name })
    .from(holds)
    .where(and(gt(holds.expiresAt, now), like(holds.name, holdPatternOfBrowser(browser))))
    .orderBy(asc(holds.expiresAt));
  return found.map(({ name }) => name);
}
