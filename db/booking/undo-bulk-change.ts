import { and, eq, gt, gte, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { releaseCells, toAbsenceClaim } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { DAYTIME_ONLY_KINDS, unleasedMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { reinstateBills } from '@/db/money/cancelled-bills';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import { appointments, auditEvents, handOverRequests, outbox, series, timeOff } from '@/db/schema';
import { isNoLongerOffered } from './no-longer-offered';
import { restoreBookingRows } from './restore-booking-rows';
import { incrementedVersions } from './row-versions';
import {
  type BulkUndoFacts,
  type Changed,
  isBulkUndoFacts,
  isSame,
  isStillUndoable,
  mayUndo,
  readUndoSnapshot,
} from './undoable-bulk-changes';

/**
 * `changed`: something has been changed since. `notified`: somebody has been already. `taken`: a released time has
 * been taken since. `withdrawn`: the massage, the therapist or the room of a date is no longer offered.
 */
export type UndoBulkChangeResult = { ok: true } | Refusal<'not_found' | 'changed' | 'notified' | 'taken' | 'withdrawn'>;

/**
 * Restores all rows, claims their time again and removes the e-mails, or does nothing. Only `version` and `sequence` go
 * on rising: whoever looked in between must not pass for somebody who has seen the restored rows.
 */
export async function undoBulkChange(viewer: Staff, id: string, { now }: Clock): Promise<UndoBulkChangeResult> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<UndoBulkChangeResult>(async (tx, undo) => {
    const giveUp = (reason: 'changed' | 'notified' | 'taken' | 'withdrawn') =>
      undo<UndoBulkChangeResult>({ ok: false, reason });
    await lockOfferForBooking(tx);
    const [event] = await tx.select().from(auditEvents).where(eq(auditEvents.id, id));
    if (!event || !isBulkUndoFacts(event.facts) || !mayUndo(viewer, event.actor))
      return { ok: false, reason: 'not_found' };
    const change = event.facts;
    if (!isStillUndoable(change, now))
      return { ok: false, reason: change.undoneAt === null ? 'notified' : 'not_found' };
    if (!(await lockSeriesAsLeft(tx, change))) return giveUp('changed');
    if (!(await isAsLeft(tx, change))) return giveUp('changed');
    if (!(await askAgain(tx, change, event.at))) return giveUp('changed');
    if (!(await removeUnsentMail(tx, change, now))) return giveUp('notified');
    await removeTimeOff(tx, change.timeOff, now);
    const former = {
      series: change.series.map(({ before: { version: _, ...row } }) => row),
      appointments: change.appointments.map(({ before: { version: _, sequence: __, ...row } }) => row),
      skips: change.skips.map(({ before }) => before),
    };
    if (await isNoLongerOffered(tx, former.appointments, change.outsideOffer ?? {})) return giveUp('withdrawn');
    const cancelled = change.appointments.filter(({ before, after }) => before.status !== after.status);
    const ids = cancelled.map(({ before }) => before.id);
    if (!(await reinstateBills(tx, ids, { actor: getAuditActor(viewer), now }))) return giveUp('changed');
    if (!(await restoreBookingRows(tx, former, now))) return giveUp('taken');
    const changed = inArray(
      appointments.id,
      former.appointments.map((row) => row.id),
    );
    if (former.appointments.length > 0) await tx.update(appointments).set(incrementedVersions).where(changed);
    await tx
      .update(auditEvents)
      .set({ facts: { ...change, undoneAt: now } })
      .where(eq(auditEvents.id, id));
    const { subject } = event;
    const actor = getAuditActor(viewer);
    await recordEvent(tx, { at: now, actor, action: 'undid a change', subject, facts: { undone: id } });
    return { ok: true };
  });
}

/**
 * Locks the series: whoever changes one of them, or prepares its e-mail, waits here or is waited for. False where one
 * has been changed since.
 */
async function lockSeriesAsLeft(tx: Db, { series: changed }: BulkUndoFacts): Promise<boolean> {
  for (const { after } of changed) {
    const same = await tx
      .update(series)
      .set({ version: sql`${series.version} + 1` })
      .where(and(eq(series.id, after.id), eq(series.version, after.version)))
      .returning({ id: series.id });
    if (same.length === 0) return false;
  }
  return true;
}

/** Whether the dates, the skipped dates and the time off all stand as the change left them. */
async function isAsLeft(tx: Db, change: BulkUndoFacts): Promise<boolean> {
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
  return (
    isStanding(change.appointments, standing.appointments) &&
    isStanding(change.skips, standing.skips) &&
    change.timeOff.every((row) => off.some((found) => isSame(found, row)))
  );
}

function isStanding<Row extends object>(changed: Changed<Row>[], rows: Row[]): boolean {
  return changed.every(({ after }) => rows.some((row) => isSame(row, after)));
}

/** Reopens the requests to clients that the change ended; false where a client has been asked something else since. */
async function askAgain(tx: Db, { series: changed, endedRequests = [] }: BulkUndoFacts, at: number): Promise<boolean> {
  const askedSince = await tx
    .select({ id: handOverRequests.id })
    .from(handOverRequests)
    .where(
      and(
        inArray(
          handOverRequests.seriesId,
          changed.map(({ before }) => before.id),
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

/** Removes the e-mails that the change wrote. False where one of them has been sent, or is being sent. */
async function removeUnsentMail(tx: Db, { series: changed }: BulkUndoFacts, now: number): Promise<boolean> {
  for (const { before } of changed) {
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
    if (removed.length < all.length) return false;
  }
  return true;
}

async function removeTimeOff(tx: Db, rows: BulkUndoFacts['timeOff'], now: number): Promise<void> {
  await releaseCells(
    tx,
    rows.map((row) => toAbsenceClaim('time_off', row)),
    now,
  );
  for (const { id } of rows) await tx.delete(timeOff).where(eq(timeOff.id, id));
}
