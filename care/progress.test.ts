import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import {
  getHighestScoreOfImportantChange,
  getMinimalImportantChange,
  judgeProgress,
  type Progress,
  type Score,
} from './progress';

const DAY = 86_400_000;

/** Builds daily scores of the week before, then one score a week before each session. */
function scoresOf(before: number[], session: number[]): Score[] {
  return [
    ...before.map((value, i): Score => ({ at: (i + 1) * DAY, kind: 'before', value })),
    ...session.map((value, i): Score => ({ at: (i + 2) * 7 * DAY, kind: 'session', value })),
  ];
}

/** The same rule with exact fractions: everything is multiplied by 60. */
function slowVerdict(b: number[], two: number[]): Progress['verdict'] {
  const mean60 = (values: number[]) => (values.reduce((x, y) => x + y, 0) * 60) / values.length;
  const [was, is] = [mean60(b), mean60(two)];
  const threshold60 = was < 270 ? 60 : was <= 450 ? 120 : 180;
  const fell = was - is;
  const tenths = fell * 10 >= was * 3 && fell > 0;
  if (fell >= threshold60 && tenths && two.every((x) => b.every((y) => x < y))) return 'clearly_lower';
  if (fell >= threshold60 || tenths) return 'lower_could_be_chance';
  return -fell >= threshold60 && two.every((x) => b.every((y) => x > y)) ? 'higher' : 'no_clear_change';
}

describe('the verdict on scores', () => {
  // Columns: scores before, last two scores, verdict, reason.
  const rows: [number[], [number, number], Progress['verdict'], string][] = [
    [[6, 6, 6], [4, 4], 'clearly_lower', 'two points, a third, and below each'],
    [[6, 6, 6], [4, 5], 'no_clear_change', 'a quarter, and under two points'],
    [[7, 7, 7], [5, 5], 'lower_could_be_chance', 'two points, but under 30 %'],
    [[10, 10, 10], [7, 7], 'clearly_lower', 'three points from above 7.5, and exactly 30 %'],
    [[10, 10, 10], [7, 7.5], 'no_clear_change', 'under three points and under 30 %'],
    [[5, 5, 5], [3.5, 3.5], 'lower_could_be_chance', 'exactly 30 %, and under two points'],
    [[3, 3, 3], [2, 2], 'clearly_lower', 'one point is enough under 4.5'],
    [[4.5, 4.5, 4.5], [3, 3], 'lower_could_be_chance', 'at 4.5 it must be two points'],
    [[4.4, 4.5, 4.5], [3, 3], 'clearly_lower', 'just under 4.5 one is enough'],
    [[7.5, 7.5, 7.5], [5, 5], 'clearly_lower', 'at 7.5 two points are enough'],
    [[7.5, 7.5, 7.6], [5.2, 5.2], 'lower_could_be_chance', 'just above 7.5 it must be three'],
    [[3, 8, 8], [3, 3], 'lower_could_be_chance', 'not below every one of before'],
    [[0, 0, 0], [0, 0], 'no_clear_change', 'nothing can fall from 0'],
    [[0, 0, 0], [1, 1], 'higher', 'one point up from 0'],
    [[6, 6, 6], [8, 8], 'higher', 'two points up, above each'],
    [[6, 6, 9], [9, 9], 'no_clear_change', 'up, but not above each'],
    [[6, 6, 6], [7, 7], 'no_clear_change', 'one point up is too little'],
    [[6, 6, 6], [6, 6], 'no_clear_change', 'the same'],
  ];
  it.each(rows)('%j then %j is %s: %s', (before, two, verdict) => {
    expect(judgeProgress(scoresOf(before, [5, 5, ...two])).verdict).toBe(verdict);
  });

  // One person at each level from before, with each whole score as the current one: every verdict is compared with the
  // slow calculation.
  const levels = [
    [1, 2, 3],
    [2, 3, 4],
    [4, 4, 5],
    [4, 5, 5],
    [5, 6, 7],
    [6, 7, 7],
    [7, 7, 8],
    [7, 8, 8],
    [8, 9, 10],
    [10, 10, 10],
  ];
  const table = levels.flatMap((before) =>
    Array.from({ length: 11 }, (_, now) => [before, [now, now], slowVerdict(before, [now, now])] as const),
  );
  it.each(table)('%j then %j is %s, as computed with fractions', (before, two, verdict) => {
    expect(judgeProgress(scoresOf([...before], [0, 10, ...two])).verdict).toBe(verdict);
  });
  it('is checked against at least 120 answer sets, with every verdict among them', () => {
    expect(table.length + rows.length).toBeGreaterThanOrEqual(120);
    const verdicts = new Set([...table, ...rows].map(([, , verdict]) => verdict));
    expect([...verdicts].sort()).toEqual(['clearly_lower', 'higher', 'lower_could_be_chance', 'no_clear_change']);
  });

  it('agrees with the calculation in fractions for any half points', () => {
    const half = fc.integer({ min: 0, max: 20 }).map((n) => n / 2);
    const three = fc.array(half, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(three, fc.array(half, { minLength: 2, maxLength: 2 }), (before, two) => {
        expect(judgeProgress(scoresOf(before, [1, 1, ...two])).verdict).toBe(slowVerdict(before, two));
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });

  it('is the same for any order of input, also for scores of the same instant', () => {
    const score = fc.record({
      at: fc.integer({ min: 0, max: 6 }),
      kind: fc.constantFrom('reading', 'before', 'session', 'after'),
      value: fc.integer({ min: 0, max: 10 }),
    }) as fc.Arbitrary<Score>;
    fc.assert(
      fc.property(
        fc
          .array(score, { maxLength: 20 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(judgeProgress(shuffled)).toEqual(judgeProgress(all));
        },
      ),
      { numRuns: getPropertyTestRuns(500) },
    );
  });
});

describe('the minimal important change', () => {
  it.each([0, 3, 4.49, 4.5, 6, 7.5, 7.51, 10])('is the threshold of the verdict, for a mean of %d', (before) => {
    const { threshold } = judgeProgress(scoresOf([before, before, before], []));
    expect(getMinimalImportantChange(before)).toBe(threshold);
    expect(getHighestScoreOfImportantChange(before)).toBeCloseTo(Math.min(before - threshold!, before * 0.7), 9);
  });
});

describe('the scores that count', () => {
  it('are reported as missing while there are too few', () => {
    expect(judgeProgress([])).toEqual({
      verdict: 'too_few',
      before: null,
      now: null,
      threshold: null,
      missing: { before: 3, session: 4 },
    });
    expect(judgeProgress(scoresOf([6, 7, 8], [5, 5, 5]))).toEqual({
      verdict: 'too_few',
      before: 7,
      now: null,
      threshold: 2,
      missing: { before: 0, session: 1 },
    });
    expect(judgeProgress(scoresOf([6, 7], [5, 5, 4, 3]))).toEqual({
      verdict: 'too_few',
      before: null,
      now: 3.5,
      threshold: null,
      missing: { before: 1, session: 0 },
    });
  });
  it('are the last three from before and the last two from now', () => {
    const { before, now } = judgeProgress(scoresOf([0, 0, 6, 7, 8], [9, 9, 9, 2, 3]));
    expect([before, now]).toEqual([7, 2.5]);
  });
  it('include no score from before that was noted after the first session', () => {
    const scores = scoresOf([6, 6, 6], [5, 5, 4, 4]);
    expect(judgeProgress([...scores, { at: 15 * DAY, kind: 'before', value: 0 }]).before).toBe(6);
    expect(judgeProgress([...scores, { at: 14 * DAY, kind: 'before', value: 0 }]).before).toBe(4);
  });
  it('exclude scores noted while reading, or two days after a session', () => {
    const scores = scoresOf([6, 6, 6], [5, 5, 4, 4]);
    const more: Score[] = [
      { at: 0, kind: 'reading', value: 10 },
      { at: 99 * DAY, kind: 'after', value: 0 },
    ];
    expect(judgeProgress([...scores, ...more])).toEqual(judgeProgress(scores));
  });
  it('are the least flattering ones among scores of the same instant', () => {
    const same = (kind: Score['kind'], at: number, values: number[]) =>
      values.map((value): Score => ({ at, kind, value }));
    const { before, now } = judgeProgress([...same('before', 0, [9, 3, 4, 5]), ...same('session', 1, [1, 2, 8, 6])]);
    expect([before, now]).toEqual([4, 7]);
  });
  it.each([
    [[{ at: 0, kind: 'before', value: Number.NaN }], 'scores[0].value'],
    [[{ at: 0, kind: 'before', value: 10.1 }], 'scores[0].value'],
    [[{ at: 0, kind: 'before', value: -1 }], 'scores[0].value'],
    [[{ at: 0, kind: 'before', value: '5' }], 'scores[0].value'],
    [[{ at: Number.NaN, kind: 'before', value: 1 }], 'scores[0].at'],
    [
      [
        { at: 0, kind: 'before', value: 1 },
        { at: -1, kind: 'before', value: 1 },
      ],
      'scores[1].at',
    ],
    [[{ at: 0, kind: 'later', value: 1 }], 'scores[0].kind'],
    [[null], 'scores[0]'],
    ['none', 'scores'],
  ])('refuses %j with an error that names %s', (scores, field) => {
    const judge = () => judgeProgress(scores as unknown as Score[]);
    expect(judge).toThrow(RangeError);
    expect(judge).toThrow(`${field} must be`);
  });
});

// Simulated people whose pain goes up and down around a level of their own, and whom nothing helps. People who book at
// a flare book on a day that is clearly worse than their usual. The pain of one day carries over to the next. How much
// pain varies is our guess, and the bounds depend on it: the last test shows where they end.
describe('6,000 people of each kind', () => {
  const PEOPLE = 6000;
  const kinds = [
    ['calm', 0.6],
    ['usual', 1.1],
    ['restless', 1.5],
  ] as const;

  /** Mulberry32: the same seed gives the same people on every machine. */
  function randomOf(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  function shareClearlyLower(seed: number, spread: number, drop: number, atFlare: boolean): number {
    const random = randomOf(seed);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const carry = 0.85;
    let found = 0;
    for (let person = 0; person < PEOPLE; person += 1) {
      const level = 4.5 + 2.5 * random();
      let off = spread * normal();
      const nextDay = () => {
        off = carry * off + spread * Math.sqrt(1 - carry * carry) * normal();
      };
      for (let waited = 0; atFlare && off < spread && waited < 400; waited += 1) nextDay();
      const note = (less: number) => Math.min(10, Math.max(0, Math.round(level + off - less + 0.5 * normal())));
      const before: number[] = [];
      const session: number[] = [];
      for (let day = 1; day <= 8 + 5 * 7; day += 1) {
        nextDay();
        if (day === 2 || day === 4 || day === 6) before.push(note(0));
        if (day >= 8 && (day - 8) % 7 === 0) session.push(note(day === 8 ? 0 : drop));
      }
      if (judgeProgress(scoresOf(before, session)).verdict === 'clearly_lower') found += 1;
    }
    return found / PEOPLE;
  }

  it.each(kinds)('with %s pain that nothing helps rarely get the verdict "clearly lower"', (kind, spread) => {
    const [flareSeed, otherSeed] = [20261128, 20261129];
    const atFlare = shareClearlyLower(flareSeed, spread, 0, true);
    const otherwise = shareClearlyLower(otherSeed, spread, 0, false);
    console.info(`${kind}: ${atFlare} at a flare (seed ${flareSeed}), ${otherwise} otherwise (seed ${otherSeed})`);
    expect(atFlare).toBeLessThanOrEqual(0.2);
    expect(otherwise).toBeLessThanOrEqual(0.15);
  });

  it.each(kinds)('with %s pain that really falls by 3 mostly get that verdict', (kind, spread) => {
    const seed = 20261130;
    const found = shareClearlyLower(seed, spread, 3, false);
    console.info(`${kind}: a true drop of 3 found in ${found} (seed ${seed})`);
    expect(found).toBeGreaterThanOrEqual(0.55);
  });

  // This variation was chosen after 1.7 was tried and proved too much. Nobody should read the bound as valid for all
  // pain.
  it('with still more variable pain, more than one in five who book at a flare wrongly get that verdict', () => {
    const seed = 20261128;
    const atFlare = shareClearlyLower(seed, 1.7, 0, true);
    console.info(`more restless: ${atFlare} at a flare (seed ${seed})`);
    expect(atFlare).toBeGreaterThan(0.2);
    expect(atFlare).toBeLessThan(0.25);
  });
});
