import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import type { ActiveService } from '@/db/practice/services';
import { exemptStaff } from '@/db/practice/staff-exemption';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import type { RoomBusyTimes } from '@/scheduling/availability';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { addDays } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { TherapistHours } from '@/scheduling/standing-times';
import { type CapsAndWorkload, NO_WORKLOAD_CAPS } from '@/scheduling/workload-caps';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { listBusyIntervals } from './busy-intervals';
import { gatherWorkloads } from './therapist-workloads';

const MINUTE = 60_000;

/**
 * Everything that decides which times of some days are free, gathered once. Callers that ask for the same days share it
 * until the next commit: do not modify a list, but put a new list into a map of your own.
 */
export interface AvailabilityContext {
  practice: Practice;
  now: number;
  therapists: ReadonlyMap<string, TherapistHours>;
  timeOff: ReadonlyMap<string, Interval[]>;
  rooms: ReadonlyMap<string, Interval[]>;
  /** The names of holidays, by day: nobody works then. */
  holidays: ReadonlyMap<string, string>;
  /** The workload caps of therapists, and their current workload. */
  loads: CapsAndWorkload;
  /** Staff are asking: no notice applies, nor a massage's rules for clients. */
  isForStaff: boolean;
  /** Staff book outside the hours after a warning: busy times still count. */
  isAnyHour?: boolean;
}

/** Gathers the hours and busy times of these therapists and rooms, from one local day up to another. */
export async function gatherAvailabilityContext(
  db: Db,
  query: {
    practice: Practice;
    therapistIds: string[];
    roomIds: string[];
    from: string;
    to: string;
    now: number;
    heldBy?: string;
    isForStaff?: boolean;
    /** Appointments that are about to be moved away. */
    moving?: string[];
  },
): Promise<AvailabilityContext> {
  const { practice, now, heldBy, isForStaff = false, moving = [] } = query;
  const therapistIds = [...new Set(query.therapistIds)];
  const roomIds = [...new Set(query.roomIds)];
  const { timeZone } = practice;
  // One more day on both sides: hours may run over midnight, and set-up and clean-up may reach beyond the first and
  // last start of a day.
  const from = addDays(query.from, -1);
  const to = addDays(query.to, 1);
  const within = {
    start: getDayInterval(practice.timeZone, from).start,
    end: getDayInterval(practice.timeZone, to).start,
  };
  const [hours, busy, loads] = await Promise.all([
    getEffectiveHoursOfTherapists(db, therapistIds, from, to),
    listBusyIntervals(db, within, { therapistIds, roomIds }, now, heldBy),
    isForStaff ? NO_WORKLOAD_CAPS : gatherWorkloads(db, { timeZone, therapistIds, within, moving }),
  ]);
  const therapists = new Map(
    therapistIds.map((id) => [id, { id, ...hours.therapists.get(id)!, busy: busy.therapists.get(id)! }]),
  );
  const { timeOff, rooms } = busy;
  return {
    practice: exemptStaff(practice, isForStaff),
    now,
    therapists,
    timeOff,
    rooms,
    holidays: hours.holidays,
    loads,
    isForStaff,
  };
}

/** The rooms that suit any of these massages. */
export function listRoomIdsOfServices(services: ActiveService[]): string[] {
  return [...new Set(services.flatMap(({ rooms }) => rooms))];
}

/** The rooms that suit a massage, with their busy times. */
export function getBusyTimesOfSuitableRooms(free: AvailabilityContext, services: ActiveService[]): RoomBusyTimes[] {
  return listRoomIdsOfServices(services).map((id) => {
    const busy = free.rooms.get(id);
    // A room whose busy times were not read would seem free.
    if (!busy) throw new Error(`What is taken of the room ${id} was not gathered.`);
    return { id, busy };
  });
}

/** The first local day beyond the booking window. */
export function getFirstDayBeyondWindow(practice: Practice, now: number): string {
  return addDays(toWallTime(practice.timeZone, now).on, practice.windowDays + 1);
}

/** A massage's length and buffers as time is claimed for it: out to whole cells. */
export function toDurationAndBuffers({ setupMinutes, cleanupMinutes }: ActiveService, minutes: number) {
  const { start, end } = computePaddedInterval(0, { minutes, setupMinutes, cleanupMinutes });
  return { durationMinutes: minutes, bufferBefore: -start / MINUTE, bufferAfter: end / MINUTE - minutes };
}
