import { expect, it, vi } from 'vitest';
import type { CalendarEntry } from '@/db/appointments/calendar';
import { toInstant } from '@/scheduling/zone-conversion';

vi.mock('./actions', () => ({ arrive: async () => undefined }));
const { findNextAppointment, formatTimeUntil } = await import('./next-client');

const timeZone = 'Europe/Dublin';
const at = (time: string, on = '2026-12-01') => toInstant(timeZone, on, time);
const entry = (uid: string, time: string, other: Partial<CalendarEntry> = {}) =>
  ({
    uid,
    startsAt: at(time),
    endsAt: at(time) + 3_600_000,
    status: 'booked',
    begunAt: null,
    therapistId: 'mira',
    ...other,
  }) as CalendarEntry;

it('is the first appointment of today that has not begun and is not over', () => {
  const appointments = [
    entry('over', '09:00'),
    entry('begun', '11:00', { begunAt: at('11:00') }),
    entry('done', '11:00', { status: 'completed' }),
    entry('later', '13:00'),
    entry('next', '11:30'),
    entry('colleague', '11:15', { therapistId: 'tom' }),
    entry('tomorrow', '11:00', { startsAt: at('11:00', '2026-12-02'), endsAt: at('12:00', '2026-12-02') }),
  ];
  const next = (own: string | null, now: string) => findNextAppointment({ appointments, timeZone }, own, at(now))?.uid;
  expect(next(null, '11:10')).toBe('colleague');
  expect(next('mira', '11:10')).toBe('next');
  expect(next('mira', '11:40')).toBe('next');
  expect(next('mira', '12:45')).toBe('later');
  expect(next('mira', '18:00')).toBeUndefined();
});

it.each([
  [20, 'in 20 min'],
  [125, 'in 2 h 5 min'],
  [60, 'in 1 h'],
  [0, 'now'],
  [-10, '10 min ago'],
])('says %i minutes as %j', (minutes, words) => {
  expect(formatTimeUntil(minutes * 60_000)).toBe(words);
});
