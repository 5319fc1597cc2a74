import { createHash } from 'node:crypto';
import { and, asc, gt, isNotNull, like, min } from 'drizzle-orm';
import { planBooking } from '@/scheduling/booking';
import { chooseResources } from '@/scheduling/resources';
import type { Clock, Refusal } from './appointments';
import { gatherRules, gatherTaken, ofRoom, ofTherapist } from './booking-facts';
import { issuesOf, type SeriesRequest, seriesRequest } from './booking-request';
import { type ClaimRequest, claim, release } from './claims';
import { type Db, reader, transact, type Undo } from './client';
import { type Invalid, invalid } from './invalid';
import { claims } from './schema';

// A hold keeps the dates of a plan while its reader types. It belongs to the plan's key, which only that reader's
// address carries, and is counted against the browser it was asked from: `hold:<key>:<browser>`, both hashed.

export type HoldRequest = Pick<SeriesRequest, 'cadence' | 'minutes' | 'appointments' | 'standing' | 'skipped'>;
export type HoldResult = { ok: true; expiresAt: number } | Invalid | Refusal<'taken'>;

export interface Holder {
  key: string;
  browser: string;
}

const MOST_PER_BROWSER = 3;
const MINUTE = 60_000;
const heldRequest = seriesRequest.omit({ client: true, idempotencyKey: true });

/**
 * Keeps every date of a plan for some minutes, or none. A reader's fourth plan lets go of their oldest, and one that
 * meets another plan of theirs takes its place.
 */
export async function holdTimes(request: HoldRequest, holder: Holder, { now }: Clock): Promise<HoldResult> {
  const parsed = heldRequest.safeParse(request);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const attempt = (others: number) =>
    transact<HoldResult>(async (tx, undo) => {
      await releaseHold(tx, holder.key);
      const held = await listHoldsOf(tx, holder.browser, now);
      const leave = held.slice(0, Math.max(0, held.length - others));
      if (leave.length > 0) await release(tx, leave);
      return hold(tx, undo, parsed.data, holder, now);
    });
  const result = await attempt(MOST_PER_BROWSER - 1);
  return !result.ok && result.reason === 'taken' ? attempt(0) : result;
}

async function hold(
  tx: Db,
  undo: Undo,
  request: HoldRequest,
  { key, browser }: Holder,
  now: number,
): Promise<HoldResult> {
  const { practice, rules } = await gatherRules(tx, request.appointments, now);
  const planned = planBooking(request, rules);
  if (!planned.ok) return undo(invalid(planned.issues));
  const { dates } = planned.plan;
  const chosen = chooseResources(dates, await gatherTaken(tx, dates, now));
  if (!chosen.ok) return undo({ ok: false, reason: 'taken' });
  const expiresAt = now + practice.holdMinutes * MINUTE;
  const common = { ownerUid: `${ownerOf(key)}${hash(browser)}`, kind: 'hold' as const, expiresAt };
  const wanted = dates.flatMap(({ padded }, at): ClaimRequest[] => {
    const { therapistId, roomId } = chosen.choices[at]!;
    return [
      { ...common, ...padded, resourceId: ofTherapist(therapistId) },
      { ...common, ...padded, resourceId: ofRoom(roomId) },
    ];
  });
  const taken = await claim(tx, wanted, now);
  return taken.length > 0 ? undo({ ok: false, reason: 'taken' }) : { ok: true, expiresAt };
}

/** Until when this plan's dates are held; null when they are not. */
export async function getHold(key: string, now: number): Promise<number | null> {
  const db = await reader();
  const [found] = await db
    .select({ expiresAt: min(claims.expiresAt) })
    .from(claims)
    .where(and(gt(claims.expiresAt, now), like(claims.ownerUid, holdsOf(key))));
  return found?.expiresAt ?? null;
}

/** Gives a plan's dates back: to be booked by the same transaction, or held anew. */
export async function releaseHold(tx: Db, key: string): Promise<void> {
  await tx.delete(claims).where(and(isNotNull(claims.expiresAt), like(claims.ownerUid, holdsOf(key))));
}

/** What a plan's holds are called, for LIKE. */
export function holdsOf(key: string): string {
  return `${ownerOf(key)}%`;
}

/** The oldest first. */
async function listHoldsOf(tx: Db, browser: string, now: number): Promise<string[]> {
  const found = await tx
    .select({ ownerUid: claims.ownerUid })
    .from(claims)
    .where(and(gt(claims.expiresAt, now), like(claims.ownerUid, `hold:%:${hash(browser)}`)))
    .groupBy(claims.ownerUid)
    .orderBy(asc(min(claims.expiresAt)));
  return found.map(({ ownerUid }) => ownerUid);
}

function ownerOf(key: string): string {
  return `hold:${hash(key)}:`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
