import { describe, expect, it } from 'vitest';
import type { ManagedSeries } from '@/app/manage/[token]/managed-series';
import type { AppointmentView } from '@/db/appointments/series';
import { toInstant } from '@/scheduling/zone-conversion';
import { describeStayingDate, formatMoveHeading } from './move-wording';

const timeZone = 'Europe/Dublin';
const date = (uid: string, on: string, changes: Partial<AppointmentView> = {}) =>
  ({
    uid,
    timeZone,
    startsAt: toInstant(timeZone, on, '17:30'),
    isMoved: false,
    movedAt: null,
    therapist: { id: 'mira', name: 'Mira Kovač' },
    nominalTherapistId: 'mira',
    ...changes,
  }) as AppointmentView;
const [first, second, third] = [date('1', '2026-12-02'), date('2', '2026-12-09'), date('3', '2026-12-16')];

describe('the heading of a move', () => {
  const heading = (scope: 'this' | 'following' | 'all', moving: AppointmentView[], inScope = [first, second, third]) =>
    formatMoveHeading(first, { scope, moving, inScope }, 'en-IE').replace('Wednesday 2 December at 17:30', 'it');

  it('names all that moves', () => {
    expect(heading('this', [first], [first])).toBe('Move it');
    expect(heading('following', [first, second, third])).toBe('Move it and the two later dates');
    expect(heading('following', [first, second], [first, second])).toBe('Move it and the later date');
    expect(heading('all', [first, second, third])).toBe('Move it and your two other upcoming dates');
    expect(heading('all', [first, second], [first, second])).toBe('Move it and your other upcoming date');
  });

  it('counts only those that move', () => {
    expect(heading('following', [first, second])).toBe('Move it and one of the two later dates');
    expect(heading('all', [first, second])).toBe('Move it and one of your two other upcoming dates');
    expect(heading('all', [first])).toBe('Move it');
    expect(heading('all', [second, third])).toBe('Move two dates');
    expect(heading('all', [second])).toBe('Move one date');
  });
});

describe('a date that stays', () => {
  const say = (
    because: Parameters<typeof describeStayingDate>[1],
    changes: Partial<AppointmentView> = {},
    isByClient?: boolean,
  ) => {
    const practice = { timeZone, locale: 'en-IE', moveCutoffMinutes: 1440 } as ManagedSeries['practice'];
    const lastMoves: ManagedSeries['lastMoves'] = isByClient === undefined ? {} : { '2': { from: 0, isByClient } };
    const names = { mira: 'Mira', jun: 'Jun' };
    return describeStayingDate({ ...second, ...changes }, because, { practice, lastMoves }, names);
  };

  it('has its own reason', () => {
    expect(say('cutoff')).toBe('Wed 9 Dec stays: it is less than 24 hours away.');
    expect(say('no_moves_left')).toBe('Wed 9 Dec stays: it has been moved as often as it can be here.');
    expect(say('past')).toBe('Wed 9 Dec stays: its new time would be in the past.');
    expect(say('unchanged')).toBe('Wed 9 Dec stays at 17:30: it is at that day and hour already.');
  });

  it('says who moved it, where that is known', () => {
    const moved = { isMoved: true, movedAt: 1 };
    expect(say('exception', moved, true)).toBe('Wed 9 Dec stays at 17:30: you moved it there on its own.');
    expect(say('exception', moved, false)).toBe('Wed 9 Dec stays at 17:30: it was moved there on its own.');
    expect(say('exception', moved)).toBe('Wed 9 Dec stays at 17:30: it was moved there on its own.');
    expect(say('exception', { isMoved: true })).toBe('Wed 9 Dec stays at 17:30: it has a time of its own.');
  });

  it('says with whom it is, where only that differs', () => {
    const jun = { therapist: { id: 'jun', name: 'Jun Sato' } };
    expect(say('exception', jun)).toBe('Wed 9 Dec stays at 17:30: it is with Jun instead of Mira.');
    expect(say('exception', { ...jun, nominalTherapistId: 'gone' })).toBe(
      'Wed 9 Dec stays at 17:30: it is with Jun, unlike the others.',
    );
  });
});
