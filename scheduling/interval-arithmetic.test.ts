import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { type Interval, intervalsOverlap, subtractIntervals, unionIntervals } from './interval-arithmetic';

const some = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 8 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 10 },
);
const points = (intervals: Interval[]) =>
  Array.from({ length: 50 }, (_, i) => i).filter((i) => intervals.some(({ start, end }) => start <= i && i < end));
const apart = (intervals: Interval[]) =>
  intervals.every(({ start, end }, i) => start < end && (i === 0 || intervals[i - 1]!.end < start));

describe('intervals', () => {
  it('joined, cover the same points and do not touch', () => {
    fc.assert(
      fc.property(some, (a) => {
        expect(points(unionIntervals(a))).toEqual(points(a));
        expect(apart(unionIntervals(a))).toBe(true);
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });

  it('subtracted, leave the points of the first that are not in the second', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const removed = new Set(points(b));
        expect(points(subtractIntervals(a, b))).toEqual(points(a).filter((point) => !removed.has(point)));
        expect(subtractIntervals(a, b).every(({ start, end }) => start < end)).toBe(true);
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });

  it('overlap when they share a point, whichever is named first', () => {
    fc.assert(
      fc.property(some, (all) => {
        const [a, b] = all;
        fc.pre(a !== undefined && b !== undefined);
        const shared = points([a!]).some((point) => points([b!]).includes(point));
        expect(intervalsOverlap(a!, b!)).toBe(shared);
        expect(intervalsOverlap(b!, a!)).toBe(shared);
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });

  it('subtracted, leave nothing that is empty', () => {
    const nine = [{ start: 0, end: 9 }];
    expect(subtractIntervals(nine, [{ start: 0, end: 4 }])).toEqual([{ start: 4, end: 9 }]);
    expect(subtractIntervals(nine, [{ start: 4, end: 9 }])).toEqual([{ start: 0, end: 4 }]);
    expect(subtractIntervals(nine, nine)).toEqual([]);
  });

  it('are not changed by any function', () => {
    const result = [
      { start: 5, end: 9 },
      { start: 0, end: 6 },
    ];
    const copy = structuredClone(result);
    unionIntervals(result);
    subtractIntervals(result, result);
    expect(result).toEqual(copy);
  });

  it('with reversed ends or ends that are no numbers are refused by name', () => {
    expect(() =>
      unionIntervals([
        { start: 0, end: 1 },
        { start: 2, end: 1 },
      ]),
    ).toThrow('intervals[1].end must be no earlier than its start 2, got 1');
    expect(() => unionIntervals([{ start: Number.NaN, end: 1 }])).toThrow(/^intervals\[0\]\.start must be/);
    expect(() => intervalsOverlap({ start: 0, end: 1 }, { start: 0, end: Number.NaN })).toThrow(
      /^intervals\[1\]\.end must be/,
    );
    expect(() => subtractIntervals([], [{ start: 2, end: 1 }])).toThrow(RangeError);
  });
});
