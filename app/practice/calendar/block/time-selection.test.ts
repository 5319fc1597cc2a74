import { describe, expect, it } from 'vitest';
import { parseMinuteOfDay } from '@/scheduling/time-of-day';
import { toInstant } from '@/scheduling/zone-conversion';
import {
  resizeSelectionByDay,
  resizeSelectionByStep,
  selectTimeBetween,
  type TimeSelection,
  toSelectedSpan,
} from './time-selection';

const ground = { timeZone: 'Europe/Dublin', stepMinutes: 15 };
const at = (time: string, on = '2026-12-01') => toInstant(ground.timeZone, on, time);
const point = (time: string, on = '2026-12-01') => ({ on, minute: parseMinuteOfDay(time) });
const slot = { slotId: 'mira 12:00', therapistId: 'mira' };

describe('a selection of empty time', () => {
  it('runs between the two ends of a drag, downwards or upwards, on the practice’s steps', () => {
    const hour = { ...slot, start: at('12:30'), end: at('13:15') };
    expect(selectTimeBetween(slot, point('12:37'), point('13:07'), ground)).toEqual(hour);
    expect(selectTimeBetween(slot, point('13:07'), point('12:37'), ground)).toEqual(hour);
    expect(selectTimeBetween(slot, point('12:31'), point('12:32'), ground)).toMatchObject({ end: at('12:45') });
  });

  it('grows and shrinks by keys, and is never shorter than a step', () => {
    const before = { ...slot, start: at('12:00'), end: at('12:30') };
    expect(resizeSelectionByStep(before, 1, ground).end).toBe(at('12:45'));
    const least = resizeSelectionByStep(resizeSelectionByStep(before, -1, ground), -1, ground);
    expect(least).toEqual({ ...before, end: at('12:15') });
  });

  it('stays within its day', () => {
    const late = selectTimeBetween(slot, point('23:20'), point('24:00'), ground);
    expect(late).toMatchObject({ start: at('23:15'), end: at('23:45') });
    expect(selectTimeBetween(slot, point('24:00'), point('24:00'), ground)).toMatchObject({ start: at('23:30') });
    expect(resizeSelectionByStep(late, 1, ground)).toEqual(late);
  });
});

describe('a selection over several days', () => {
  const [monday, friday] = ['2026-11-30', '2026-12-04'];
  const lunches = { ...slot, start: at('12:30', monday), end: at('13:00', friday) };

  it('runs from the end on the earlier day to the end on the later day, whichever was pressed', () => {
    expect(selectTimeBetween(slot, point('12:34', monday), point('12:58', friday), ground)).toEqual(lunches);
    expect(selectTimeBetween(slot, point('12:58', friday), point('12:34', monday), ground)).toEqual(lunches);
    const night = { start: at('18:00', monday), end: at('09:00', '2026-12-01') };
    expect(selectTimeBetween(slot, point('18:10', monday), point('09:00'), ground)).toMatchObject(night);
    expect(selectTimeBetween(slot, point('09:00'), point('18:10', monday), ground)).toMatchObject(night);
  });

  it('is level where the hand rose a little on the way', () => {
    const level = selectTimeBetween(slot, point('12:58', monday), point('12:34', friday), ground);
    expect(level).toEqual(lunches);
    const risen = selectTimeBetween(slot, point('13:04', monday), point('12:34', friday), ground);
    expect(risen).toMatchObject({ start: at('13:00', monday), end: at('12:45', friday) });
  });

  it('has the same hours of each of its days, also when the clocks change, or none where it ends before the hour it began', () => {
    expect(toSelectedSpan(lunches, ground.timeZone).hoursOfDays).toHaveLength(5);
    const over = { start: at('12:30', '2027-03-27'), end: at('13:00', '2027-03-28') };
    expect(toSelectedSpan(over, ground.timeZone)).toEqual({
      from: expect.objectContaining({ on: '2027-03-27', time: '12:30' }),
      until: expect.objectContaining({ on: '2027-03-28', time: '13:00' }),
      hoursOfDays: ['2027-03-27', '2027-03-28'].map((on) => ({ on, start: at('12:30', on), end: at('13:00', on) })),
    });
    const night = { start: at('18:00', monday), end: at('09:00') };
    expect(toSelectedSpan(night, ground.timeZone).hoursOfDays).toBeNull();
    expect(toSelectedSpan({ start: at('12:30'), end: at('13:00') }, ground.timeZone).hoursOfDays).toBeNull();
  });

  it('ends five minutes before midnight on the day itself, not at the beginning of the next', () => {
    const untilMidnight = { start: at('22:00'), end: at('24:00') };
    expect(toSelectedSpan(untilMidnight, ground.timeZone).until).toEqual({ on: '2026-12-01', time: '23:55' });
  });

  it('grows and shrinks by keys, by days from its first to the last that is shown, and by steps on its last', () => {
    const lunch: TimeSelection = { ...slot, start: at('12:30', monday), end: at('13:00', monday) };
    const week = { ...ground, lastOn: friday };
    let grown = lunch;
    for (let times = 0; times < 6; times++) grown = resizeSelectionByDay(grown, 1, week);
    expect(grown).toEqual(lunches);
    expect(resizeSelectionByDay(grown, -1, week).end).toBe(at('13:00', '2026-12-03'));
    expect(resizeSelectionByDay(lunch, -1, week)).toEqual(lunch);
    expect(resizeSelectionByStep(grown, 1, ground)).toEqual({ ...lunches, end: at('13:15', friday) });
  });
});
