import { describe, expect, it } from 'vitest';
import { toInstant } from '@/scheduling/zone';
import { isSamePlace, nearestLength, type Place, placeAfterKey } from './places';

const timeZone = 'Europe/Dublin';
const at = (on: string, time: string) => toInstant(timeZone, on, time);
const place: Place = { therapistId: 'mira', startsAt: at('2026-12-01', '14:00'), minutes: 60 };
const massage = { therapistIds: ['mira', 'jun', 'aoife'], lengths: [90, 30, 60], prices: {} };
const team = { timeZone, stepMinutes: 15, therapistIds: ['mira', 'tom', 'aoife', 'jun'] };
const week = { ...team, therapistIds: ['mira'] };

describe('a key', () => {
  it.each([
    ['ArrowDown', { startsAt: at('2026-12-01', '14:15') }],
    ['ArrowUp', { startsAt: at('2026-12-01', '13:45') }],
    ['+', { minutes: 90 }],
    ['=', { minutes: 90 }],
    ['-', { minutes: 30 }],
    // Tom stands beside Mira, and does not give this massage.
    ['ArrowRight', { therapistId: 'aoife' }],
  ])('%s changes one thing', (key, change) => {
    expect(placeAfterKey(key, place, massage, team)).toEqual({ ...place, ...change });
  });
  it('goes to the same hour of another day where days stand side by side, also when the clocks change', () => {
    const friday = { ...place, startsAt: at('2027-03-27', '14:00') };
    expect(placeAfterKey('ArrowRight', friday, massage, week)?.startsAt).toBe(at('2027-03-28', '14:00'));
    expect(placeAfterKey('ArrowLeft', place, massage, week)?.startsAt).toBe(at('2026-11-30', '14:00'));
  });
  it('changes nothing at the end of what there is, and none that is not meant', () => {
    expect(placeAfterKey('ArrowLeft', place, massage, team)).toBeNull();
    expect(placeAfterKey('ArrowRight', { ...place, therapistId: 'jun' }, massage, team)).toBeNull();
    expect(placeAfterKey('+', { ...place, minutes: 90 }, massage, team)).toBeNull();
    expect(placeAfterKey('-', { ...place, minutes: 30 }, massage, team)).toBeNull();
    expect(placeAfterKey('x', place, massage, team)).toBeNull();
    // With somebody who has stopped giving it, there is no beside.
    expect(placeAfterKey('ArrowRight', { ...place, therapistId: 'tom' }, massage, team)).toBeNull();
  });
});

it('a length that was drawn becomes the nearest that is offered', () => {
  expect([20, 44, 46, 70, 200].map((drawn) => nearestLength([30, 60, 90], drawn))).toEqual([30, 30, 60, 60, 90]);
});

it('a place is the same by therapist, time and length', () => {
  expect(isSamePlace(place, { ...place })).toBe(true);
  for (const change of [{ therapistId: 'jun' }, { startsAt: 0 }, { minutes: 30 }]) {
    expect(isSamePlace(place, { ...place, ...change })).toBe(false);
  }
});
