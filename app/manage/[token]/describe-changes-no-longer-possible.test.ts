import { expect, it } from 'vitest';
import type { AppointmentView } from '@/db/appointments/series';
import { describeChangesNoLongerPossible } from './describe-changes-no-longer-possible';
import type { ManagedSeries } from './managed-series';

const NOW = Date.UTC(2026, 10, 30, 9);
const HOUR = 3_600_000;
const practice = {
  timeZone: 'Europe/Dublin',
  locale: 'en-IE',
  cancelCutoffMinutes: 24 * 60,
  moveCutoffMinutes: 12 * 60,
  movesPerDate: 2,
};

function describeLimits(date: { inHours: number; bookedHoursAgo?: number; moves?: number }, rules = {}) {
  const appointment = {
    ...{ uid: 'a', status: 'booked', timeZone: practice.timeZone },
    startsAt: NOW + date.inHours * HOUR,
    bookedAt: NOW - (date.bookedHoursAgo ?? 48) * HOUR,
    movesByClient: date.moves ?? 0,
  } as AppointmentView;
  const managed = {
    practice: { ...practice, ...rules },
    datesExemptFromMoveLimits: [] as string[],
    now: NOW,
  } as ManagedSeries;
  return describeChangesNoLongerPossible(appointment, managed);
}

it('says whether cancelling, moving or both are no longer possible', () => {
  expect(describeLimits({ inHours: 48 })).toBeNull();
  expect(describeLimits({ inHours: 20 })).toBe('Too late to cancel this one here.');
  expect(describeLimits({ inHours: 3 })).toBe('Too late to move or cancel this one here.');
  expect(describeLimits({ inHours: 48, moves: 2 })).toBe('Moved as often as it can be here.');
  expect(describeLimits({ inHours: 3, moves: 2 })).toBe('Moved as often as it can be here, and too late to cancel.');
  expect(describeLimits({ inHours: 30 }, { moveCutoffMinutes: 36 * 60 })).toBe('Too late to move this one here.');
});

it('says until when a date that was booked late can be undone', () => {
  expect(describeLimits({ inHours: 3, bookedHoursAgo: 0.1 })).toBe(
    'You have just booked it, and can cancel it until 09:09. Too late to move this one here.',
  );
  expect(describeLimits({ inHours: 20, bookedHoursAgo: 0.1 })).toBe(
    'You have just booked it, and can cancel it until 09:09.',
  );
});
