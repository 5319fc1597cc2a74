import { and, asc, count, eq, gt, gte, like, lt, min, not, type SQL } from 'drizzle-orm';
import { exceedsNetworkLimit, hashIp } from '@/db/access/hash-ip';
import { holdNumber, isHeldAs, isOfTherapist, resourceNumber } from '@/db/claims/claim-numbers';
import { type ClaimRequest, cellsOf, claim, releaseHolds, roomResource, therapistResource } from '@/db/claims/claims';
import { holdName, holdPatternOf, holdsOfBrowser, holdsOfSender } from '@/db/claims/hold-names';
import { reader, transact } from '@/db/connection/client';
import type { Db, Undo } from '@/db/connection/connection';
import { issuesOf } from '@/db/input/fields';
import type { Practice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { claims, holds } from '@/db/schema';
import { type BookingRules, planBooking } from '@/scheduling/booking';
import { CELL_MS } from '@/scheduling/resources';
import { workingPeriods } from '@/scheduling/working-hours';
import { dayInterval, toWall } from '@/scheduling/zone';
import { type SeriesRequest, seriesRequest } from './booking-request';
import { gatherRules } from './booking-rules';
import { chooseFree } from './choose-resources';
import { lockForCapCount } from './unconfirmed-caps';

// A hold keeps the first dates of a plan while its reader types. It belongs to the plan's key, which only that
// reader's address carries, and is counted against the browser and the network address it was asked from:
// `hold:<key>:<browser>:<sender>`, all hashed. Whoever drops the cookie gets a new browser, and stays the same sender.

export type HoldRequest = Pick<SeriesRequest, 'cadence' | 'minutes' | 'appointments' | 'standing' | 'skipped'>;
export type HoldResult = { ok: true; expiresAt: number } | Invalid | Refusal<'taken'> | Refusal<'too_much_held'>;

export interface HoldOwner {
  key: string;
  browser: string;
  /** The network address, as app/client-ip.ts counts it. */
  sender: string;
}

const MOST_PER_BROWSER = 3;
/** A plan's later dates are seldom what somebody else wants in the next minutes. */
export const HELD_DATES = 3;
const MINUTE = 60_000;
const heldRequest = seriesRequest.omit({ client: true, idempotencyKey: true });

/**
 * Keeps the first dates of a plan for some minutes, or none. A reader's fourth plan lets go of their oldest, and one that
 * meets another plan of theirs takes its place.
 */
export async function holdTimes(request: HoldRequest, holder: HoldOwner, { now }: Clock): Promise<HoldResult> {
  const parsed = heldRequest.safeParse(request);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const attempt = (others: number) =>
    transact<HoldResult>(async (tx, undo) => {
      await lockForCapCount(tx);
      await releaseHold(tx, holder.key);
      const held = await listHoldsOf(tx, holder.browser, now);
      const leave = held.slice(0, Math.max(0, held.length - others));
      await releaseHolds(tx, leave);
      return hold(tx, undo, parsed.data, holder, now);
    });
  const result = await attempt(MOST_PER_BROWSER - 1);
  return !result.ok && result.reason !== 'invalid' ? attempt(0) : result;
}

async function hold(
  tx: Db,
  undo: Undo,
  request: HoldRequest,
  { key, browser, sender }: HoldOwner,
  now: number,
): Promise<HoldResult> {
  const { practice, rules } = await gatherRules(tx, request.appointments, now);
  const planned = planBooking(request, rules);
  if (!planned.ok) return undo(invalid(planned.issues));
  const { dates } = planned.plan;
  const chosen = await chooseFree(tx, dates, rules, { isForStaff: false });
  if (!chosen.ok) return undo({ ok: false, reason: 'taken' });
  const expiresAt = now + practice.holdMinutes * MINUTE;
  const common = {
    ownerUid: holdName(key, browser, hashIp(sender)),
    kind: 'hold' as const,
    expiresAt,
  };
  const wanted = dates.slice(0, HELD_DATES).flatMap(({ padded }, at): ClaimRequest[] => {
    const { therapistId, roomId } = chosen.choices[at]!;
    return [
      { ...common, ...padded, resourceId: therapistResource(therapistId) },
      { ...common, ...padded, resourceId: roomResource(roomId) },
    ];
  });
  const taken = await claim(tx, wanted, now);
  if (taken.length > 0) return undo({ ok: false, reason: 'taken' });
  const isTooMuch = process.env.RATE_LIMITS !== 'off' && (await holdsTooMuch(tx, wanted, sender, practice, rules));
  return isTooMuch ? undo({ ok: false, reason: 'too_much_held' }) : { ok: true, expiresAt };
}

/** Counted after the dates are claimed, so that what is counted is what there will be. */
async function holdsTooMuch(
  tx: Db,
  wanted: ClaimRequest[],
  sender: string,
  practice: Practice,
  rules: BookingRules,
): Promise<boolean> {
  const isHeld = isHeldOfTherapists(rules.now);
  const isOverSender = await exceedsNetworkLimit(hashIp(sender), practice.heldMinutesPerSender, (pattern) =>
    minutesOf(tx, and(isHeld, isHeldAs(holdsOfSender(pattern)))),
  );
  return isOverSender || holdsTooMuchOfADay(tx, wanted, practice, rules);
}

function isHeldOfTherapists(now: number): SQL {
  return and(gt(claims.expiresAt, now), isOfTherapist)!;
}

/** Whether a therapist's day, with what is claimed by `wanted` already, is held for more than the practice lets. */
export async function holdsTooMuchOfADay(
  tx: Db,
  wanted: ClaimRequest[],
  practice: Practice,
  rules: BookingRules,
): Promise<boolean> {
  const { now, timeZone } = rules;
  const isHeld = isHeldOfTherapists(now);
  for (const { resourceId, start, ownerUid } of wanted) {
    const hours = rules.hours.get(resourceId.slice(therapistResource('').length));
    if (!hours || !resourceId.startsWith(therapistResource(''))) continue;
    const day = dayInterval(timeZone, toWall(timeZone, start).on);
    const { first, last } = cellsOf(day);
    const onDay = and(
      isHeld,
      eq(claims.resource, resourceNumber(resourceId)),
      gte(claims.cell, first),
      lt(claims.cell, last + 1),
    );
    // The first hold of a day is let through, however short the day.
    if ((await minutesOf(tx, and(onDay, not(eq(claims.owner, holdNumber(ownerUid)))))) === 0) continue;
    const periods = workingPeriods({ timeZone, ...hours, from: day.start, to: day.end });
    const open = periods.reduce((sum, period) => sum + period.end - period.start, 0) / MINUTE;
    if ((await minutesOf(tx, onDay)) * 100 > open * practice.heldDayPercent) return true;
  }
  return false;
}

async function minutesOf(tx: Db, which: SQL | undefined): Promise<number> {
  const [found] = await tx.select({ cells: count() }).from(claims).where(which);
  return ((found?.cells ?? 0) * CELL_MS) / MINUTE;
}

/** Until when this plan's dates are held; null when they are not. */
export async function getHold(key: string, now: number): Promise<number | null> {
  const db = await reader();
  const [found] = await db
    .select({ expiresAt: min(holds.expiresAt) })
    .from(holds)
    .where(and(gt(holds.expiresAt, now), like(holds.name, holdPatternOf(key))));
  return found?.expiresAt ?? null;
}

/** Gives a plan's dates back: to be booked by the same transaction, or held anew. */
export async function releaseHold(tx: Db, key: string): Promise<void> {
  const held = await tx
    .select({ name: holds.name })
    .from(holds)
    .where(like(holds.name, holdPatternOf(key)));
  await releaseHolds(
    tx,
    held.map(({ name }) => name),
  );
}

/** The oldest first. */
async function listHoldsOf(tx: Db, browser: string, now: number): Promise<string[]> {
  const found = await tx
    .select({ name: holds.name })
    .from(holds)
    .where(and(gt(holds.expiresAt, now), like(holds.name, holdsOfBrowser(browser))))
    .orderBy(asc(holds.expiresAt));
  return found.map(({ name }) => name);
}
