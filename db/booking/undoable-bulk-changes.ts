import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { delayFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { LONGEST_UNDO_WAIT_MS } from '@/db/messages/outbox';
import type { Clock } from '@/db/results';
import { appointments, auditEvents, clients, series, skips, type timeOff } from '@/db/schema';
import { type DatesOutsideOffer, findOutsideOffer } from './no-longer-offered';

// A change of many dates that can be undone while its e-mails wait. The rows are stored as they were before and after
// it, and it is undone only while all of them still stand as it left them. They hold no words of a client.

/** Without what the client wrote, and without the sender. */
type SeriesRow = Omit<typeof series.$inferSelect, 'sealedNote' | 'sender'>;
type AppointmentRow = typeof appointments.$inferSelect;
type SkipRow = typeof skips.$inferSelect;
type TimeOffRow = typeof timeOff.$inferSelect;

/** Some series with their rows, at one moment. */
interface SeriesSnapshot {
  series: SeriesRow[];
  appointments: AppointmentRow[];
  skips: SkipRow[];
}

export interface Changed<Row> {
  before: Row;
  after: Row;
}

/** What the history stores of such a change. */
export interface BulkUndoFacts extends Record<string, unknown> {
  until: number;
  series: Changed<SeriesRow>[];
  appointments: Changed<AppointmentRow>[];
  skips: Changed<SkipRow>[];
  timeOff: TimeOffRow[];
  /** The dates that were outside the offer before the change, too. */
  outsideOffer: DatesOutsideOffer;
  /** The requests to clients that the change ended. */
  endedRequests: string[];
  undoneAt: number | null;
}

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
  const facts: BulkUndoFacts = {
    ...change.facts,
    until: getBulkUndoDeadline(now),
    series: changedRows(before.series, after.series),
    appointments: changed,
    skips: changedRows(before.skips, after.skips),
    timeOff: change.timeOff,
    endedRequests: change.endedRequests ?? [],
    outsideOffer: await findOutsideOffer(
      tx,
      changed.map((row) => row.before),
    ),
    undoneAt: null,
  };
  const id = randomUUID();
  await recordEvent(tx, { id, at: now, actor: getAuditActor(viewer), action, subject, facts });
  await delayFreedTimes(tx, now, facts.until);
  return id;
}

/**
 * A change that its maker, or staff who manage every calendar, can still undo: at once, or once those who have left the
 * team since are back.
 */
export interface UndoableBulkChange {
  id: string;
  action: string;
  at: number;
  until: number;
  facts: Record<string, unknown>;
  /** The client whose plan was handed over; null for an absence. */
  clientName: string | null;
  /** The therapists to whom dates would go back, but who have left the team since. */
  leftTherapistIds: string[];
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
    mayUndo(viewer, event.actor) && isBulkUndoFacts(facts) && isStillUndoable(facts, now) ? [{ ...event, facts }] : [],
  );
  const names = await readClientNames(db, open.filter(({ action }) => action === 'handed over').map(seriesIdOf));
  const changes: UndoableBulkChange[] = [];
  for (const { id, action, at, facts } of open) {
    const clientName = names.get(seriesIdOf({ facts })) ?? null;
    const leftTherapistIds = await listTherapistsWhoLeftSince(db, facts);
    changes.push({ id, action, at, until: facts.until, facts, clientName, leftTherapistIds });
  }
  return changes.sort((a, b) => b.at - a.at);
}

async function listTherapistsWhoLeftSince(
  db: Db,
  { appointments: changed, outsideOffer = {} }: BulkUndoFacts,
): Promise<string[]> {
  const former = changed.map(({ before }) => before);
  const outside = await findOutsideOffer(db, former);
  const hasLeft = (id: string) =>
    outside[id]?.includes('therapist left') && !outsideOffer[id]?.includes('therapist left');
  return [...new Set(former.filter(({ id }) => hasLeft(id)).map(({ therapistId }) => therapistId))];
}

function seriesIdOf({ facts }: { facts: BulkUndoFacts }): string {
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

/** Whether an event of the history is a change that could be undone when it was made. */
export function isBulkUndoFacts(facts: Record<string, unknown>): facts is BulkUndoFacts {
  const { until, appointments: changed } = facts;
  return typeof until === 'number' && Array.isArray(changed);
}

/** Whether it has not been undone, and its e-mails still wait. */
export function isStillUndoable({ until, undoneAt }: BulkUndoFacts, now: number): boolean {
  return undoneAt === null && until > now;
}

/** Whoever made a change may undo it, and so may those who manage every calendar. */
export function mayUndo(viewer: Staff, actor: string): boolean {
  return managesAllCalendars(viewer) || actor === getAuditActor(viewer);
}

function changedRows<Row extends object>(before: Row[], after: Row[]): Changed<Row>[] {
  return before.flatMap((row, at) => (isSame(row, after[at]!) ? [] : [{ before: row, after: after[at]! }]));
}

/** Compares rows by column, whatever the order of the columns. */
export function isSame(before: object, after: object): boolean {
  const text = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(before) === text(after);
}
