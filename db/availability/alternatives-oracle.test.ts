import { expect, it } from 'vitest';
import type { ActiveService } from '@/db/practice/services';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { suggestAlternatives } from '@/scheduling/standing-times';
import { NO_WORKLOAD_CAPS } from '@/scheduling/workload-caps';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { arbitraryBusyNear, arbitraryWeeklyHours } from '@/testing/random-hours';
import type { AvailabilityContext } from './availability-context';
import { getFirstDayBeyondWindow, toDurationAndBuffers } from './availability-context';
import { findAlternativeTimes, type RequestedAppointment } from './find-clash';

const START = Date.UTC(2026, 11, 1, 10);
const IDS = ['tom', 'mira', 'jun', 'aoife', 'zoe'];

/** Searches the whole team, with everybody's busy time. */
function askForAll(
  free: AvailabilityContext,
  { startsAt, therapistId, service, minutes }: RequestedAppointment,
  ownIntervals: Interval[],
  among: string[] | null,
) {
  const { timeZone, stepMinutes, noticeMinutes } = free.practice;
  const last = getFirstDayBeyondWindow(free.practice, free.now);
  return suggestAlternatives({
    timeZone,
    stepMinutes,
    now: free.now,
    minNoticeMinutes: noticeMinutes,
    clash: { start: startsAt, therapistId, ...toDurationAndBuffers(service, minutes) },
    taken: ownIntervals,
    therapists: service.therapists.filter((id) => among?.includes(id) ?? true).map((id) => free.therapists.get(id)!),
    rooms: [{ id: 'garden', busy: free.rooms.get('garden')! }],
  }).filter(({ start }) => toWallTime(timeZone, start).on < last);
}

it('the alternatives for a clash are those that a search of the whole team finds', () => {
  const busy = arbitraryBusyNear(START, 3);
  let others = 0;
  fc.assert(
    fc.property(
      fc.tuple(...IDS.map(() => fc.record({ weeklyHours: arbitraryWeeklyHours, busy }))),
      fc.record({ room: busy, taken: busy, windowDays: fc.constantFrom(2, 60) }),
      fc.integer({ min: -12, max: 12 }).map((hours) => START + hours * 3_600_000),
      fc.shuffledSubarray(IDS, { minLength: 1 }),
      fc.option(fc.subarray(IDS)),
      (hours, { room, taken: ownIntervals, windowDays }, startsAt, therapists, among) => {
        const practice = { timeZone: 'Europe/Dublin', stepMinutes: 15, noticeMinutes: 120, windowDays };
        const service = { id: 'swedish', therapists, rooms: ['garden'], setupMinutes: 0, cleanupMinutes: 15 };
        const own = { noticeMinutes: null, windowDays: null, latestStart: null, pressure: 'gentle' };
        const free = {
          practice,
          now: START - 24 * 3_600_000,
          therapists: new Map(IDS.map((id, at) => [id, { id, overrides: [], ...hours[at]! }])),
          rooms: new Map([['garden', room]]),
          loads: NO_WORKLOAD_CAPS,
          isForStaff: false,
        } as unknown as AvailabilityContext;
        const request = {
          startsAt,
          therapistId: therapists[0]!,
          service: { ...service, ...own } as unknown as ActiveService,
          minutes: 60,
        };
        const found = findAlternativeTimes(free, request, ownIntervals, { among });
        expect(found).toEqual(askForAll(free, request, ownIntervals, among));
        if (found.some(({ therapistId }) => therapistId !== request.therapistId)) others++;
      },
    ),
    { numRuns: getPropertyTestRuns(400) },
  );
  expect(others).toBeGreaterThan(0);
});
