// What may a practice ask beside our own questions, and what counts as an answer? An answer keeps the words that it was
// given to, so that it stays true when the question is changed.

/** The ways to answer, in the order in which they are offered. */
export const practiceQuestionKinds = ['text', 'yes_no', 'scale', 'choice'] as const;

/** How a question is answered: in words, by yes or no, by a number from 0 to 10, or by one of a few. */
export type PracticeQuestionKind = (typeof practiceQuestionKinds)[number];

/** A question as it is asked. */
export interface PracticeQuestion {
  id: string;
  kind: PracticeQuestionKind;
  words: string;
  /** Of a choice: what can be chosen. Of a scale: what 0 and 10 mean, or nothing. Else nothing. */
  choices: string[];
}

/** A question of the form of now. */
export interface PracticeFormQuestion extends PracticeQuestion {
  isRequired: boolean;
}

/** An answer beside the question as it was asked then. */
export interface PracticeQuestionAnswer {
  question: PracticeQuestion;
  /** The words, `yes` or `no`, the number, or what was chosen. */
  answer: string;
}

/** The numbers of a scale, as forms send them. */
const scalePoints = Array.from({ length: 11 }, (_, point) => String(point));

/**
 * What a form may send for a question; null where any words may be.
 *
 * @example
 * listAllowedAnswers({ id: 'q', kind: 'yes_no', words: 'Do you drive?', choices: [] }) //=> ['yes', 'no']
 */
export function listAllowedAnswers({ kind, choices }: PracticeQuestion): readonly string[] | null {
  if (kind === 'text') return null;
  if (kind === 'choice') return choices;
  return kind === 'scale' ? scalePoints : ['yes', 'no'];
}

/**
 * Reads what a form sent for a question, its ends trimmed. `empty`: it must be answered, and was not. `other`: it is
 * none of the answers there are. Nothing is an answer to a question that may be left blank.
 *
 * @example
 * parsePracticeQuestionAnswer({ id: 'q', kind: 'yes_no', words: 'Do you drive?', choices: [], isRequired: true }, 'yes') //=> { ok: true, answer: 'yes' }
 */
export function parsePracticeQuestionAnswer(
  question: PracticeFormQuestion,
  sent: string,
): { ok: true; answer: string } | { ok: false; problem: 'empty' | 'other' } {
  const answer = sent.trim();
  if (answer === '') return question.isRequired ? { ok: false, problem: 'empty' } : { ok: true, answer };
  const possible = listAllowedAnswers(question);
  if (possible && !possible.includes(answer)) return { ok: false, problem: 'other' };
  return { ok: true, answer };
}

/**
 * An answer in words.
 *
 * @example
 * formatPracticeQuestionAnswer({ question: { id: 'q', kind: 'scale', words: 'Stress?', choices: [] }, answer: '7' }) //=> '7 of 10'
 */
export function formatPracticeQuestionAnswer({ question: { kind, choices }, answer }: PracticeQuestionAnswer): string {
  if (kind === 'yes_no') return answer === 'yes' ? 'Yes' : 'No';
  if (kind !== 'scale') return answer;
  const [least, most] = choices;
  return least && most ? `${answer} of 10 (0: ${least}, 10: ${most})` : `${answer} of 10`;
}
