import { describe, expect, it } from 'vitest';
import type { ReplacementDate } from '@/app/book/booking-choice';
import { listDatesBeforeRepairs } from './build-booking-request';
import { buildDateRows } from './date-rows';
import type { DateClashDetails } from './describe-clash';
import { choice, timeZone } from './test-choice';

const at = (on: string, time: string) => Date.parse(`${on}T${time}:00Z`);
const alternative = (on: string, time: string, therapistId = 'mira') => ({ start: at(on, time), therapistId });
const christmas: DateClashDetails = {
  position: 3,
  reason: 'time_off',
  detail: 'from 13:00',
  alternatives: [
    alternative('2026-12-23', '17:30'),
    alternative('2026-12-24', '12:00'),
    alternative('2026-12-24', '17:30', 'tom'),
  ],
};
const deciding = {
  usual: { therapistId: 'mira' },
  apartMinutes: 15,
  timeZone,
  locale: 'en-IE',
  names: { mira: 'Mira', tom: 'Tom' },
  massages: { swedish: 'Swedish', sports: 'Sports' },
};
const decideOnce = (trouble: Partial<DateClashDetails>) =>
  buildDateRows({
    ...deciding,
    planned: listDatesBeforeRepairs({ ...choice, cadence: 'once', sessions: 1 }, timeZone),
    troubles: [{ ...christmas, position: 1, ...trouble }],
    picks: {},
    refused: new Set(),
  })[0];
const decide = (troubles: DateClashDetails[], picks: Record<number, ReplacementDate> = {}, refused: number[] = []) =>
  buildDateRows({
    planned: listDatesBeforeRepairs(choice, timeZone),
    troubles,
    picks,
    refused: new Set(refused),
    ...deciding,
  });

describe('a clash', () => {
  it('says why, and offers other times and skipping, with the first one chosen', () => {
    const row = decide([christmas])[2];
    expect(row).toMatchObject({
      state: 'clash',
      day: 'Thu 24 Dec',
      hours: '17:30 to 18:30',
      why: 'Mira is off from 13:00 that day. Choose another time for this one, or skip it.',
      pick: '2026-12-23T17:30@mira',
    });
    expect(row?.options.map(({ title, hint }) => `${title}: ${hint}`)).toEqual([
      'Wed 23 Dec, 17:30 with Mira: the day before, same hour',
      'Thu 24 Dec, 12:00 with Mira: same day, earlier',
      'Thu 24 Dec, 17:30 with Tom: same day and hour',
      'Skip this date: we tell you if it frees up',
    ]);
  });
  it('can only be skipped when no other time is near', () => {
    const row = decide([{ ...christmas, alternatives: [] }])[2];
    expect(row).toMatchObject({ pick: 'skip', options: [{ value: 'skip' }] });
    expect(row?.why).toBe(
      'Mira is off from 13:00 that day. Mira is not free near it, nor is anyone else at that hour. You can skip this one.',
    );
  });
  it('of the only date cannot be skipped: nothing would be left to book', () => {
    const near = [alternative('2026-12-10', '12:00')];
    expect(decideOnce({ alternatives: near })).toMatchObject({
      why: 'Mira is off from 13:00 that day. Choose another time.',
      options: [{ value: '2026-12-10T12:00@mira' }],
      mayFreeUp: true,
    });
    expect(decideOnce({ alternatives: [], reason: 'holiday', detail: 'Christmas' })).toMatchObject({
      why: 'We are closed that day: Christmas. Mira is not free near it, nor is anyone else at that hour.',
      options: [],
      mayFreeUp: false,
    });
  });
  it('gives only the last day of a leave of several days', () => {
    const why = (detail: string) => decide([{ ...christmas, detail }])[2]?.why;
    expect(why('until Sun 27 Dec')).toContain('Mira is off until Sun 27 Dec. Choose');
    expect(why('all day')).toContain('Mira is off that day. Choose');
  });
  it('promises an e-mail only where the time can become free', () => {
    const hint = (reason: DateClashDetails['reason']) => decide([{ ...christmas, reason }])[2]?.options.at(-1)?.hint;
    expect([hint('booked'), hint('holiday'), hint('too_far')]).toEqual([
      'we tell you if it frees up',
      'the other dates stay',
      'the other dates stay',
    ]);
  });
  it('is settled by an offered time', () => {
    const row = decide([christmas], { 3: { kind: 'move', on: '2026-12-24', time: '17:30', therapistId: 'tom' } })[2];
    expect(row).toMatchObject({
      state: 'moved',
      day: 'Thu 24 Dec',
      who: 'Tom',
      insteadOf: null,
      pick: '2026-12-24T17:30@tom',
    });
  });
  it('names the old day or the old hour of a moved date', () => {
    const day = decide([christmas], { 3: { kind: 'move', on: '2026-12-23', time: '17:30', therapistId: 'mira' } })[2];
    const hour = decide([christmas], { 3: { kind: 'move', on: '2026-12-24', time: '12:00', therapistId: 'mira' } })[2];
    expect([day?.insteadOf, hour?.insteadOf]).toEqual(['Thu 24 Dec', '17:30']);
  });
  it('is settled by skipping the date', () => {
    expect(decide([christmas], { 3: { kind: 'skip' } })[2]).toMatchObject({ state: 'skipped', pick: 'skip' });
  });
  it('stays open when the chosen time is not available, and says so', () => {
    const row = decide(
      [christmas],
      { 3: { kind: 'move', on: '2026-12-22', time: '03:07', therapistId: 'mira' } },
      [3],
    )[2];
    expect(row).toMatchObject({ state: 'clash', pick: '2026-12-23T17:30@mira' });
    expect(row?.why).toBe(
      'Tue 22 Dec, 03:07 with Mira is not available. Mira is off from 13:00 that day. Choose another time for this one, or skip it.',
    );
  });
});

describe('two clashes', () => {
  const shared = alternative('2026-12-28', '10:00');
  const both: DateClashDetails[] = [
    { position: 3, reason: 'holiday', detail: 'Christmas', alternatives: [shared] },
    { position: 4, reason: 'booked', alternatives: [shared, alternative('2026-12-30', '10:00')] },
  ];
  const moved: ReplacementDate = { kind: 'move', on: '2026-12-28', time: '10:00', therapistId: 'mira' };
  it('are not offered the same time first', () => {
    expect(decide(both).map(({ pick }) => pick)).toEqual([
      null,
      null,
      '2026-12-28T10:00@mira',
      '2026-12-30T10:00@mira',
    ]);
  });
  it('cannot both be moved to the same time', () => {
    expect(decide(both, { 3: moved, 4: moved }).map(({ state }) => state)).toEqual(['free', 'free', 'moved', 'clash']);
  });
});

describe('a free date', () => {
  it('can be moved, but not onto or past another date', () => {
    const onto = (on: string): ReplacementDate => ({ kind: 'move', on, time: '17:30', therapistId: 'mira' });
    expect(decide([], { 1: onto('2026-12-11') })[0]?.state).toBe('moved');
    expect(decide([], { 1: onto('2026-12-17') })[0]?.state).toBe('free');
    expect(decide([], { 1: onto('2026-12-18') })[0]?.state).toBe('free');
  });
  it('keeps the break that the practice needs between two massages', () => {
    const to = (time: string): ReplacementDate => ({ kind: 'move', on: '2026-12-17', time, therapistId: 'mira' });
    expect(decide([], { 1: to('16:16') })[0]?.state).toBe('free');
    expect(decide([], { 1: to('16:15') })[0]?.state).toBe('moved');
  });
  it('stays at its own time when it cannot be moved to the chosen one, and says so', () => {
    const row = decide([], { 2: { kind: 'move', on: '2026-12-18', time: '03:00', therapistId: 'tom' } }, [2])[1];
    expect(row).toMatchObject({
      state: 'free',
      day: 'Thu 17 Dec',
      pick: null,
      why: 'Fri 18 Dec, 03:00 with Tom is not available. This date is back at its own time.',
    });
  });
});
