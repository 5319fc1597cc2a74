import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { type ActiveService, applyServiceRules, listServicesOfBookedDates } from '@/db/practice/services';
import { freeStarts } from '@/scheduling/availability';
import { addDays } from '@/scheduling/day';
import { toAppointmentTimingInMs } from '@/scheduling/find-free-starts';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { filterStartsWithRoom, listSpansWithoutRoom } from '@/scheduling/room-availability';
import { getDayInterval } from '@/scheduling/zone-conversion';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getBusyTimesOfSuitableRooms,
  getFirstDayBeyondWindow,
} from './availability-context';
import { checkFirstDay } from './check-first-day';
import { makeStartChecker } from './start-checker';

export interface PossibleMoveTimesQuery {
  uid: string;
  /** Local day. */
  from: string;
  /** 1 to 31. */
  days: number;
  /** Its current therapist if left out. */
  therapistId?: string | undefined;
  /** Its current length if left out. */
  minutes?: number | undefined;
}

const MINUTE = 60_000;

/**
 * The starts to which one appointment may be moved, earliest first, without its current one. Its own time counts as
 * free, because the move releases it in the same step. No notice applies to staff. Null if the viewer may not see the
 * appointment.
 */
export async function listPossibleMoveTimes(
  viewer: Viewer,
  query: PossibleMoveTimesQuery,
  now: number,
): Promise<number[] | null> {
  const db = await reader();
  const own = await findEditableAppointment(db, viewer, query.uid);
  if (!own) return null;
  const found = inLength(own, query.minutes ?? own.minutes);
  const [general, services] = await Promise.all([getPractice(db), listServicesOfBookedDates(db)]);
  const service = services.find(({ id }) => id === found.serviceId);
  const therapistId = query.therapistId ?? found.therapistId;
  const isForStaff = isStaff(viewer);
  if (!service?.therapists.includes(therapistId)) return [];
  const practice = applyServiceRules(general, [service], isForStaff);
  if (checkFirstDay(practice, query.from, now).length > 0) return [];

  const { timeZone } = practice;
  const afterWindow = getFirstDayBeyondWindow(practice, now);
  const last = addDays(query.from, query.days);
  const to = last < afterWindow ? last : afterWindow;
  const span = { from: query.from, to, now };
  const free = await gatherAvailabilityContext(db, {
    practice,
    therapistIds: [therapistId],
    roomIds: service.rooms,
    ...span,
    isForStaff,
    moving: [found.id],
  });
  const mayStart = makeStartChecker(free, service, found.minutes);
  const within = { from: getDayInterval(timeZone, query.from).start, to: getDayInterval(timeZone, to).start };
  const starts = listStartsThatFitAppointment(free, found, {
    service,
    therapistId,
    isOwn: isTimeOf(own),
    ...within,
    minNoticeMinutes: practice.noticeMinutes,
  });
  const isWhereItIs = (start: number) =>
    start === own.startAt && therapistId === own.therapistId && found.minutes === own.minutes;
  return starts.filter((start) => start > now && !isWhereItIs(start) && (!mayStart || mayStart(start, therapistId)));
}

/**
 * The starts of a period at which the appointment fits, with the padding it was booked with; includes its current
 * start.
 */
export function listStartsThatFitAppointment(
  free: AvailabilityContext,
  found: AppointmentRow,
  query: {
    service: ActiveService;
    therapistId: string;
    from: number;
    to: number;
    minNoticeMinutes: number;
    /** The appointment's current time, which the move releases in the same step. */
    isOwn?: (busy: Interval) => boolean;
  },
): number[] {
  const { service, therapistId, isOwn = isTimeOf(found), ...span } = query;
  const { timeZone, stepMinutes } = free.practice;
  const withoutOwn = (id: string, own: string, busy: Interval[]) =>
    id === own ? busy.filter((interval) => !isOwn(interval)) : busy;
  const fit = {
    stepMinutes,
    durationMinutes: found.minutes,
    bufferBefore: (found.startAt - found.paddedStartAt) / MINUTE,
    bufferAfter: (found.paddedEndAt - found.endAt) / MINUTE,
  };
  const rooms = getBusyTimesOfSuitableRooms(free, [service]).map(({ id, busy }) => ({
    id,
    busy: withoutOwn(id, found.roomId, busy),
  }));
  const therapist = free.therapists.get(therapistId)!;
  const busy = withoutOwn(therapistId, found.therapistId, therapist.busy);
  const starts = freeStarts({ timeZone, ...therapist, busy, ...fit, ...span, now: free.now });
  return filterStartsWithRoom(starts, listSpansWithoutRoom(rooms, toAppointmentTimingInMs(fit)));
}

function isTimeOf({ paddedStartAt, paddedEndAt }: AppointmentRow) {
  return ({ start, end }: Interval) => start === paddedStartAt && end === paddedEndAt;
}

function inLength(row: AppointmentRow, minutes: number): AppointmentRow {
  const longer = (minutes - row.minutes) * MINUTE;
  return { ...row, minutes, endAt: row.endAt + longer, paddedEndAt: row.paddedEndAt + longer };
}
