import { and, asc, eq } from 'drizzle-orm';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import type { AppointmentScope } from '@/db/input/field-schemas';
import type { Practice } from '@/db/practice/practice';
import { exemptStaff } from '@/db/practice/staff-exemption';
import type { Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { appointments, clients, series, skips } from '@/db/schema';
import { hasClientMovesLeft, isBeforeMoveCutoff } from '@/scheduling/booking-policy';
import { addDays, daysBetween } from '@/scheduling/day';
import { intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { isInEditScope, planSeriesEdit } from '@/scheduling/plan-series-edit';
import {
  listOverlappingPositions,
  type NominalDate,
  type Occurrence,
  type UnchangedReason,
  type VacatedPosition,
} from '@/scheduling/plan-series-extension';
import { toWallTime } from '@/scheduling/zone-conversion';
import { hasMoveLimitExemption } from './move-limit-exemptions';

/** The target of one date. `therapistId` may be 'any'. */
export interface DateMove {
  row: AppointmentRow;
  startsAt: number;
  therapistId: string;
  /** Its length after the move. */
  minutes: number;
  /** Its place in the plan afterwards: if it differs from `startsAt`, the date was moved by hand. */
  nominalStartsAt: number;
  /** Its therapist in the plan afterwards: if it differs from `therapistId`, the date was moved by hand. */
  nominalTherapistId: string | null;
}

export interface MovePlan {
  ok: true;
  moves: DateMove[];
  /** The series after the move, when it has a wider scope than one date. */
  series: { firstOn: string; localTime: string; timeZone: string; therapistId: string } | null;
  /** Where dates that stay would have been in the plan. */
  places: VacatedPosition[];
  skips: NominalDate[];
}

/** A planned move, and the upcoming dates in its scope that it leaves where they are. */
export type PlannedMove = MovePlan & { staying: UnmovedDate[] };

export interface UnmovedDate {
  uid: string;
  because: Exclude<UnchangedReason, 'not_meant' | 'over'>;
}

export interface MoveTarget {
  startsAt: number;
  therapistId?: string | undefined;
  /** Another length of the same massage; if left out, each date keeps its own. */
  minutes?: number | undefined;
  scope: AppointmentScope;
}

const MINUTE = 60_000;

/** Plans which dates a move takes along, and where to. Does not look yet at whether the times are free. */
export async function planMove(
  tx: Db,
  viewer: Viewer,
  named: AppointmentRow,
  target: MoveTarget,
  { practice, now }: { practice: Practice; now: number },
): Promise<PlannedMove | Invalid | Refusal<'cutoff' | 'moves_used' | 'conflict'>> {
  const { moveCutoffMinutes: cutoffMinutes } = exemptStaff(practice, isStaff(viewer));
  const { startsAt, therapistId, minutes } = target;
  const isExempt = target.scope === 'this' && named.startAt > now && (await hasMoveLimitExemption(tx, named));
  if (!isStaff(viewer) && !isExempt && !isBeforeMoveCutoff({ start: named.startAt, now, cutoffMinutes }))
    return { ok: false, reason: 'cutoff' };
  const hasMovesLeft = (row: AppointmentRow) =>
    isExempt || isStaff(viewer) || hasClientMovesLeft(row.movesByClient, practice);
  if (!hasMovesLeft(named)) return { ok: false, reason: 'moves_used' };
  if (target.scope === 'this') {
    const move = {
      row: named,
      startsAt,
      therapistId: therapistId ?? named.therapistId,
      minutes: minutes ?? named.minutes,
    };
    const { nominalStartAt: nominalStartsAt, nominalTherapistId } = named;
    const moves = [{ ...move, nominalStartsAt, nominalTherapistId }];
    return { ok: true, moves, series: null, places: [], skips: [], staying: [] };
  }

  const { seriesRow, own, others, skipped } = await gatherSeriesForEdit(tx, viewer, named.seriesId);
  const isLengthAlone = startsAt === named.startAt && (therapistId ?? named.therapistId) === named.therapistId;
  if (minutes !== undefined && isLengthAlone) return planLength(named, { own, others }, { ...target, minutes }, now);
  const change = { kind: 'move' as const, start: startsAt, ...(therapistId !== undefined && { therapistId }) };
  const plan = planSeriesEdit({
    // Each date keeps its own therapist unless another is named: a series with 'any' has several from the start.
    rule: { timeZone: practice.timeZone, cadence: seriesRow.cadence, time: seriesRow.localTime, therapistId: null },
    occurrences: own.map((row) => ({ ...toOccurrence(row, minutes), hasMovesLeft: hasMovesLeft(row) })),
    skips: skipped,
    uid: named.id,
    scope: target.scope,
    change,
    now,
    cutoffMinutes,
  });
  if (!plan.ok) {
    if (plan.reason === 'cutoff') return { ok: false, reason: 'cutoff' };
    if (plan.reason === 'meets_itself') return meetsItself();
    return startsAt <= now
      ? invalid([{ path: ['startsAt'], message: 'This time is past.' }])
      : { ok: false, reason: 'conflict' };
  }
  const standing = others.filter(({ status }) => status === 'booked').map((row) => toOccurrence(row));
  if (listOverlappingPositions(plan.claim, standing).length > 0) return meetsItself();

  const byId = new Map(own.map((row) => [row.id, row]));
  const days = daysBetween(toOccurrence(named).nominalOn, toWallTime(practice.timeZone, startsAt).on);
  return {
    ok: true,
    moves: plan.claim.map((claim) => ({
      row: byId.get(claim.replaces!.uid)!,
      startsAt: claim.start,
      therapistId: claim.therapistId!,
      minutes: minutes ?? byId.get(claim.replaces!.uid)!.minutes,
      nominalStartsAt: claim.nominalStart,
      nominalTherapistId: claim.nominalTherapistId,
    })),
    series: {
      firstOn: addDays(seriesRow.firstOn, days),
      localTime: plan.rule.time,
      timeZone: practice.timeZone,
      therapistId: therapistId === undefined || therapistId === 'any' ? seriesRow.therapistId : therapistId,
    },
    places: plan.places,
    skips: plan.skips,
    staying: plan.unchanged.flatMap(({ occurrence: { uid, start }, because }) =>
      because === 'not_meant' || because === 'over' || start <= now ? [] : [{ uid, because }],
    ),
  };
}

/** Gives each upcoming date in scope the new length, even one that was moved by hand, at its present time. */
function planLength(
  named: AppointmentRow,
  { own, others }: { own: AppointmentRow[]; others: AppointmentRow[] },
  { scope, minutes }: { scope: AppointmentScope; minutes: number },
  now: number,
): PlannedMove | Invalid {
  const isInScope = (row: AppointmentRow) =>
    row.status === 'booked' && row.startAt > now && isInEditScope(scope, named, row);
  const moves = own
    .filter((row) => isInScope(row) && row.minutes !== minutes)
    .map((row) => ({
      row,
      startsAt: row.startAt,
      therapistId: row.therapistId,
      minutes,
      nominalStartsAt: row.nominalStartAt,
      nominalTherapistId: row.nominalTherapistId,
    }));
  const times = [...own, ...others]
    .filter(({ status }) => status === 'booked')
    .map((row) => ({
      start: row.startAt,
      end: own.includes(row) && isInScope(row) ? row.startAt + minutes * MINUTE : row.endAt,
    }))
    .sort((a, b) => a.start - b.start);
  if (times.some((time, at) => at > 0 && intervalsOverlap(times[at - 1]!, time))) return meetsItself();
  return { ok: true, moves, series: null, places: [], skips: [], staying: [] };
}

function meetsItself(): Invalid {
  return invalid([{ path: ['startsAt'], message: 'Two dates of this series would fall on one another.' }]);
}

/** A series with its dates: those that the viewer may change, and the others. */
export async function gatherSeriesForEdit(tx: Db, viewer: Viewer, seriesId: string) {
  const [seriesRow] = await tx.select().from(series).where(eq(series.id, seriesId));
  const all = await tx
    .select()
    .from(appointments)
    .where(eq(appointments.seriesId, seriesId))
    .orderBy(asc(appointments.position));
  const clientDates = await tx
    .select({ id: appointments.id })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(and(eq(appointments.seriesId, seriesId), editableAppointmentsCondition(viewer)));
  const ids = new Set(clientDates.map(({ id }) => id));
  const skipped = await tx.select().from(skips).where(eq(skips.seriesId, seriesId));
  return {
    seriesRow: seriesRow!,
    own: all.filter(({ id }) => ids.has(id)),
    others: all.filter(({ id }) => !ids.has(id)),
    skipped: skipped.map(
      ({ position, nominalOn, nominalStartAt }): NominalDate => ({
        position,
        nominalOn,
        nominalStart: nominalStartAt,
      }),
    ),
  };
}

/** A row as an occurrence for planning, with its own length or another. */
export function toOccurrence(row: AppointmentRow, minutes = row.minutes): Occurrence {
  return {
    uid: row.id,
    position: row.position,
    nominalOn: toWallTime(row.timeZone, row.nominalStartAt).on,
    nominalStart: row.nominalStartAt,
    start: row.startAt,
    therapistId: row.therapistId,
    nominalTherapistId: row.nominalTherapistId,
    visit: {
      durationMinutes: minutes,
      bufferBefore: (row.startAt - row.paddedStartAt) / MINUTE,
      bufferAfter: (row.paddedEndAt - row.endAt) / MINUTE,
    },
    status: row.status,
    bookedAt: row.createdAt,
    sequence: row.sequence,
  };
}
