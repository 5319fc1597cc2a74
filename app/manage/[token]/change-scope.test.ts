import { describe, expect, it } from 'vitest';
import type { AppointmentView } from '@/db/appointments/series';
import { listAppointmentsInScope, listOfferedScopes, readChangeScope } from './change-scope';
import type { ManagedSeries } from './managed-series';

const dates = (...statuses: AppointmentView['status'][]) =>
  statuses.map((status, at) => ({ uid: `${at + 1}`, position: at + 1, startsAt: at + 1, status }) as AppointmentView);
const entry = (appointments: AppointmentView[], now = 0) =>
  ({ series: { appointments }, now }) as unknown as Pick<ManagedSeries, 'series' | 'now'>;

describe('the scopes of a change', () => {
  const four = dates('booked', 'booked', 'booked', 'booked');
  it('are all offered in the middle of a series', () => {
    expect(listOfferedScopes(entry(four), four[1]!)).toEqual(['this', 'following', 'all']);
  });
  it('are offered once where two of them mean the same dates', () => {
    expect(listOfferedScopes(entry(four), four[0]!)).toEqual(['this', 'all']);
    expect(listOfferedScopes(entry(four), four[3]!)).toEqual(['this', 'all']);
    expect(listOfferedScopes(entry(four, 2), four[2]!)).toEqual(['this', 'all']);
  });
  it('are only "this" for the last upcoming date', () => {
    expect(listOfferedScopes(entry(four, 3), four[3]!)).toEqual(['this']);
  });
  it('leave out dates that are over or cancelled', () => {
    const some = dates('completed', 'booked', 'cancelled', 'booked');
    expect(listAppointmentsInScope(entry(some, 1), some[1]!, 'all').map(({ uid }) => uid)).toEqual(['2', '4']);
  });
});

it('reads the scope in an address, and takes an invalid one as this date alone', () => {
  expect(readChangeScope(['this', 'following', 'all'], 'following')).toBe('following');
  expect(readChangeScope(['this', 'all'], 'following')).toBe('all');
  for (const odd of ['everything', undefined, ['all'], '__proto__'])
    expect(readChangeScope(['this', 'all'], odd)).toBe('this');
});
