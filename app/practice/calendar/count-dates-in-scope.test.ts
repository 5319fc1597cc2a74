import { describe, expect, it } from 'vitest';
import type { SeriesDate } from '@/db/appointments/appointment-facts';
import { countDatesToCancel, countDatesToMove } from './count-dates-in-scope';

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
    nominalStartsAt: (at + 9) * DAY,
    nominalTherapistId: name.toLowerCase(),
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
    expect(countDatesToCancel(named(4, 'mira', 'mira', 'mira', 'mira', 'mira'), mira, now)).toEqual({
      following: 1,
      all: 2,
      colleagues: 0,
    });
  });
  it('leave out cancelled and past dates', () => {
    expect(countDatesToCancel(named(1, 'mira', 'mira', 'MIRA', 'mira'), mira, now)).toMatchObject({
      following: 1,
      all: 1,
    });
  });
  it('are only one’s own part of a series that is shared with a colleague', () => {
    const shared = named(3, 'mira', 'jun', 'mira', 'jun', 'mira');
    expect(countDatesToCancel(shared, mira, now)).toEqual({ following: 1, all: 1, colleagues: 1 });
    expect(countDatesToCancel(shared, owner, now)).toEqual({ following: 2, all: 2, colleagues: 0 });
  });
  it('are counted by position in the series, also when a date was moved past another', () => {
    const moved = named(4, 'mira', 'mira', 'mira', 'mira', 'mira');
    moved.places[4]!.startsAt = 11.5 * DAY;
    expect(countDatesToCancel(moved, mira, now)).toMatchObject({ following: 1, all: 2 });
  });
});

describe('the dates that can be moved along with one', () => {
  it('leave out the past, and those that are not where the plan has them, which are listed', () => {
    const some = named(3, 'mira', 'mira', 'mira', 'mira', 'mira', 'mira', 'MIRA');
    some.places[3]!.startsAt += 1;
    some.places[4]!.nominalTherapistId = 'jun';
    const { staying, ...counts } = countDatesToMove(some, mira, now);
    expect(counts).toEqual({ following: 1, all: 1 });
    expect(staying.map(({ uid }) => uid)).toEqual(['4', '5']);
  });
  it('take the chosen one along wherever it is, and only one’s own', () => {
    const shared = named(3, 'mira', 'jun', 'mira', 'jun', 'mira');
    shared.places[2]!.startsAt += 1;
    expect(countDatesToMove(shared, mira, now)).toEqual({ following: 1, all: 1, staying: [] });
    expect(countDatesToMove(shared, owner, now)).toEqual({ following: 2, all: 2, staying: [] });
  });
  it('are none of a date that is over, or with a colleague', () => {
    const none = { following: 0, all: 0, staying: [] };
    expect(countDatesToMove(named(3, 'mira', 'mira', 'MIRA', 'mira'), mira, now)).toEqual(none);
    expect(countDatesToMove(named(3, 'mira', 'mira', 'jun', 'mira'), mira, now)).toEqual(none);
  });
});
