import { describe, expect, it } from 'vitest';
import type { SeriesDate } from '@/db/appointments/appointment-facts';
import { countDatesInScope } from './count-dates-in-scope';

const DAY = 86_400_000;
const now = 10 * DAY + 1;

/** One date a day: `mira`, `jun`; in capitals those that are cancelled. */
function places(...therapists: string[]): SeriesDate[] {
  return therapists.map((name, at) => ({
    uid: `${at + 1}`,
    position: at + 1,
    startsAt: (at + 9) * DAY,
    therapistId: name.toLowerCase(),
    status: name === name.toUpperCase() ? 'cancelled' : 'booked',
    isMoved: false,
  }));
}
const mira = { role: 'therapist', therapistId: 'mira' } as const;
const owner = { role: 'owner', therapistId: null } as const;
const named = (position: number, ...therapists: string[]) => ({
  uid: `${position}`,
  position,
  places: places(...therapists),
});

describe('what cancelling one date can take along', () => {
  it('is what comes after it, and everything that is to come', () => {
    expect(countDatesInScope(named(4, 'mira', 'mira', 'mira', 'mira', 'mira'), mira, now)).toEqual({
      following: 1,
      all: 2,
      colleagues: 0,
    });
  });
  it('leaves out what was cancelled and what is over', () => {
    expect(countDatesInScope(named(1, 'mira', 'mira', 'MIRA', 'mira'), mira, now)).toMatchObject({
      following: 1,
      all: 1,
    });
  });
  it('is only one’s own part of a series shared with a colleague', () => {
    const shared = named(3, 'mira', 'jun', 'mira', 'jun', 'mira');
    expect(countDatesInScope(shared, mira, now)).toEqual({ following: 1, all: 1, colleagues: 1 });
    expect(countDatesInScope(shared, owner, now)).toEqual({ following: 2, all: 2, colleagues: 0 });
  });
  it('goes by the place in the series, also when a date was moved past another', () => {
    const moved = named(4, 'mira', 'mira', 'mira', 'mira', 'mira');
    moved.places[4]!.startsAt = 11.5 * DAY;
    expect(countDatesInScope(moved, mira, now)).toMatchObject({ following: 1, all: 2 });
  });
});
