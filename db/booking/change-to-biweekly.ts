import { and, eq, gt } from 'drizzle-orm';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { exemptStaff } from '@/db/practice/staff-exemption';
import type { Clock, Refusal } from '@/db/results';
import { series, skips } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import { isMovedBySpacingOut, spaceDaysTwoWeeksApart } from '@/scheduling/space-out-to-biweekly';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { findWholeSeries } from './add-dates';
import type { ListAllowedTherapists } from './allowed-therapists';
import { applyMoveRepairs, type MoveRepair } from './apply-move-repairs';
import { gatherMoveRules, relaxRulesForStaff } from './booking-rules';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';
import { checkMovesAgainstRules, placeNewTimes } from './claim-new-times';
import type { DateMove, MovePlan } from './plan-move';
import { proposeMovedDates } from './propose-move';
import { exceedsTherapistUnconfirmedCap, findSenderSubjectToCaps, lockForCapCount } from './unconfirmed-caps';
import { notifyOfMoves, writeSeriesAfterMove } from './write-move';

// Changes a weekly plan to every 2 weeks: at its hour, with its therapist, and with as many dates as are left.

/** One date after the change; `startsAt` is null where no time near it is free, and the date is cancelled. */
export interface BiweeklyDate {
  uid: string;
  position: number;
  wasAt: number;
  startsAt: number | null;
  therapistId: string;
  /** Why it is not at the hour of the plan. */
  clash: ClashReason | null;
}

export interface BiweeklyProposal {
  ok: true;
  version: number;
  dates: BiweeklyDate[];
  repairs: MoveRepair[];
}

type NoSpacing = Refusal<'not_found' | 'not_weekly' | 'nothing_left'>;

/**
 * Where every date would go, and how each clash would be repaired: by the nearest other time, or else by cancelling the
 * date.
 */
export async function proposeBiweekly(
  viewer: Viewer,
  seriesId: string,
  { now, listAllowed }: Clock & { listAllowed?: ListAllowedTherapists },
): Promise<BiweeklyProposal | NoSpacing> {
  const db = await reader();
  const planned = await planSpacing(db, viewer, seriesId, now);
  if (!planned.ok) return planned;
  const { moves } = planned.plan;
  const proposed = await proposeMovedDates(db, viewer, { seriesId, moves, listAllowed }, now);
  const repairs: MoveRepair[] = [];
  const dates = proposed.map((date): BiweeklyDate => {
    const { uid, position, movedFrom: wasAt, startsAt, therapistId, clash, alternatives, maySkip } = date;
    const shared = { uid, position, wasAt, therapistId, clash: clash?.reason ?? null };
    if (!clash) return { ...shared, startsAt };
    const [nearest] = alternatives;
    if (nearest) {
      repairs.push({ position, choice: 'move', startsAt: nearest.start, therapistId: nearest.therapistId });
      return { ...shared, startsAt: nearest.start, therapistId: nearest.therapistId };
    }
    repairs.push({ position, choice: maySkip ? 'skip' : 'stay' });
    return { ...shared, startsAt: maySkip ? null : wasAt };
  });
  const unchangedDates = planned.staying.map(({ id: uid, position, startAt, therapistId }): BiweeklyDate => {
    return { uid, position, wasAt: startAt, startsAt: startAt, therapistId, clash: null };
  });
  const inOrder = [...unchangedDates, ...dates].sort((a, b) => a.position - b.position);
  return { ok: true, version: planned.version, dates: inOrder, repairs };
}

export type ChangeToBiweeklyResult = { ok: true } | NoSpacing | Refusal<'conflict' | 'taken' | 'unconfirmed'>;

/**
 * Moves every remaining date as proposed: all of them or none. On any result but `ok`, the caller must undo the
 * transaction.
 */
export async function changeToBiweekly(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  { seriesId, version, repairs }: { seriesId: string; version: number; repairs: MoveRepair[] },
  now: number,
): Promise<ChangeToBiweeklyResult> {
  const planned = await planSpacing(tx, viewer, seriesId, now);
  if (!planned.ok) return planned;
  if (planned.version !== version) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const plan = await applyMoveRepairs(tx, viewer, planned.plan, repairs, { practice, now });
  if (!plan.ok) return { ok: false, reason: 'conflict' };
  const isForStaff = isStaff(viewer);
  const gathered = await gatherMoveRules(tx, plan.moves, now);
  const rules = isForStaff ? relaxRulesForStaff(gathered) : gathered;
  const matched = checkMovesAgainstRules(plan.moves, rules, []);
  if (!matched.ok) return { ok: false, reason: 'conflict' };
  const isCapped = (await findSenderSubjectToCaps(tx, viewer, seriesId)) !== null;
  if (isCapped) await lockForCapCount(tx);
  if (plan.skipped.length > 0 && !(await cancelRowsSilently(tx, viewer, plan.skipped, now)))
    return undo<ChangeToBiweeklyResult>({ ok: false, reason: 'conflict' });
  const placed = await placeNewTimes(tx, plan.moves, matched, { practice, rules, now, isForStaff, isCounted: false });
  if (!placed.ok) return undo<ChangeToBiweeklyResult>({ ok: false, reason: 'taken' });
  const sessions = placed.changes.map(({ therapistId, startAt }) => ({ therapistId, startAt }));
  if (isCapped && (await exceedsTherapistUnconfirmedCap(tx, { practice, sessions, now })))
    return undo<ChangeToBiweeklyResult>({ ok: false, reason: 'unconfirmed' });
  await writeSeriesAfterMove(tx, seriesId, plan);
  await tx.update(series).set({ cadence: 'biweekly' }).where(eq(series.id, seriesId));
  // A skipped date of the weekly plan has no place in this one, and is no longer offered.
  const isUpcoming = and(eq(skips.seriesId, seriesId), gt(skips.nominalStartAt, now));
  await tx.delete(skips).where(isUpcoming);
  if (plan.skipped.length > 0)
    await finishCancellation(tx, viewer, practice, plan.skipped, { now, scope: 'following' });
  await notifyOfMoves(tx, practice, seriesId, plan.moves, now);
  return { ok: true };
}

/** Plans the change. Dates that were moved by hand go along; dates too near to be moved stay. */
async function planSpacing(
  db: Db,
  viewer: Viewer,
  seriesId: string,
  now: number,
): Promise<{ ok: true; version: number; plan: MovePlan; staying: AppointmentRow[] } | NoSpacing> {
  const found = await findWholeSeries(db, viewer, seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  const { seriesRow, rows } = found;
  if (seriesRow.cadence !== 'weekly') return { ok: false, reason: 'not_weekly' };
  const practice = await getPractice(db);
  const { timeZone } = practice;
  const { moveCutoffMinutes: cutoffMinutes, noticeMinutes } = exemptStaff(practice, isStaff(viewer));
  const toMove = rows.filter(
    ({ status, startAt: start }) =>
      status === 'booked' && isMovedBySpacingOut({ start, now, cutoffMinutes, noticeMinutes }),
  );
  if (toMove.length === 0) return { ok: false, reason: 'nothing_left' };
  const held = rows.filter((row) => ['booked', 'completed', 'no_show'].includes(row.status) && !toMove.includes(row));
  const days = spaceDaysTwoWeeksApart(toMove.map(nominalDayOf), held.map(nominalDayOf));
  const all = toMove.map((row, at): DateMove => {
    const startsAt = toInstant(timeZone, days[at]!, seriesRow.localTime);
    const therapistId = row.nominalTherapistId ?? row.therapistId;
    const shared = { row, startsAt, therapistId, minutes: row.minutes };
    return { ...shared, nominalStartsAt: startsAt, nominalTherapistId: row.nominalTherapistId };
  });
  const [moves, staying] = [all.filter(isElsewhere), all.filter((move) => !isElsewhere(move))];
  if (moves.length === 0) return { ok: false, reason: 'nothing_left' };
  const last = all.at(-1)!;
  // Cancelled dates after the last one keep no later place, so that new dates can be added right after it.
  const freedPlaces = rows
    .filter(({ status, position }) => status === 'cancelled' && position > last.row.position)
    .map(({ id: uid, position, nominalTherapistId }) => {
      const { on: nominalOn } = toWallTime(timeZone, last.startsAt);
      return { uid, position, nominalOn, nominalStart: last.startsAt, nominalTherapistId };
    });
  const keptPlaces = staying.map(({ row: { id: uid, position }, startsAt: nominalStart, nominalTherapistId }) => {
    return { uid, position, nominalOn: toWallTime(timeZone, nominalStart).on, nominalStart, nominalTherapistId };
  });
  const plan: MovePlan = { ok: true, moves, series: null, places: [...freedPlaces, ...keptPlaces], skips: [] };
  return { ok: true, version: seriesRow.version, plan, staying: staying.map(({ row }) => row) };
}

/** False for a date that is already at its place. */
function isElsewhere({ row, startsAt, therapistId }: DateMove): boolean {
  return row.startAt !== startsAt || row.therapistId !== therapistId;
}

function nominalDayOf({ timeZone, nominalStartAt }: AppointmentRow): string {
  return toWallTime(timeZone, nominalStartAt).on;
}
