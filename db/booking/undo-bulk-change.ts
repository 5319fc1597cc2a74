import { randomUUID } from 'node:crypto';
import { and, eq, gt, gte, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor } from '@/db/access/audit-trail';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { releaseCells, toAbsenceClaim } from '@/db/claims/claims';
import { delayFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import {
  DAYTIME_ONLY_KINDS,
  LONGEST_UNDO_WAIT_MS,
  unleasedMessageCondition,
  waitingMessageCondition,
} from '@/db/messages/outbox';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import { appointments, auditEvents, clients, handOverRequests, outbox, series, skips, timeOff } from '@/db/schema';
import { isNoLongerOffered, listOutsideOffer } from './no-longer-offered';
import { restoreBookingRows } from './restore-booking-rows';
import { incrementedVersions } from './row-versions';

// A change of many dates that can be undone while its e-mails wait. The rows are stored as they were before and after
// it, and it is undone only while all of them still stand as it left them. They hold no words of a client.

/** Without what the client wrote, and without the sender. */
type SeriesRow = Omit<typeof series.$inferSelect, 'sealedNote' | 'sender'>;
type AppointmentRow = typeof appointments.$inferSelect;
type SkipRow = typeof skips.$inferSelect;
type TimeOffRow = typeof timeOff.$inferSelect;

/** Some series with their rows, at one moment. */
export interface SeriesSnapshot {
  series: SeriesRow[];
  appointments: AppointmentRow[];
  skips: SkipRow[];
}

interface Changed<Row> {
  before: Row;
  after: Row;
}

interface Undoable extends Record<string, unknown> {
  until: number;
  series: Changed<SeriesRow>[];
  appointments: Changed<AppointmentRow>[];
  skips: Changed<SkipRow>[];
  timeOff: TimeOffRow[];
  /** The dates that were outside the offer before the change, too. */
  outsideOffer: string[];
  /** The requests to clients that the change ended. */
  endedRequests: string[];
  undoneAt: number | null;
}

/**
 * `changed`: something has been changed since. `notified`: somebody has been already. `taken`: a released time has
 * been taken since. `withdrawn`: the massage, the therapist or the room of a date is no longer offered.
 */
export type UndoBulkChangeResult = { ok: true } | Refusal<'not_found' | 'changed' | 'notified' | 'taken' | 'withdrawn'>;

/** Reads the rows that a change may alter, before and after it. */
export async function readUndoSnapshot(tx: Db, seriesIds: string[]): Promise<SeriesSnapshot> {
  const ids = [...new Set(seriesIds)];
  if (ids.length === 0) return { series: [], appointments: [], skips: [] };
  const found = await tx.select().from(series).where(inArray(series.id, ids)).orderBy(series.id);
  return {
    series: found.map(({ sealedNote: _, sender: __, ...row }) => row),
    appointments: await tx
      .select()
      .from(appointments)
      .where(inArray(appointments.seriesId, ids))
      .orderBy(appointments.id),
    skips: await tx.select().from(skips).where(inArray(skips.seriesId, ids)).orderBy(skips.seriesId, skips.position),
  };
}

/** When a change made now can no longer be undone, and its e-mails may be sent. */
export function getBulkUndoDeadline(now: number): number {
  return now + LONGEST_UNDO_WAIT_MS;
}

/**
 * Records what a change made of `before` and which time off it added, in the same transaction; returns the id to undo
 * it by.
 */
export async function recordUndoableBulkChange(
  tx: Db,
  viewer: Staff,
  change: {
    before: SeriesSnapshot;
    timeOff: TimeOffRow[];
    endedRequests?: string[];
    action: AuditAction;
    subject: string;
    facts: Record<string, unknown>;
  },
  now: number,
): Promise<string> {
  const { before, action, subject } = change;
  const after = await readUndoSnapshot(
    tx,
    before.series.map(({ id }) => id),
  );
  const changed = changedRows(before.appointments, after.appointments);
  const facts: Undoable = {
    ...change.facts,
    until: getBulkUndoDeadline(now),
    series: changedRows(before.series, after.series),
    appointments: changed,
    skips: changedRows(before.skips, after.skips),
    timeOff: change.timeOff,
    endedRequests: change.endedRequests ?? [],
    outsideOffer: await listOutsideOffer(
      tx,
      changed.map((row) => row.before),
    ),
    undoneAt: null,
  };
  const id = randomUUID();
  await tx.insert(auditEvents).values({ id, at: now, actor: getAuditActor(viewer), action, subject, facts });
  await delayFreedTimes(tx, now, facts.until);
  return id;
}

/** A change that its maker, or staff who manage every calendar, can still undo. */
export interface UndoableBulkChange {
  id: string;
  action: string;
  at: number;
  until: number;
  facts: Record<string, unknown>;
  /** The client whose plan was handed over; null for an absence. */
  clientName: string | null;
}

/** The changes of these subjects that can be undone, the newest first. */
export async function listUndoableBulkChanges(
  viewer: Staff,
  subjects: string[],
  { now }: Clock,
): Promise<UndoableBulkChange[]> {
  if (subjects.length === 0) return [];
  const db = await reader();
  const found = await db
    .select()
    .from(auditEvents)
    .where(and(inArray(auditEvents.subject, subjects), gt(auditEvents.at, now - LONGEST_UNDO_WAIT_MS)));
  const open = found.flatMap(({ facts, ...event }) =>
    isTheirs(viewer, event.actor) && isUndoable(facts) && isOpen(facts, now) ? [{ ...event, facts }] : [],
  );
  const names = await readClientNames(db, open.filter(({ action }) => action === 'handed over').map(seriesIdOf));
  return open
    .map(({ id, action, at, facts }) => {
      const clientName = names.get(seriesIdOf({ facts })) ?? null;
      return { id, action, at, until: facts.until, facts, clientName };
    })
    .sort((a, b) => b.at - a.at);
}

function seriesIdOf({ facts }: { facts: Undoable }): string {
  return facts.series[0]?.after.id ?? '';
}

async function readClientNames(db: Db, seriesIds: string[]): Promise<Map<string, string>> {
  if (seriesIds.length === 0) return new Map();
  const found = await db
    .select({ id: series.id, name: clients.name })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(inArray(series.id, seriesIds));
  return new Map(found.map(({ id, name }) => [id, name]));
}

/**
 * Restores all rows, claims their time again and removes the e-mails, or does nothing. Only `version` and `sequence` go
 * on rising: whoever looked in between must not pass for somebody who has seen the restored rows.
 */
export async function undoBulkChange(viewer: Staff, id: string, { now }: Clock): Promise<UndoBulkChangeResult> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<UndoBulkChangeResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const [event] = await tx.select().from(auditEvents).where(eq(auditEvents.id, id));
    if (!event || !isUndoable(event.facts) || !isTheirs(viewer, event.actor)) return { ok: false, reason: 'not_found' };
    const change = event.facts;
    if (!isOpen(change, now)) return { ok: false, reason: change.undoneAt === null ? 'notified' : 'not_found' };

    // Locks the series: whoever changes one of them, or prepares its e-mail, waits here or is waited for.
    for (const { after } of change.series) {
      const same = await tx
        .update(series)
        .set({ version: sql`${series.version} + 1` })
        .where(and(eq(series.id, after.id), eq(series.version, after.version)))
        .returning({ id: series.id });
      if (same.length === 0) return undo({ ok: false, reason: 'changed' });
    }
    const standing = await readUndoSnapshot(
      tx,
      change.series.map(({ after }) => after.id),
    );
    const off = await tx
      .select()
      .from(timeOff)
      .where(
        inArray(
          timeOff.id,
          change.timeOff.map((row) => row.id),
        ),
      );
    const isAsLeft =
      isStanding(change.appointments, standing.appointments) &&
      isStanding(change.skips, standing.skips) &&
      change.timeOff.every((row) => off.some((found) => isSame(found, row)));
    if (!isAsLeft) return undo({ ok: false, reason: 'changed' });
    if (!(await askAgain(tx, change, event.at))) return undo({ ok: false, reason: 'changed' });
    for (const { before } of change.series) {
      // A reminder does not tell of the change: its content is read again when it is sent.
      const notified = and(
        eq(outbox.seriesId, before.id),
        gt(outbox.seriesVersion, before.version),
        notInArray(outbox.kind, DAYTIME_ONLY_KINDS),
      );
      const all = await tx.select({ id: outbox.id }).from(outbox).where(notified);
      const removed = await tx
        .delete(outbox)
        .where(and(notified, waitingMessageCondition, eq(outbox.attempts, 0), unleasedMessageCondition(now)))
        .returning({ id: outbox.id });
      if (removed.length < all.length) return undo({ ok: false, reason: 'notified' });
    }

    await releaseCells(
      tx,
      change.timeOff.map((row) => toAbsenceClaim('time_off', row)),
      now,
    );
    for (const row of change.timeOff) await tx.delete(timeOff).where(eq(timeOff.id, row.id));
    const former = {
      series: change.series.map(({ before: { version: _, ...row } }) => row),
      appointments: change.appointments.map(({ before: { version: _, sequence: __, ...row } }) => row),
      skips: change.skips.map(({ before }) => before),
    };
    if (await isNoLongerOffered(tx, former.appointments, change.outsideOffer ?? []))
      return undo({ ok: false, reason: 'withdrawn' });
    if (!(await restoreBookingRows(tx, former, now))) return undo({ ok: false, reason: 'taken' });
    const changed = inArray(
      appointments.id,
      former.appointments.map((row) => row.id),
    );
    if (former.appointments.length > 0) await tx.update(appointments).set(incrementedVersions).where(changed);
    await tx
      .update(auditEvents)
      .set({ facts: { ...change, undoneAt: now } })
      .where(eq(auditEvents.id, id));
    const undone = { id: randomUUID(), at: now, actor: getAuditActor(viewer), action: 'undid a change' as const };
    await tx.insert(auditEvents).values({ ...undone, subject: event.subject, facts: { undone: id } });
    return { ok: true };
  });
}

/** Reopens the requests to clients that the change ended; false where a client has been asked something else since. */
async function askAgain(tx: Db, { series: changed, endedRequests = [] }: Partial<Undoable>, at: number) {
  const askedSince = await tx
    .select({ id: handOverRequests.id })
    .from(handOverRequests)
    .where(
      and(
        inArray(
          handOverRequests.seriesId,
          (changed ?? []).map(({ before }) => before.id),
        ),
        isNull(handOverRequests.settledAt),
        gte(handOverRequests.askedAt, at),
      ),
    );
  if (askedSince.length > 0) return false;
  const again = await tx
    .update(handOverRequests)
    .set({ settledAt: null })
    .where(and(inArray(handOverRequests.id, endedRequests), eq(handOverRequests.settledAt, at)))
    .returning({ id: handOverRequests.id });
  return again.length === endedRequests.length;
}

function isUndoable(facts: Record<string, unknown>): facts is Undoable {
  const { until, appointments: changed } = facts;
  return typeof until === 'number' && Array.isArray(changed);
}

function isOpen({ until, undoneAt }: Partial<Undoable>, now: number): boolean {
  return undoneAt === null && until! > now;
}

function isTheirs(viewer: Staff, actor: string): boolean {
  return managesAllCalendars(viewer) || actor === getAuditActor(viewer);
}

function isStanding<Row extends object>(changed: Changed<Row>[], rows: Row[]): boolean {
  return changed.every(({ after }) => rows.some((row) => isSame(row, after)));
}

function changedRows<Row extends object>(before: Row[], after: Row[]): Changed<Row>[] {
  return before.flatMap((row, at) => (isSame(row, after[at]!) ? [] : [{ before: row, after: after[at]! }]));
}

/** Compares rows by column, whatever the order of the columns. */
function isSame(before: object, after: object): boolean {
  const text = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(before) === text(after);
}
