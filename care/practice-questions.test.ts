import { describe, expect, it } from 'vitest';
import {
  formatPracticeQuestionAnswer,
  listAllowedAnswers,
  type PracticeQuestion,
  parsePracticeQuestionAnswer,
} from './practice-questions';

const makeQuestion = (more: Partial<PracticeQuestion>): PracticeQuestion => ({
  id: 'q',
  kind: 'text',
  words: 'What do you do all day?',
  choices: [],
  ...more,
});
const yesNo = makeQuestion({ kind: 'yes_no' });
const scale = makeQuestion({ kind: 'scale' });
const choice = makeQuestion({ kind: 'choice', choices: ['Side', 'Back', 'Front'] });

describe('readOwnAnswer', () => {
  it.each([
    ['words, trimmed', makeQuestion({}), '  I sit. ', 'I sit.'],
    ['yes', yesNo, 'yes', 'yes'],
    ['no', yesNo, 'no', 'no'],
    ['the least of a scale', scale, '0', '0'],
    ['the most of a scale', scale, '10', '10'],
    ['one of a few', choice, 'Back', 'Back'],
  ])('accepts %s', (_, question, sent, answer) => {
    for (const isRequired of [true, false])
      expect(parsePracticeQuestionAnswer({ ...question, isRequired }, sent)).toEqual({ ok: true, answer });
  });

  it.each([
    ['a word beside yes and no', yesNo, 'perhaps'],
    ['more than the scale has', scale, '11'],
    ['a number that is not on the scale', scale, '1.5'],
    ['an option that does not exist', choice, 'back'],
  ])('rejects %s', (_, question, sent) => {
    expect(parsePracticeQuestionAnswer({ ...question, isRequired: false }, sent)).toEqual({
      ok: false,
      problem: 'other',
    });
  });

  it('accepts an empty answer only where the question may be left blank', () => {
    for (const question of [makeQuestion({}), yesNo, scale, choice]) {
      expect(parsePracticeQuestionAnswer({ ...question, isRequired: false }, ' ')).toEqual({ ok: true, answer: '' });
      expect(parsePracticeQuestionAnswer({ ...question, isRequired: true }, ' ')).toEqual({
        ok: false,
        problem: 'empty',
      });
    }
  });
});

it('lists the possible answers, and none where any words may be sent', () => {
  expect(listAllowedAnswers(makeQuestion({}))).toBeNull();
  expect(listAllowedAnswers(choice)).toEqual(['Side', 'Back', 'Front']);
  expect(listAllowedAnswers(scale)).toHaveLength(11);
});

it.each([
  [yesNo, 'yes', 'Yes'],
  [yesNo, 'no', 'No'],
  [makeQuestion({}), 'I sit.', 'I sit.'],
  [choice, 'Side', 'Side'],
  [scale, '7', '7 of 10'],
  [makeQuestion({ kind: 'scale', choices: ['none', 'a lot'] }), '7', '7 of 10 (0: none, 10: a lot)'],
])('formats an answer in words: %o %s', (question, answer, words) => {
  expect(formatPracticeQuestionAnswer({ question, answer })).toBe(words);
});
