import type { StartingServiceId } from '@/db/practice/new-practice-defaults';
import type { Holiday } from '@/db/practice/practice';
import type { hoursOverrides, timeOff } from '@/db/schema';
import { isStartOnGrid } from '@/scheduling/availability';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { PRACTICE, ROOMS, THERAPISTS } from './demo-practice';

export const DEMO_MASSAGE_CLEANUP_MINUTES = 15;
const { timeZone } = PRACTICE;

/** Which therapists and rooms are taken while the demo is planned. */
export interface DemoBusyTimes {
  /**
   * A free room for this massage at that time, or undefined when the therapist or every room is taken or the day is
   * closed.
   */
  place(therapistId: string, serviceId: StartingServiceId, startsAt: number, minutes: number): string | undefined;
  take(therapistId: string, roomId: string, padded: Interval): void;
}

export function createDemoBusyTimes(demo: {
  holidays: Holiday[];
  overrides: (typeof hoursOverrides.$inferInsert)[];
  timeOff: (typeof timeOff.$inferInsert)[];
}): DemoBusyTimes {
  const busyByKey = new Map<string, Interval[]>();
  const isTaken = (key: string, padded: Interval) =>
    busyByKey.get(key)?.some((other) => intervalsOverlap(other, padded)) ?? false;
  const add = (key: string, interval: Interval) => busyByKey.set(key, [...(busyByKey.get(key) ?? []), interval]);
  for (const { therapistId, startAt, endAt } of demo.timeOff) add(therapistId, { start: startAt, end: endAt });
  return {
    place(therapistId, serviceId, startsAt, minutes) {
      const therapist = THERAPISTS.find(({ id }) => id === therapistId)!;
      const weeklyHours = Object.fromEntries(
        therapist.hours.flatMap(({ weekdays, ranges }) => weekdays.map((weekday) => [weekday, ranges])),
      );
      const changed = [
        ...demo.overrides.filter((override) => override.therapistId === therapistId),
        ...demo.holidays.map(({ on }) => ({ on, hours: [] })),
      ];
      const grid = {
        timeZone,
        stepMinutes: 15,
        durationMinutes: minutes,
        bufferBefore: 0,
        bufferAfter: DEMO_MASSAGE_CLEANUP_MINUTES,
      };
      if (!isStartOnGrid({ ...grid, weeklyHours, overrides: changed }, startsAt)) return undefined;
      const padded = computePaddedInterval(startsAt, {
        minutes,
        setupMinutes: 0,
        cleanupMinutes: DEMO_MASSAGE_CLEANUP_MINUTES,
      });
      if (isTaken(therapistId, padded)) return undefined;
      const suiting = ROOMS.filter(({ suits }) => suits.includes(serviceId)).map(({ id }) => id);
      const inOrder = [therapist.room, ...suiting].filter((id) => suiting.includes(id));
      return inOrder.find((id) => !isTaken(id, padded));
    },
    take(therapistId, roomId, padded) {
      add(therapistId, padded);
      add(roomId, padded);
    },
  };
}
