import { describe, expect, it } from 'vitest';
import { toInstant } from '@/scheduling/zone-conversion';
import { resizeSelectionByStep, selectTimeBetween } from './time-selection';

const ground = { timeZone: 'Europe/Dublin', stepMinutes: 15 };
const at = (time: string, on = '2026-12-01') => toInstant(ground.timeZone, on, time);
const slot = { slotId: 'mira 12:00', therapistId: 'mira' };

describe('a selection of empty time', () => {
  it('runs between the two ends of a drag, downwards or upwards, on the practice’s steps', () => {
    const hour = { ...slot, start: at('12:30'), end: at('13:15') };
    expect(selectTimeBetween(slot, at('12:37'), at('13:07'), ground)).toEqual(hour);
    expect(selectTimeBetween(slot, at('13:07'), at('12:37'), ground)).toEqual(hour);
    expect(selectTimeBetween(slot, at('12:31'), at('12:32'), ground)).toMatchObject({ end: at('12:45') });
  });

  it('grows and shrinks by keys, and is never shorter than a step', () => {
    const before = { ...slot, start: at('12:00'), end: at('12:30') };
    expect(resizeSelectionByStep(before, 1, ground).end).toBe(at('12:45'));
    const least = resizeSelectionByStep(resizeSelectionByStep(before, -1, ground), -1, ground);
    expect(least).toEqual({ ...before, end: at('12:15') });
  });

  it('stays within its day', () => {
    const late = selectTimeBetween(slot, at('23:20'), at('01:00', '2026-12-02'), ground);
    expect(late).toMatchObject({ start: at('23:15'), end: at('23:45') });
    expect(resizeSelectionByStep(late, 1, ground)).toEqual(late);
  });
});
