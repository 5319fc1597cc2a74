import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getFirstDayBeyondWindow,
  listRoomIdsOfServices,
} from '@/db/availability/availability-context';
import {
  type ClashCause,
  findAlternativeTimes,
  findClash,
  type RequestedAppointment,
} from '@/db/availability/find-clash';
import { listStartsThatFitAppointment } from '@/db/availability/possible-move-times';
import { makeStartChecker } from '@/db/availability/start-checker';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type ActiveService, applyServiceRules, listServicesOfBookedDates } from '@/db/practice/services';
import { exemptStaff } from '@/db/practice/staff-exemption';
import type { Clock, Invalid, Refusal } from '@/db/results';
import { hasClientMovesLeft } from '@/scheduling/booking-policy';
import { addDays, daysBetween } from '@/scheduling/day';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { isMovedFromPlan, listDatesToMove } from '@/scheduling/plan-series-edit';
import type { AlternativeStart, StandingTime } from '@/scheduling/standing-times';
import { getDayInterval, toInstant, toWallTime, toWallTimeWithRepeatMark } from '@/scheduling/zone-conversion';
import type { ListAllowedTherapists } from './allowed-therapists';
import { mayCancel } from './may-cancel';
import { type DateMove, gatherSeriesForEdit, planMove, toOccurrence, type UnmovedDate } from './plan-move';
import { getPaddedIntervalAt } from './write-move';

// Where several dates of a plan could go together, and what would clash. Read only, so looking takes no lock.

type WideScope = 'following' | 'all';

/** One date that would move along. */
export interface ProposedDate {
  uid: string;
  position: number;
  /** Its present start. */
  movedFrom: number;
  startsAt: number;
  endsAt: number;
  therapistId: string;
  clash: ClashCause | null;
  /** Other times for it, where it clashes. */
  alternatives: AlternativeStart[];
  /** Whether it can stay where it is while the others move. */
  mayStay: boolean;
  /** Whether it is early enough to be cancelled. */
  maySkip: boolean;
}

export type MoveProposalResult =
  | { ok: true; dates: ProposedDate[]; staying: UnmovedDate[] }
  | Invalid
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict'>;

const MINUTE = 60_000;
/** Alternatives lie at most this many days from the date that they replace. */
const AROUND = 4;

/** Every date that a move would take along, its new time, and how a date that clashes could be repaired. */
export async function proposeMove(
  viewer: Viewer,
  { uid, startsAt, scope }: { uid: string; startsAt: number; scope: WideScope },
  { now, listAllowed }: Clock & { listAllowed?: ListAllowedTherapists },
): Promise<MoveProposalResult> {
  const db = await reader();
  const named = await findEditableAppointment(db, viewer, uid);
  if (!named) return { ok: false, reason: 'not_found' };
  if (named.status !== 'booked') return { ok: false, reason: 'conflict' };
  const general = await getPractice(db);
  const plan = await planMove(db, viewer, named, { startsAt, scope }, { practice: general, now });
  if (!plan.ok) return plan;
  return {
    ok: true,
    dates: await proposeMovedDates(db, viewer, { seriesId: named.seriesId, moves: plan.moves, listAllowed }, now),
    staying: plan.staying,
  };
}

/** What each of these moves of one series would clash with, and how it could be repaired. */
export async function proposeMovedDates(
  db: Db,
  viewer: Viewer,
  {
    seriesId,
    moves,
    listAllowed,
  }: { seriesId: string; moves: DateMove[]; listAllowed: ListAllowedTherapists | undefined },
  now: number,
): Promise<ProposedDate[]> {
  if (moves.length === 0) return [];
  const { practice, serviceOf } = await gatherOffer(
    db,
    viewer,
    moves.map(({ row }) => row),
  );
  const rows = moves.map(({ row }) => row);
  const days = moves.map((move) => toWallTime(practice.timeZone, move.startsAt).on).sort();
  const span = { from: addDays(days[0]!, -AROUND), to: addDays(days.at(-1)!, AROUND + 1) };
  const offered = rows.flatMap((row) => serviceOf(row) ?? []);
  const therapistIds = offered.flatMap(({ therapists }) => therapists);
  const resources = { therapistIds, roomIds: listRoomIdsOfServices(offered) };
  const free = await gatherWithout(db, viewer, rows, resources, { practice, ...span, now });
  const among = (await listAllowed?.(db)) ?? null;
  const { own, others } = await gatherSeriesForEdit(db, viewer, seriesId);
  const standing = [...own, ...others].filter(
    (row) => row.status === 'booked' && !rows.some(({ id }) => id === row.id),
  );

  const planned = moves.map((move) => {
    const request = requestOf(move, serviceOf(move.row));
    return { move, request, clash: request ? findClash(free, request) : ({ reason: 'closed' } as ClashCause) };
  });
  const ownIntervals: Interval[] = [
    ...standing.map((row) => getPaddedIntervalAt(row, row.startAt)),
    ...planned.filter(({ clash }) => !clash).map(({ move }) => getPaddedIntervalAt(move.row, move.startsAt)),
  ];
  return planned.map(({ move: { row, startsAt: to, therapistId }, request, clash }): ProposedDate => {
    const isWhereItIs = (other: AlternativeStart) =>
      other.start === row.startAt && other.therapistId === row.therapistId;
    const found = clash && request ? findAlternativeTimes(free, request, ownIntervals, { among }) : [];
    const alternatives = found.filter((other) => !isWhereItIs(other));
    // The first alternative of a date is offered to no other date.
    if (alternatives[0]) ownIntervals.push(getPaddedIntervalAt(row, alternatives[0].start));
    return {
      uid: row.id,
      position: row.position,
      movedFrom: row.startAt,
      startsAt: to,
      endsAt: to + row.minutes * MINUTE,
      therapistId,
      clash,
      alternatives,
      mayStay: !ownIntervals.some((interval) => intervalsOverlap(interval, getPaddedIntervalAt(row, row.startAt))),
      maySkip: mayCancel(viewer, practice, now)(row),
    };
  });
}

/**
 * The weekdays and hours to which the dates could move together, by the day of the named date: `days` from `from` on.
 * Their present times count as free. Null where the viewer may not move them.
 */
export async function listStandingTimesToMoveTo(
  viewer: Viewer,
  request: { uid: string; scope: WideScope; from: string; days: number },
  { now }: Clock,
): Promise<StandingTime[] | null> {
  const db = await reader();
  const named = await findEditableAppointment(db, viewer, request.uid);
  if (named?.status !== 'booked') return null;
  const rows = await listMovable(db, viewer, named, request.scope, now);
  const { practice, serviceOf } = await gatherOffer(db, viewer, rows);
  const { timeZone } = practice;
  const places = rows.map((row) => ({ row, later: daysBetween(nominalOn(named), nominalOn(row)) }));
  const firstOf = (later: number) => addDays(request.from, later);
  const afterWindow = getFirstDayBeyondWindow(practice, now);
  const earliest = places.map(({ later }) => firstOf(later)).sort()[0];
  if (earliest === undefined) return [];
  const latest = addDays(
    places
      .map(({ later }) => firstOf(later))
      .sort()
      .at(-1)!,
    request.days,
  );
  const resources = {
    therapistIds: rows.map(({ therapistId }) => therapistId),
    roomIds: listRoomIdsOfServices(rows.flatMap((row) => serviceOf(row) ?? [])),
  };
  const free = await gatherWithout(db, viewer, rows, resources, { practice, from: earliest, to: latest, now });

  const openAt = places.map(({ row, later }) => {
    const service = serviceOf(row);
    const [from, last] = [firstOf(later), addDays(firstOf(later), request.days)];
    const to = last < afterWindow ? last : afterWindow;
    if (!service?.therapists.includes(row.therapistId) || from >= to) return new Set<string>();
    const mayStart = makeStartChecker(free, service, row.minutes);
    const starts = listStartsThatFitAppointment(free, row, {
      service,
      therapistId: row.therapistId,
      from: getDayInterval(timeZone, from).start,
      to: getDayInterval(timeZone, to).start,
      minNoticeMinutes: practice.noticeMinutes,
    });
    const can = starts.filter((start) => start > now && (!mayStart || mayStart(start, row.therapistId)));
    return new Set(
      can.map(
        (start) => `${addDays(toWallTime(timeZone, start).on, -later)} ${toWallTimeWithRepeatMark(timeZone, start)}`,
      ),
    );
  });
  const alreadyMoved = isMovedFromPlan(toOccurrence(named))
    ? ''
    : `${nominalOn(named)} ${toWallTimeWithRepeatMark(timeZone, named.startAt)}`;
  return [...new Set(openAt.flatMap((open) => [...open]))]
    .filter((place) => place !== alreadyMoved)
    .sort()
    .map((place): StandingTime => {
      const [firstOn = '', time = ''] = place.split(' ');
      const occurrences = places.map(({ later }, at) => {
        const on = addDays(firstOn, later);
        return { on, start: toInstant(timeZone, on, time), open: openAt[at]!.has(place) };
      });
      const open = occurrences.filter((occurrence) => occurrence.open).length;
      return { therapistId: named.therapistId, firstOn, time, open, occurrences };
    });
}

/** The dates that would move along wherever the named one goes. */
async function listMovable(db: Db, viewer: Viewer, named: AppointmentRow, scope: WideScope, now: number) {
  const practice = exemptStaff(await getPractice(db), isStaff(viewer));
  const { own } = await gatherSeriesForEdit(db, viewer, named.seriesId);
  const dates = own.map((row) => ({
    ...toOccurrence(row),
    hasMovesLeft: isStaff(viewer) || hasClientMovesLeft(row.movesByClient, practice),
    row,
  }));
  const chosen = dates.find(({ uid }) => uid === named.id)!;
  const limits = { now, cutoffMinutes: practice.moveCutoffMinutes };
  return listDatesToMove(scope, chosen, dates, limits).moving.map(({ row }) => row);
}

async function gatherOffer(db: Db, viewer: Viewer, rows: AppointmentRow[]) {
  const [general, services] = await Promise.all([getPractice(db), listServicesOfBookedDates(db)]);
  const serviceOf = (row: AppointmentRow) => services.find(({ id }) => id === row.serviceId);
  const requestedServices = [...new Set(rows.flatMap((row) => serviceOf(row) ?? []))];
  return { practice: applyServiceRules(general, requestedServices, isStaff(viewer)), serviceOf };
}

/** The free time of these therapists and rooms, as if these dates were not booked. */
async function gatherWithout(
  db: Db,
  viewer: Viewer,
  rows: AppointmentRow[],
  resources: { therapistIds: string[]; roomIds: string[] },
  span: { practice: Practice; from: string; to: string; now: number },
): Promise<AvailabilityContext> {
  const moving = rows.map(({ id }) => id);
  const free = await gatherAvailabilityContext(db, { ...span, ...resources, isForStaff: isStaff(viewer), moving });
  const withoutOwn = (busy: Interval[], own: AppointmentRow[]) =>
    busy.filter(({ start, end }) => !own.some((row) => row.paddedStartAt === start && row.paddedEndAt === end));
  const therapists = [...free.therapists].map(([id, therapist]) => {
    const own = rows.filter(({ therapistId }) => therapistId === id);
    return [id, own.length === 0 ? therapist : { ...therapist, busy: withoutOwn(therapist.busy, own) }] as const;
  });
  const rooms = [...free.rooms].map(([id, busy]) => {
    const own = rows.filter(({ roomId }) => roomId === id);
    return [id, own.length === 0 ? busy : withoutOwn(busy, own)] as const;
  });
  return { ...free, therapists: new Map(therapists), rooms: new Map(rooms) };
}

/** Uses the padding that it was booked with, whatever its massage has now. */
function requestOf(move: DateMove, service: ActiveService | undefined): RequestedAppointment | null {
  if (!service) return null;
  const { row, startsAt, therapistId, minutes } = move;
  const setupMinutes = (row.startAt - row.paddedStartAt) / MINUTE;
  const cleanupMinutes = (row.paddedEndAt - row.endAt) / MINUTE;
  return { startsAt, therapistId, minutes, service: { ...service, setupMinutes, cleanupMinutes } };
}

function nominalOn(row: AppointmentRow): string {
  return toWallTime(row.timeZone, row.nominalStartAt).on;
}
