import { describe, expect, it } from 'vitest';
import { listPauses, listRemainingDatesToCancel, planPause } from './plan-pause';
import { toInstant } from './zone-conversion';

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
  const timeZone = 'Europe/Dublin';
  /** Wednesdays at 17:30, from 2 December 2026; every so many weeks. */
  const wednesdays = (count: number, everyWeeks = 1, firstOn = '2026-12-02') =>
    Array.from({ length: count }, (_, at) => {
      const on = new Date(Date.parse(firstOn) + at * everyWeeks * 7 * DAY).toISOString().slice(0, 10);
      return { on, status: 'booked', start: toInstant(timeZone, on, '17:30'), bookedAt: 0 };
    });
  type PlanDate = ReturnType<typeof wednesdays>[number];
  const query = { now: toInstant(timeZone, '2026-12-01', '18:00'), cutoffMinutes, timeZone };
  const daysOf = (dates: { on: string }[]) => dates.map(({ on }) => on.slice(5));
  const choices = (dates: ReturnType<typeof wednesdays>, changes = {}) =>
    listPauses(dates, { ...query, ...changes }).map(({ weeks, paused, back }) => [
      weeks,
      daysOf(paused),
      back.on.slice(5),
    ]);

  it('counts its weeks from the first date that it leaves out, not from today', () => {
    // Tomorrow's date can no longer be cancelled.
    expect(choices(wednesdays(6))).toEqual([
      [1, ['12-09'], '12-16'],
      [2, ['12-09', '12-16'], '12-23'],
      [3, ['12-09', '12-16', '12-23'], '12-30'],
      [4, ['12-09', '12-16', '12-23', '12-30'], '01-06'],
    ]);
    expect(choices(wednesdays(4, 1, '2027-02-03'))).toEqual([
      [1, ['02-03'], '02-10'],
      [2, ['02-03', '02-10'], '02-17'],
      [3, ['02-03', '02-10', '02-17'], '02-24'],
    ]);
  });

  it('is offered once for the same dates, as the longer one', () => {
    expect(choices(wednesdays(4, 2))).toEqual([
      [2, ['12-16'], '12-30'],
      [4, ['12-16', '12-30'], '01-13'],
    ]);
  });

  it('counts whole local days, whatever the clocks do and however early the last date is', () => {
    const dates = wednesdays(4, 1, '2027-03-17');
    dates[2] = { ...dates[2]!, start: toInstant(timeZone, '2027-03-31', '08:00') };
    expect(choices(dates)[1]).toEqual([2, ['03-17', '03-24'], '03-31']);
    dates[2] = { ...dates[2]!, start: toInstant(timeZone, '2027-03-30', '23:30') };
    expect(choices(dates)[1]?.[1]).toEqual(['03-17', '03-24', '03-31']);
    expect(planPause(dates, 2, query)?.until).toBe(toInstant(timeZone, '2027-03-31', '00:00'));
  });

  it('leaves out no date that is too near, over or cancelled, and takes the dates in order', () => {
    const [near, second, third, fourth] = wednesdays(4) as [PlanDate, PlanDate, PlanDate, PlanDate];
    const cancelled = { ...second, status: 'cancelled' };
    expect(planPause([fourth, third, cancelled, near], 1, query)).toMatchObject({
      paused: [third],
      back: fourth,
    });
    expect(planPause([near], 2, query)).toBeNull();
    expect(planPause([near, second], 2, query)).toMatchObject({ paused: [second], back: null });
    expect(listPauses([near, second], query)).toEqual([]);
  });

  it('brings the client back for a near date within it, where the first was booked minutes ago', () => {
    const [first, second, third] = [date(0.1, 'booked', now), date(0.5), date(8)];
    const pause = planPause([first, second, third], 2, { ...query, now });
    expect(pause).toMatchObject({ paused: [first, third], back: second });
  });

  it('throws unless it lasts a whole number of weeks', () => {
    expect(() => planPause([], 0, query)).toThrow(/^weeks must be/);
  });
});
