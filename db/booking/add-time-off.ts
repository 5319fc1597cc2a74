import { randomUUID } from 'node:crypto';
import { and, asc, gt, inArray, lt } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { claimCells, toAbsenceClaim } from '@/db/claims/claims';
import { withdrawOffersOfTherapists } from '@/db/claims/end-waitlist-offers';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { optionalReasonForClientsSchema } from '@/db/practice/practice-field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { timeOff } from '@/db/schema';
import { type Interval, subtractIntervals } from '@/scheduling/interval-arithmetic';
import { type ListSuitedTherapists, listMovesToPossiblyUnsuitedTherapists } from './allowed-therapists';
import { applyDateDecisions, areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { hasUnseenMoveOverCaps } from './check-caps-of-decisions';
import { findDatesInTimeOff, listOwnTherapistIds } from './dates-in-time-off';
import { endRebookingHoldsOfTherapists } from './rebooking-holds';
import { buildFieldRefusal, findTimeOffIssue, type TimeOffRequest, toTimeOffSpan } from './time-off-span';
import { getBulkUndoDeadline, readUndoSnapshot, recordUndoableBulkChange } from './undoable-bulk-changes';

// Leave, breaks and closures: time when a therapist does not work. It is claimed like a booking, so time off and
// bookings cannot overlap. Therapists take their own; owners anybody's.

/** The decision on each date that is booked then, and the reason in words for its client. */
export interface TimeOffDecisions {
  decisions?: DateDecision[];
  reason?: string;
  /** The warnings that the viewer has acknowledged: moves about which somebody has to be asked first. */
  acknowledged?: DateNeedingTherapistApproval[];
  /** The moves beyond a therapist’s caps that the viewer was told of, by their keys; left out: they are not asked. */
  seenOverCaps?: readonly string[];
}

export type AddTimeOffResult =
  /** `undoId`: the id to undo it by, where dates were moved or cancelled for it. */
  | { ok: true; ids: string[]; cancelled: string[]; moved: string[]; kept: string[]; undoId: string | null }
  /** Nothing was changed: the dates booked then differ from those that were decided on. */
  | { ok: false; reason: 'booked'; dates: BookedDate[] }
  | NewTimeTaken
  /**
   * Nothing was changed: somebody has to be asked before these dates go to these therapists, and the viewer had not
   * been warned.
   */
  | { ok: false; reason: 'ask_first'; asks: DateNeedingTherapistApproval[] }
  /**
   * `taken`: part of the time is held by a client who is booking now. `over_caps`: a date would go beyond a limit of its
   * new therapist that the viewer was not told of.
   */
  | Refusal<'taken' | 'not_found' | 'over_caps'>
  | Invalid;

/**
 * A date that would go to a therapist who may not suit its client: the client's own therapist has to be asked first.
 */
export interface DateNeedingTherapistApproval {
  uid: string;
  therapistId: string;
}

/** A booked date in the way of time off. */
interface BookedDate {
  uid: string;
  version: number;
}

/**
 * Takes the time off for all named therapists or for none. Each date that is booked then moves, is cancelled or stays,
 * as decided; the time around those that stay is taken. Clients are notified once it can no longer be undone.
 */
export async function addTimeOff(
  viewer: Staff,
  request: TimeOffRequest & TimeOffDecisions,
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<AddTimeOffResult> {
  const { kind, decisions = [], acknowledged = [] } = request;
  const issue = findTimeOffIssue(request, now);
  if (issue) return issue;
  const reason = optionalReasonForClientsSchema.safeParse(request.reason ?? '');
  if (!reason.success) return invalid(toIssues(reason.error).map((found) => ({ ...found, path: ['reason'] })));
  const { start, end } = toTimeOffSpan(request, now);
  const therapistIds = [...new Set(request.therapistIds)];
  return transact<AddTimeOffResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    if ((await listOwnTherapistIds(tx, viewer, therapistIds)).length < therapistIds.length)
      return { ok: false, reason: 'not_found' };
    const practice = await getPractice(tx);
    const { overlapping, rows, parts } = await findDatesInTimeOff(tx, therapistIds, request, now);
    if (!areAllDatesDecided(rows, decisions))
      return { ok: false, reason: 'booked', dates: rows.map(({ id, version }) => ({ uid: id, version })) };
    if (await hasUnseenMoveOverCaps(tx, rows, decisions, request.seenOverCaps))
      return { ok: false, reason: 'over_caps' };
    const before = await readUndoSnapshot(
      tx,
      rows.map(({ seriesId }) => seriesId),
    );
    const leaving = new Set(decisions.filter(({ choice }) => choice !== 'keep').map(({ uid }) => uid));
    const staying = overlapping.filter(({ id }) => !leaving.has(id));
    const gaps = (await listGaps(tx, therapistIds, staying, { start, end }, parts)).map((gap) => {
      return { ...gap, kind, createdAt: now };
    });
    if (gaps.length === 0 && leaving.size === 0) return undo(buildFieldRefusal('start', 'That is time off already.'));
    const notify = { reason: reason.data, heldUntil: getBulkUndoDeadline(now) };
    const between = async () => {
      if (gaps.length > 0) {
        await tx.insert(timeOff).values(gaps);
        // Offers to the waitlist give way. Whoever was e-mailed one is told when they open its link.
        const spans = gaps.map((gap) => ({ start: gap.startAt, end: gap.endAt }));
        await withdrawOffersOfTherapists(tx, therapistIds, spans, now);
        await endRebookingHoldsOfTherapists(tx, therapistIds, spans, now);
      }
      const claimRequests = gaps.map((row) => toAbsenceClaim('time_off', row));
      if ((await claimCells(tx, claimRequests, now)).length > 0) undo<AddTimeOffResult>({ ok: false, reason: 'taken' });
    };
    const how = { practice, now, scope: 'time off' as const, notify };
    const result = await applyDateDecisions(tx, undo, viewer, { rows, decisions, between }, how);
    const isAcknowledged = (move: DateNeedingTherapistApproval) =>
      acknowledged.some(({ uid, therapistId }) => uid === move.uid && therapistId === move.therapistId);
    const datesToAsk = await listDatesToAskAbout(tx, rows, decisions, listSuited);
    if (!datesToAsk.every(isAcknowledged))
      return undo<AddTimeOffResult>({ ok: false, reason: 'ask_first', asks: datesToAsk });
    for (const { id, therapistId, startAt, endAt } of gaps) {
      await recordEvent(tx, {
        at: now,
        actor: getAuditActor(viewer),
        action: 'took time off',
        subject: `time_off:${id}`,
        facts: { therapistId, startAt, endAt },
      });
    }
    const span = { therapistIds, start: Math.max(request.start, start), end: request.end };
    const facts = { ...span, moved: result.moved.length, cancelled: result.cancelled.length, kept: result.kept.length };
    const change = {
      before,
      timeOff: gaps,
      action: 'absence' as const,
      subject: `therapist:${therapistIds[0]}`,
      facts,
    };
    const undoId = leaving.size > 0 ? await recordUndoableBulkChange(tx, viewer, change, now) : null;
    return { ok: true, ids: gaps.map(({ id }) => id), ...result, undoId };
  });
}

/** The dates that would go to a therapist of whom somebody has to be asked first. */
async function listDatesToAskAbout(
  tx: Db,
  rows: AppointmentRow[],
  decisions: DateDecision[],
  listSuited: ListSuitedTherapists | undefined,
): Promise<DateNeedingTherapistApproval[]> {
  const moves = rows.flatMap((row) => {
    const decision = decisions.find(({ uid }) => uid === row.id);
    return decision?.choice === 'move' ? [{ row, uid: row.id, therapistId: decision.therapistId }] : [];
  });
  const unsuited = await listMovesToPossiblyUnsuitedTherapists(tx, moves, listSuited);
  return unsuited.map(({ uid, therapistId }) => ({ uid, therapistId }));
}

/**
 * The parts of the spans that are not taken yet: without time off that is there already, such as a lunch in a week's
 * leave, and without the appointments that stay.
 */
async function listGaps(
  tx: Db,
  therapistIds: string[],
  staying: AppointmentRow[],
  within: Interval,
  spans: Interval[],
) {
  const known = await tx
    .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
    .from(timeOff)
    .where(
      and(inArray(timeOff.therapistId, therapistIds), lt(timeOff.startAt, within.end), gt(timeOff.endAt, within.start)),
    )
    .orderBy(asc(timeOff.startAt));
  return therapistIds.flatMap((therapistId) => {
    const off = known.filter((entry) => entry.therapistId === therapistId);
    const booked = staying.filter((row) => row.therapistId === therapistId);
    const bookedIntervals = booked.map((row) => ({ start: row.paddedStartAt, end: row.paddedEndAt }));
    return subtractIntervals(spans, [...off, ...bookedIntervals]).map(({ start, end }) => {
      return { id: randomUUID(), therapistId, startAt: start, endAt: end };
    });
  });
}
