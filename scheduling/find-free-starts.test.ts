import { describe, expect, it } from 'vitest';
import { compareIds, joinBusyIntervals } from './find-free-starts';

const { POSITIVE_INFINITY } = Number;

describe('busy time, read', () => {
  const read = (...pairs: [number, number][]) => {
    const { starts, ends } = joinBusyIntervals(
      'busy',
      pairs.map(([start, end]) => ({ start, end })),
    );
    return [...starts].map((start, k) => [start, ends[k]]).filter(([start]) => start !== POSITIVE_INFINITY);
  };

  it('joins what overlaps or touches, in any order, and drops what is empty', () => {
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

describe('ids', () => {
  it('are in order of their characters', () => {
    expect([compareIds('a', 'b'), compareIds('b', 'a'), compareIds('a', 'a')]).toEqual([-1, 1, 0]);
    expect(compareIds('Z', 'a')).toBe(-1);
  });
});
