import { describe, expect, it } from 'vitest';
import { buildProgressChart } from './progress-chart';

const earlier = (value: number | null) => ({ kind: 'before' as const, value, session: null });
const session = (value: number | null, n: number) => ({ kind: 'session' as const, value, session: n });

describe('the chart of scores', () => {
  it('has a band of the last three scores from before, and a line where a change becomes worthwhile', () => {
    const noted = [earlier(9), earlier(6), earlier(7), earlier(5), session(6, 1), session(3, 2)];
    expect(buildProgressChart(noted, { before: 6 })).toEqual({
      points: [
        ...[9, 6, 7, 5].map((value) => ({ value, session: null })),
        { value: 6, session: 1 },
        { value: 3, session: 2 },
      ],
      band: { low: 5, high: 7 },
      worth: 4,
    });
  });

  it('leaves out skipped scores and those noted while reading or after a session', () => {
    const noted = [
      earlier(null),
      { kind: 'reading' as const, value: 9, session: null },
      { kind: 'after' as const, value: 2, session: 1 },
    ];
    expect(buildProgressChart(noted, null).points).toEqual([]);
  });

  it.each([
    ['fewer than three', [earlier(6), earlier(7)], { before: null }],
    ['no verdict', [earlier(6), earlier(7), earlier(7)], null],
  ])('has no band with %s', (_, noted, progress) => {
    expect(buildProgressChart(noted, progress)).toMatchObject({ band: null, worth: null });
  });

  it('uses the larger of the minimal change in points and 30 %, and has no line where the score cannot drop so far', () => {
    const noted = [earlier(1), earlier(1), earlier(1)];
    expect(buildProgressChart(noted, { before: 9 }).worth).toBe(6);
    expect(buildProgressChart(noted, { before: 4.4 }).worth).toBe(3);
    expect(buildProgressChart(noted, { before: 1 }).worth).toBeNull();
  });
});
