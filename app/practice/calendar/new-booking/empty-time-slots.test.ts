import { expect, it } from 'vitest';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { listEmptyTimeSlots } from './empty-time-slots';

const ZONE = 'Europe/Dublin';
const ON = '2026-12-01';
const at = (time: string) => toInstant(ZONE, ON, time);
const booked = (from: string, until: string) => ({ paddedStartsAt: at(from), paddedEndsAt: at(until) });

function slots(
  appointments: { paddedStartsAt: number; paddedEndsAt: number }[],
  now: string,
  lunch?: { from: string; until: string },
): string[] {
  const timeOff = lunch ? [{ startsAt: at(lunch.from), endsAt: at(lunch.until) }] : [];
  const open = { [ON]: [{ start: at('09:00'), end: at('13:00'), from: '09:00', until: '13:00' }] };
  const found = listEmptyTimeSlots(
    { appointments, timeOff, external: [] } as never,
    { open, days: [ON] },
    { now: at(now), stepMinutes: 30 },
  );
  return found.map(({ start, end }) => `${toWallTime(ZONE, start).time} ${toWallTime(ZONE, end).time}`);
}

it('cuts free time into hours, and leaves out pieces shorter than half an hour', () => {
  expect(slots([], '08:00')).toEqual(['09:00 10:00', '10:00 11:00', '11:00 12:00', '12:00 13:00']);
  expect(slots([booked('09:30', '10:45')], '08:00')).toEqual(['09:00 09:30', '11:00 12:00', '12:00 13:00']);
  expect(slots([booked('09:00', '12:45')], '08:00')).toEqual([]);
});

it('begins after now and after what is booked, on a step of the day', () => {
  expect(slots([booked('10:00', '11:05')], '09:10', { from: '12:00', until: '13:00' })).toEqual([
    '09:30 10:00',
    '11:30 12:00',
  ]);
  expect(slots([], '13:30')).toEqual([]);
});
