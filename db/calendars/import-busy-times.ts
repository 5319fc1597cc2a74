import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, gte, inArray, lte, max, ne, or } from 'drizzle-orm';
import { decrypt } from '@/db/access/encryption';
import { endRebookingHoldsOfTherapists } from '@/db/booking/rebooking-holds';
import { claimCells, getCellRange, releaseCells, therapistResourceName, toAbsenceClaim } from '@/db/claims/claims';
import { resourceNumberSubquery } from '@/db/claims/resource-and-owner-numbers';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  CLAIM_KINDS,
  calendarImports,
  claims,
  externalBusyTimes,
  services,
  therapists,
} from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { type Interval, intervalsOverlap, subtractIntervals } from '@/scheduling/interval-arithmetic';

// Busy times of a therapist from their own calendar elsewhere. They are claimed like bookings, so neither can be put
// over the other. A booking that is already there stays.

/** The purpose that the address is encrypted for. */
export const CALENDAR_ADDRESS_ENCRYPTION_PURPOSE = 'calendar address';

export type CalendarImportProblem =
  | 'not_found'
  | 'refused'
  | 'private'
  | 'too_large'
  | 'too_slow'
  | 'unreachable'
  | 'unreadable'
  | 'too_much'
  | 'locked';

const READ_EVERY_MS = 10 * 60_000;
/** How often repeating events are expanded again although nothing changed: each day a new day comes into reach. */
const EXPAND_EVERY_MS = DAY_MS;
/** Tolerance, because the clocks of two servers are never quite the same. */
const CLOCKS_APART_MS = 60 * 60_000;
const MOST_CELLS_A_QUERY = 1_000_000;

export interface DueCalendarImport extends Interval {
  id: string;
  /** Null if it cannot be decrypted here. */
  address: string | null;
  /** Sent so that an unchanged calendar is not downloaded; null when the whole calendar is wanted. */
  etag: string | null;
  timeZone: string;
}

/** The import is due, or its next time is further ahead than it can ever be set: then the clock was set back. */
function isDue(now: number) {
  return or(lte(calendarImports.nextAt, now), gt(calendarImports.nextAt, now + READ_EVERY_MS + CLOCKS_APART_MS));
}

/** The imports to read now. Each is leased to one server, and may go to another one ten minutes later. */
export async function leaseDueCalendarImports({ now }: Clock): Promise<DueCalendarImport[]> {
  const due = await (await reader())
    .select({ id: calendarImports.id })
    .from(calendarImports)
    .innerJoin(therapists, and(eq(therapists.id, calendarImports.therapistId), eq(therapists.isActive, true)))
    .where(isDue(now));
  if (due.length === 0) return [];
  const outcome = await transact((tx) =>
    tx
      .update(calendarImports)
      .set({ nextAt: now + READ_EVERY_MS })
      .where(
        and(
          inArray(
            calendarImports.id,
            due.map(({ id }) => id),
          ),
          isDue(now),
        ),
      )
      .returning(),
  );
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const reach = await reachOf(db, now);
  return outcome.map(({ id, sealedAddress, etag, expandedAt }) => {
    const isFresh = expandedAt !== null && now - expandedAt < EXPAND_EVERY_MS;
    return {
      id,
      address: decrypt(sealedAddress, CALENDAR_ADDRESS_ENCRYPTION_PURPOSE),
      etag: isFresh ? etag : null,
      timeZone,
      ...reach,
    };
  });
}

/** From yesterday as far ahead as anything can be booked. Whole days, so that the range moves only once a day. */
async function reachOf(db: Db, now: number): Promise<Interval> {
  const practice = await getPractice(db);
  const [longest] = await db.select({ days: max(services.windowDays) }).from(services);
  const days = Math.max(practice.windowDays, longest?.days ?? 0) + 2;
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return { start: today - DAY_MS, end: today + days * DAY_MS };
}

/** Which of these UIDs are appointments of this practice. */
export async function findOurAppointmentUids(uids: string[]): Promise<string[]> {
  const db = await reader();
  const own: string[] = [];
  for (let at = 0; at < uids.length; at += 500) {
    const some = uids.slice(at, at + 500);
    const found = await db.select({ id: appointments.id }).from(appointments).where(inArray(appointments.id, some));
    own.push(...found.map(({ id }) => id));
  }
  return own;
}

export type CalendarImportOutcome =
  | { kind: 'read'; busy: Interval[]; etag: string | null }
  | { kind: 'same' }
  | { kind: 'failed'; problem: CalendarImportProblem };

/**
 * Stores the outcome of a read, and claims those busy times that are free. After a failure the previous busy times
 * stay: a calendar that cannot be reached must not free any time.
 */
export async function storeCalendarImportOutcome(
  id: string,
  outcome: CalendarImportOutcome,
  { now }: Clock,
): Promise<void> {
  // A concurrent booking may claim some of it first: then the free times are computed again.
  for (let tries = 0; tries < 3; tries++) if (await tryToStore(id, outcome, now)) return;
  throw new Error('The busy times of a calendar could not be claimed: others were sooner each time.');
}

function tryToStore(id: string, outcome: CalendarImportOutcome, now: number): Promise<boolean> {
  return transact<boolean>(async (tx, undo) => {
    // Locks the row: a concurrent removal waits until these times are written. If it was removed while it was read,
    // there is no row.
    const [found] = await tx
      .update(calendarImports)
      .set({
        ...(outcome.kind === 'failed' ? { problem: outcome.problem } : { problem: null, readAt: now }),
        ...(outcome.kind === 'read' && { etag: outcome.etag, expandedAt: now }),
      })
      .where(eq(calendarImports.id, id))
      .returning();
    if (!found) return true;
    const flat = outcome.kind === 'read' ? outcome.busy.flatMap(({ start, end }) => [start, end]) : found.busy;
    // Written only when it changed: the list may have thousands of entries, and seldom changes.
    if (flat !== found.busy && String(flat) !== String(found.busy))
      await tx.update(calendarImports).set({ busy: flat }).where(eq(calendarImports.id, id));
    return (await claimFree(tx, found, flatPairsToIntervals(flat), now)) || undo(false);
  });
}

/**
 * Claims what is new and releases what is gone; what has not changed is left alone. False: somebody else claimed some
 * of it first.
 */
async function claimFree(
  tx: Db,
  { id: importId, therapistId }: { id: string; therapistId: string },
  busy: Interval[],
  now: number,
): Promise<boolean> {
  const reach = await reachOf(tx, now);
  const within = busy
    .filter((each) => intervalsOverlap(each, reach))
    .map(({ start, end }) => ({ start: Math.max(start, reach.start), end: Math.min(end, reach.end) }));
  await endRebookingHoldsOfTherapists(tx, [therapistId], within, now);
  const busyByDay = byDay(subtractIntervals(within, await listTaken(tx, therapistId, reach, now)));
  const held = await tx.select().from(externalBusyTimes).where(eq(externalBusyTimes.importId, importId));
  const nameOf = (start: number, end: number) => `${start} ${end}`;
  const busyNames = new Set(busyByDay.map(({ start, end }) => nameOf(start, end)));
  const heldNames = new Set(held.map(({ startAt, endAt }) => nameOf(startAt, endAt)));
  const ended = held.filter(({ startAt, endAt }) => !busyNames.has(nameOf(startAt, endAt)));
  const added = busyByDay
    .filter(({ start, end }) => !heldNames.has(nameOf(start, end)))
    .map(({ start, end }) => ({ id: randomUUID(), importId, therapistId, startAt: start, endAt: end }));
  for (let at = 0; at < ended.length; at += 500)
    await tx.delete(externalBusyTimes).where(
      inArray(
        externalBusyTimes.id,
        ended.slice(at, at + 500).map(({ id }) => id),
      ),
    );
  await releaseExternalBusyTimes(tx, ended, now);
  for (let at = 0; at < added.length; at += 500) await tx.insert(externalBusyTimes).values(added.slice(at, at + 500));
  const requests = added.map((row) => toAbsenceClaim('external', row));
  return (await claimCells(tx, requests, now)).length === 0;
}

/** Cuts intervals at each midnight UTC, so that a booking within a long absence rewrites only that day. */
function byDay(intervals: Interval[]): Interval[] {
  return intervals.flatMap(({ start, end }) => {
    const pieces: Interval[] = [];
    for (let from = start; from < end; ) {
      const until = Math.min(end, (Math.floor(from / DAY_MS) + 1) * DAY_MS);
      pieces.push({ start: from, end: until });
      from = until;
    }
    return pieces;
  });
}

/** What others have claimed for a therapist: appointments, live holds, time off. */
async function listTaken(tx: Db, therapistId: string, reach: Interval, now: number): Promise<Interval[]> {
  const { first, last } = getCellRange(reach);
  const rows = await tx
    .select({ cell: claims.cell, expiresAt: claims.expiresAt })
    .from(claims)
    .where(
      and(
        eq(claims.resource, resourceNumberSubquery(therapistResourceName(therapistId))),
        gte(claims.cell, first),
        lte(claims.cell, last),
        ne(claims.kind, CLAIM_KINDS.external),
      ),
    )
    .orderBy(asc(claims.cell))
    .limit(MOST_CELLS_A_QUERY);
  const intervals: Interval[] = [];
  for (const { cell, expiresAt } of rows) {
    if (expiresAt !== null && expiresAt <= now) continue;
    const before = intervals.at(-1);
    if (before?.end === cell * CLAIM_GRAIN_MS) before.end += CLAIM_GRAIN_MS;
    else intervals.push({ start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS });
  }
  return intervals;
}

export function flatPairsToIntervals(flat: number[]): Interval[] {
  return Array.from({ length: flat.length / 2 }, (_, k) => ({ start: flat[2 * k]!, end: flat[2 * k + 1]! }));
}

export async function releaseExternalBusyTimes(
  tx: Db,
  pieces: (typeof externalBusyTimes.$inferSelect)[],
  now: number,
): Promise<void> {
  await releaseCells(
    tx,
    pieces.map((piece) => toAbsenceClaim('external', piece)),
    now,
  );
}
