import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { compareIds, isBusyWithin, joinBusyIntervals } from './find-free-starts';
import { intervalsOverlap } from './interval-arithmetic';

const { POSITIVE_INFINITY } = Number;

describe('busy time, read', () => {
  const read = (...pairs: [number, number][]) => {
    const { starts, ends } = joinBusyIntervals(
      'busy',
      pairs.map(([start, end]) => ({ start, end })),
    );
    return [...starts].map((start, k) => [start, ends[k]]).filter(([start]) => start !== POSITIVE_INFINITY);
  };

  it('joins intervals that overlap or touch, in any order, and drops empty ones', () => {
    expect(read([5, 9], [0, 6], [9, 10], [20, 20], [12, 15], [13, 14])).toEqual([
      [0, 10],
      [12, 15],
    ]);
    expect(read()).toEqual([]);
    expect(read([3, 3])).toEqual([]);
  });

  it('ends with a block that is never reached', () => {
    const { starts, ends } = joinBusyIntervals('busy', [{ start: 0, end: 1 }]);
    expect([starts.at(-1), ends.at(-1)]).toEqual([POSITIVE_INFINITY, POSITIVE_INFINITY]);
  });
});

describe('a stretch of time', () => {
  it('is busy when any busy time overlaps it', () => {
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 6 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 12 }), interval, (busy, span) => {
        const expected = busy.some((other) => intervalsOverlap(other, span));
        expect(isBusyWithin(joinBusyIntervals('busy', busy), span)).toBe(expected);
      }),
      { numRuns: getPropertyTestRuns(2000) },
    );
  });

  it('is not busy where busy time only touches it', () => {
    const blocks = joinBusyIntervals('busy', [
      { start: 0, end: 5 },
      { start: 9, end: 12 },
    ]);
    expect(isBusyWithin(blocks, { start: 5, end: 9 })).toBe(false);
    expect(isBusyWithin(blocks, { start: 5, end: 10 })).toBe(true);
    expect(isBusyWithin(blocks, { start: 4, end: 9 })).toBe(true);
    expect(isBusyWithin(blocks, { start: 12, end: 20 })).toBe(false);
  });
});

describe('ids', () => {
  it('are in order of their characters', () => {
    expect([compareIds('a', 'b'), compareIds('b', 'a'), compareIds('a', 'a')]).toEqual([-1, 1, 0]);
    expect(compareIds('Z', 'a')).toBe(-1);
  });
});
