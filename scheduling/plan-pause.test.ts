import { describe, expect, it } from 'vitest';
import { listRemainingDatesToCancel, PAUSE_DAYS, planPause } from './plan-pause';

const DAY = 86_400_000;
const now = 100 * DAY;
const cutoffMinutes = 24 * 60;
const date = (day: number, status = 'booked', bookedAt = 0) => ({ status, start: now + day * DAY, bookedAt });

describe('the dates that a client gives up', () => {
  it('are all that are booked and far enough, up to an end that is not among them', () => {
    const [past, near, first, third, second] = [date(-7), date(0.5), date(3), date(4, 'cancelled'), date(10)];
    const all = [past, near, first, third, second];
    expect(listRemainingDatesToCancel(all, { until: null, now, cutoffMinutes })).toEqual([first, second]);
    expect(listRemainingDatesToCancel(all, { until: second.start, now, cutoffMinutes })).toEqual([first]);
    expect(listRemainingDatesToCancel(all, { until: second.start + 1, now, cutoffMinutes })).toEqual([first, second]);
  });

  it('begin with the one that is at its cutoff just now, and with a near one that was booked just now', () => {
    const [atCutoff, justBooked] = [date(1), date(0.5, 'booked', now)];
    expect(listRemainingDatesToCancel([justBooked, atCutoff], { until: null, now, cutoffMinutes })).toEqual([
      justBooked,
      atCutoff,
    ]);
  });

  it('throws unless given a list and instants', () => {
    expect(() => listRemainingDatesToCancel('x' as never, { until: null, now, cutoffMinutes })).toThrow(
      /^dates must be a list/,
    );
    expect(() => listRemainingDatesToCancel([], { until: Number.NaN, now, cutoffMinutes })).toThrow(/^until must be/);
  });
});

describe('a pause', () => {
  it('cancels two weeks of dates, in order, and names the first date after them', () => {
    const [later, second, first] = [date(PAUSE_DAYS), date(9), date(2)];
    expect(planPause([later, second, first, date(16)], { now, cutoffMinutes })).toEqual({
      until: now + PAUSE_DAYS * DAY,
      paused: [first, second],
      back: later,
    });
  });

  it('leaves what is too near, and may leave nothing to come back to', () => {
    const near = date(0.5);
    expect(planPause([date(-1), near, date(8)], { now, cutoffMinutes })).toMatchObject({ back: near });
    expect(planPause([date(8), date(20, 'cancelled')], { now, cutoffMinutes }).back).toBeNull();
  });
});
