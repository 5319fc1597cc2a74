import { describe, expect, it } from 'vitest';
import type { AppointmentView } from '@/db/appointments/series';
import { listAppointmentsInScope, listOfferedScopes, readChangeScope, splitByMove } from './change-scope';
import type { ManagedSeries } from './managed-series';

const DAY = 86_400_000;
const dates = (...statuses: AppointmentView['status'][]) =>
  statuses.map((status, at) => {
    const startsAt = (at + 1) * DAY;
    const plan = { nominalStartsAt: startsAt, nominalTherapistId: 'mira', therapist: { id: 'mira' }, movesByClient: 0 };
    return { uid: `${at + 1}`, position: at + 1, startsAt, status, ...plan } as AppointmentView;
  });
const entry = (appointments: AppointmentView[], now = 0) =>
  ({
    series: { appointments },
    practice: { moveCutoffMinutes: 720, movesPerDate: 2 },
    now,
  }) as unknown as ManagedSeries;

describe('the scopes of a change', () => {
  it('are all offered in the middle of a series', () => {
    expect(listOfferedScopes({ this: 1, following: 3, all: 4 })).toEqual(['this', 'following', 'all']);
  });
  it('are offered once where two of them change the same dates', () => {
    expect(listOfferedScopes({ this: 1, following: 4, all: 4 })).toEqual(['this', 'all']);
    expect(listOfferedScopes({ this: 1, following: 1, all: 4 })).toEqual(['this', 'all']);
  });
  it('are only "this" where no other date would be changed', () => {
    expect(listOfferedScopes({ this: 1, following: 1, all: 1 })).toEqual(['this']);
    expect(listOfferedScopes({ this: 1, following: 0, all: 0 })).toEqual(['this']);
  });
  it('leave out dates that are over or cancelled', () => {
    const some = dates('completed', 'booked', 'cancelled', 'booked');
    expect(listAppointmentsInScope(entry(some, DAY), some[1]!, 'all').map(({ uid }) => uid)).toEqual(['2', '4']);
  });
});

describe('a move', () => {
  const four = dates('booked', 'booked', 'booked', 'booked');
  const split = (scope: 'this' | 'following' | 'all', of = four, now = 0) => {
    const { moving, staying } = splitByMove(entry(of, now), of[2]!, scope);
    return [moving.map(({ uid }) => uid), staying.map(({ date, because }) => `${date.uid} ${because}`)];
  };

  it('takes along the dates of its scope', () => {
    expect(split('this')).toEqual([['3'], []]);
    expect(split('following')).toEqual([['3', '4'], []]);
    expect(split('all')).toEqual([['1', '2', '3', '4'], []]);
  });

  it('names each date that stays, with its reason', () => {
    const [first, second, third, fourth] = four as [AppointmentView, AppointmentView, AppointmentView, AppointmentView];
    const given = { ...second, therapist: { id: 'jun', name: 'Jun Sato' } };
    const some = [first, given, third, { ...fourth, movesByClient: 2 }];
    expect(split('all', some, DAY / 2 + 1)).toEqual([['3'], ['1 cutoff', '2 exception', '4 no_moves_left']]);
  });
});

it('reads the scope in an address, and takes an invalid one as this date alone', () => {
  expect(readChangeScope(['this', 'following', 'all'], 'following')).toBe('following');
  expect(readChangeScope(['this', 'all'], 'following')).toBe('all');
  for (const odd of ['everything', undefined, ['all'], '__proto__'])
    expect(readChangeScope(['this', 'all'], odd)).toBe('this');
});
