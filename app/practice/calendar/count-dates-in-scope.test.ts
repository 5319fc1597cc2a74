import { describe, expect, it } from 'vitest';
import type { SeriesDate } from '@/db/appointments/appointment-facts';
import { countDatesInScope } from './count-dates-in-scope';

const DAY = 86_400_000;
const now = 10 * DAY + 1;

/** One date a day, with the named therapist: `mira`, `jun`. A name in capitals stands for a cancelled date. */
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

describe('the dates that can be cancelled along with one', () => {
  it('are the dates after it, or all upcoming ones', () => {
    expect(countDatesInScope(named(4, 'mira', 'mira', 'mira', 'mira', 'mira'), mira, now)).toEqual({
      following: 1,
      all: 2,
      colleagues: 0,
    });
  });
  it('leave out cancelled and past dates', () => {
    expect(countDatesInScope(named(1, 'mira', 'mira', 'MIRA', 'mira'), mira, now)).toMatchObject({
      following: 1,
      all: 1,
    });
  });
  it('are only one’s own part of a series that is shared with a colleague', () => {
    const shared = named(3, 'mira', 'jun', 'mira', 'jun', 'mira');
    expect(countDatesInScope(shared, mira, now)).toEqual({ following: 1, all: 1, colleagues: 1 });
    expect(countDatesInScope(shared, owner, now)).toEqual({ following: 2, all: 2, colleagues: 0 });
  });
  it('are counted by position in the series, also when a date was moved past another', () => {
    const moved = named(4, 'mira', 'mira', 'mira', 'mira', 'mira');
    moved.places[4]!.startsAt = 11.5 * DAY;
    expect(countDatesInScope(moved, mira, now)).toMatchObject({ following: 1, all: 2 });
  });
});
