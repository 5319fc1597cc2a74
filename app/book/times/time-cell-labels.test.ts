import { describe, expect, it } from 'vitest';
import { buildTimeCellLabels } from './time-cell-labels';
import { encodeRunLengths } from './times-grid';

describe('the run lengths on the line of a cell', () => {
  it.each<[boolean[], number[]]>([
    [[], [0]],
    [[true], [1]],
    [[false], [0, 1]],
    [
      [true, true, false, true],
      [2, 1, 1],
    ],
    [
      [false, false, true, true, true],
      [0, 2, 3],
    ],
  ])('of %j are %j: free first, then clashing, and so on', (open, line) => {
    expect(encodeRunLengths(open)).toEqual(line);
  });
});

it('a cell carries only what it shows, not the lists it is made from', () => {
  const open = Array.from({ length: 26 }, (_, at) => at > 1);
  const cell = {
    on: '2026-12-05',
    time: '09:00',
    open: 24,
    sessions: 26,
    level: 'most' as const,
    therapists: ['aoife', 'jun'],
    line: open,
    clashes: ['2026-12-05', '2026-12-19'],
  };
  const drawn = buildTimeCellLabels(cell, {
    names: { aoife: 'Aoife', jun: 'Jun' },
    cadence: 'biweekly',
    locale: 'en-IE',
  });
  expect(drawn).toEqual({
    on: '2026-12-05',
    time: '09:00',
    when: 'Saturdays at 09:00 from 5 December',
    who: 'Aoife or Jun',
    open: '24 of 26',
    isSeries: true,
    clashes: '5 December and 19 December clash',
    level: 'most',
    line: [0, 2, 24],
    with: 'aoife',
  });
});
