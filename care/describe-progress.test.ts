import { describe, expect, it } from 'vitest';
import {
  COMPARISON_ANSWERS,
  describeProgress,
  formatComparisonAnswer,
  formatScore,
  PROGRESS_VERDICT_LABELS,
} from './describe-progress';
import { judgeProgress, type Progress, type Score } from './progress';

const scores = (before: number[], session: number[]): Score[] => [
  ...before.map((value, at): Score => ({ at: at + 1, kind: 'before', value })),
  ...session.map((value, at): Score => ({ at: 100 + at, kind: 'session', value })),
];
const EACH: [Progress['verdict'], Score[]][] = [
  ['clearly_lower', scores([6, 7, 6], [6, 5, 3, 3])],
  ['lower_could_be_chance', scores([6, 7, 3], [6, 5, 3, 3])],
  ['no_clear_change', scores([6, 7, 6], [6, 6, 6, 6])],
  ['higher', scores([3, 3, 4], [4, 5, 6, 6])],
  ['too_few', scores([6], [6])],
];

describe('the words of a verdict', () => {
  it.each(EACH)('for %s say what was compared and what that does not show', (verdict, scoresOfVisits) => {
    const progress = judgeProgress(scoresOfVisits);
    expect(progress.verdict).toBe(verdict);
    const { title, text, comparison } = describeProgress(progress, true);
    expect(comparison).toMatch(/than before you came, which is not the same as caused by it\.$/);
    for (const words of [title, text]) {
      // The words promise no cause, name no illness, and do not frighten.
      expect(words).not.toMatch(
        /\b(because|thanks to|due to|worked|works|cured?|healed|you have|danger|serious|worr|alarm|damage|failed)/i,
      );
      expect(words).not.toMatch(/did not help/i);
    }
  });

  it('give both means', () => {
    expect(describeProgress(judgeProgress(EACH[0]![1]), true)).toEqual({
      title: 'Clearly lower than before you came',
      text: 'Your usual pain was about 6.3 in the week before your first session. Before your last two sessions it was about 3. Starting from there, a drop of two points or more, and of at least 30%, is a change worth having, and both of the last two scores are below every one from before.',
      comparison: 'This is lower than before you came, which is not the same as caused by it.',
    });
    const little = judgeProgress(scores([3, 3, 4], [3, 3, 1, 1]));
    expect(describeProgress(little, true).text).toContain('a drop of one point or more');
  });

  it('for higher scores say to see someone', () => {
    expect(describeProgress(judgeProgress(EACH[3]![1]), true).text).toContain('Please see someone about it');
  });

  it.each(EACH)('for %s speak of the client in the third person to a practitioner', (_, scoresOfVisits) => {
    for (const hasBegun of [false, true]) {
      const { title, text, comparison } = describeProgress(judgeProgress(scoresOfVisits), hasBegun, 'practitioner');
      expect(`${title} ${text} ${comparison}`).not.toMatch(/\byour?\b/i);
    }
  });

  it('for too few scores say how many are missing', () => {
    const formatWeeks = (before: number, session: number, hasBegun = false) =>
      describeProgress(judgeProgress(scores(Array(before).fill(5), Array(session).fill(5))), hasBegun);
    expect(formatWeeks(1, 0).text).toContain(
      'Still missing: two from the week before your first session, and four from just before a session.',
    );
    expect(formatWeeks(3, 2, true).text).toContain('Still missing: two from just before a session.');
    expect(formatWeeks(3, 2, true).title).toBe('Too early to say');
    expect(formatWeeks(2, 4)).toMatchObject({ title: 'Too early to say' });
    expect(formatWeeks(2, 4).text).toContain('Still missing: one from the week before your first session.');
    expect(formatWeeks(0, 4, true)).toMatchObject({ title: 'Not enough scores to compare' });
    expect(formatWeeks(0, 4, true).text).toContain('None of them was noted');
    expect(formatWeeks(1, 4, true).text).toContain('Only one of them was noted');
    expect(formatWeeks(2, 4, true).text).toContain('Only two of them were noted');
  });

  it('fit on one line in a count of several people', () => {
    expect(Object.keys(PROGRESS_VERDICT_LABELS)).toEqual([
      'clearly_lower',
      'lower_could_be_chance',
      'no_clear_change',
      'higher',
    ]);
  });
});

it('names each answer to the comparison', () => {
  expect(COMPARISON_ANSWERS.map(formatComparisonAnswer)).toEqual([
    'Much better',
    'A bit better',
    'About the same',
    'A bit worse',
    'Much worse',
  ]);
});

it('rounds a mean to one decimal', () => {
  expect([formatScore(5), formatScore(16 / 3), formatScore(0)]).toEqual(['5', '5.3', '0']);
});
