import { expect, it } from 'vitest';
import type { ProposedDate } from '@/db/booking/propose-move';
import { toInstant } from '@/scheduling/zone-conversion';
import { buildProposedRows } from './build-proposed-rows';

const timeZone = 'Europe/Dublin';
const words = {
  timeZone,
  locale: 'en-IE',
  names: { mira: 'Mira', jun: 'Jun' },
  massages: { a: 'Swedish' },
  usual: 'mira',
};
const date = (changes: Partial<ProposedDate>): ProposedDate => ({
  uid: 'a',
  position: 1,
  movedFrom: toInstant(timeZone, '2026-12-23', '17:30'),
  startsAt: toInstant(timeZone, '2026-12-24', '17:00'),
  endsAt: toInstant(timeZone, '2026-12-24', '18:00'),
  therapistId: 'mira',
  clash: null,
  alternatives: [],
  mayStay: true,
  maySkip: true,
  ...changes,
});
const rowOf = (changes: Partial<ProposedDate>, picks: Record<number, string> = {}) =>
  buildProposedRows([date(changes)], picks, words)[0]!;

it('a date that is moved along shows where it was before', () => {
  expect(rowOf({})).toMatchObject({ state: 'free', day: 'Thu 24 Dec', insteadOf: 'Wed 23 Dec', who: null });
  const sameDay = { movedFrom: toInstant(timeZone, '2026-12-24', '17:30'), therapistId: 'jun' };
  expect(rowOf(sameDay)).toMatchObject({ insteadOf: '17:30', who: 'Jun' });
});

const holiday = { reason: 'holiday', reasonDetail: 'Christmas Eve' } as const;
const friday = { start: toInstant(timeZone, '2026-12-25', '17:00'), therapistId: 'jun' };

it('a date that clashes shows the reason, with the name of a holiday, and the choices', () => {
  const row = rowOf({ clash: holiday, alternatives: [friday] as ProposedDate['alternatives'] });
  expect(row.why).toBe('We are closed that day: Christmas Eve. What would you like for this one?');
  expect(row.options.map(({ value, title }) => `${value}: ${title}`)).toEqual([
    '2026-12-25T17:00@jun: Fri 25 Dec, 17:00 with Jun',
    'stay: Leave it on Wed 23 Dec, 17:30',
    'skip: Cancel this date',
  ]);
  expect(row.pick).toBe('2026-12-25T17:00@jun');
});

it('keeps a chosen repair while it is still available', () => {
  expect(rowOf({ clash: holiday }, { 1: 'skip' }).pick).toBe('skip');
  expect(rowOf({ clash: holiday, maySkip: false }, { 1: 'skip' }).pick).toBe('stay');
});

it('says so where a date has no repair', () => {
  const row = rowOf({ clash: { reason: 'room' }, mayStay: false, maySkip: false });
  expect(row).toMatchObject({ options: [], pick: null });
  expect(row.why).toBe('Every room is taken at that time. Choose another day or hour for them all.');
});
