import { describe, expect, it } from 'vitest';
import { toInstant } from '@/scheduling/zone-conversion';
import {
  type AppointmentPlacement,
  findNearestLength,
  isPlacementTaken,
  isSamePlacement,
  type MovableAppointment,
  movePlacementByKey,
} from './appointment-placement';

const timeZone = 'Europe/Dublin';
const at = (on: string, time: string) => toInstant(timeZone, on, time);
const place: AppointmentPlacement = { therapistId: 'mira', startsAt: at('2026-12-01', '14:00'), minutes: 60 };
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
    // Tom has the lane beside Mira, but does not give this massage.
    ['ArrowRight', { therapistId: 'aoife' }],
  ])('%s changes one thing', (key, change) => {
    expect(movePlacementByKey(key, place, massage, team)).toEqual({ ...place, ...change });
  });
  it('goes to the same hour of the next day where days are side by side, also when the clocks change', () => {
    const friday = { ...place, startsAt: at('2027-03-27', '14:00') };
    expect(movePlacementByKey('ArrowRight', friday, massage, week)?.startsAt).toBe(at('2027-03-28', '14:00'));
    expect(movePlacementByKey('ArrowLeft', place, massage, week)?.startsAt).toBe(at('2026-11-30', '14:00'));
  });
  it('does nothing at the last therapist or length, and nothing for any other key', () => {
    expect(movePlacementByKey('ArrowLeft', place, massage, team)).toBeNull();
    expect(movePlacementByKey('ArrowRight', { ...place, therapistId: 'jun' }, massage, team)).toBeNull();
    expect(movePlacementByKey('+', { ...place, minutes: 90 }, massage, team)).toBeNull();
    expect(movePlacementByKey('-', { ...place, minutes: 30 }, massage, team)).toBeNull();
    expect(movePlacementByKey('x', place, massage, team)).toBeNull();
    // Tom no longer gives this massage, so there is no next therapist to go to.
    expect(movePlacementByKey('ArrowRight', { ...place, therapistId: 'tom' }, massage, team)).toBeNull();
  });
});

it('a drawn length becomes the nearest length on offer', () => {
  expect([20, 44, 46, 70, 200].map((drawn) => findNearestLength([30, 60, 90], drawn))).toEqual([30, 30, 60, 60, 90]);
});

it('two places are the same when therapist, time and length are', () => {
  expect(isSamePlacement(place, { ...place })).toBe(true);
  for (const change of [{ therapistId: 'jun' }, { startsAt: 0 }, { minutes: 30 }]) {
    expect(isSamePlacement(place, { ...place, ...change })).toBe(false);
  }
});

describe('a place is taken', () => {
  const MINUTE = 60_000;
  const movableOf = (uid: string, startsAt: number, seriesUid = uid): MovableAppointment => ({
    ...{
      uid,
      seriesUid,
      version: 1,
      seriesVersion: 1,
      serviceId: 'swedish',
      name: uid,
      setUp: 0,
      cleanUp: 15 * MINUTE,
    },
    ...{
      place: { therapistId: 'mira', startsAt, minutes: 60 },
      hasOthers: false,
      hasFollowing: false,
      hasEarlier: false,
    },
  });
  const eventOf = (movable: MovableAppointment) => {
    const start = movable.place.startsAt;
    return { id: movable.uid, movable, occupied: { start, end: start + 75 * MINUTE } };
  };
  const ana = movableOf('ana', at('2026-12-01', '14:00'));
  const bea = movableOf('bea', at('2026-12-01', '17:00'));
  const lanes = [{ id: 'mira', events: [eventOf(ana), eventOf(bea)] }];
  const to = (time: string, change: Partial<AppointmentPlacement> = {}) => ({
    ...place,
    startsAt: at('2026-12-01', time),
    ...change,
  });

  it('where somebody else is booked, or needs the time for set-up or clean-up', () => {
    expect(['15:30', '15:45', '15:50', '17:00', '18:10'].map((time) => isPlacementTaken(lanes, ana, to(time)))).toEqual(
      [...[false, false, true, true, true]],
    );
    expect(isPlacementTaken(lanes, ana, to('18:15'))).toBe(false);
    expect(isPlacementTaken(lanes, ana, to('15:45', { minutes: 90 }))).toBe(true);
  });
  it('but not by itself, by somebody in another lane, or by a date of its own series, which may move along', () => {
    expect(isPlacementTaken(lanes, ana, to('14:15'))).toBe(false);
    expect(isPlacementTaken(lanes, ana, to('17:00', { therapistId: 'jun' }))).toBe(false);
    const next = { ...bea, seriesUid: 'ana' };
    expect(isPlacementTaken([{ id: 'mira', events: [eventOf(ana), eventOf(next)] }], ana, to('17:00'))).toBe(false);
  });
  it('by a colleague’s booked time without details, but not by an event that occupies no time', () => {
    const occupied = { start: at('2026-12-01', '17:00'), end: at('2026-12-01', '18:00') };
    expect(isPlacementTaken([{ id: 'mira', events: [{ id: 'x', movable: null, occupied }] }], ana, to('17:30'))).toBe(
      true,
    );
    expect(isPlacementTaken([{ id: 'mira', events: [{ id: 'leave', movable: null }] }], ana, to('17:30'))).toBe(false);
  });
});
