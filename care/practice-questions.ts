// What may a practice ask beside our own questions, and what counts as an answer? An answer is stored with the words of
// its question, so it stays true when the question is changed.

/** The ways to answer a question, in the order in which they are offered. */
export const practiceQuestionKinds = ['text', 'yes_no', 'scale', 'choice'] as const;

/** How a question is answered: in words, by yes or no, by a number from 0 to 10, or by one of a few choices. */
export type PracticeQuestionKind = (typeof practiceQuestionKinds)[number];

/** A question as a client reads it. */
export interface PracticeQuestion {
  id: string;
  kind: PracticeQuestionKind;
  words: string;
  /** The choices of a `choice` question; what 0 and 10 mean on a `scale`, or nothing; otherwise empty. */
  choices: string[];
}

/** A question of the current form. */
export interface PracticeFormQuestion extends PracticeQuestion {
  isRequired: boolean;
}

/** An answer with its question as it was asked at the time. */
export interface PracticeQuestionAnswer {
  question: PracticeQuestion;
  /** The client's words, `yes` or `no`, the number, or the chosen option. */
  answer: string;
}

/** The numbers of a scale, as forms send them. */
const scalePoints = Array.from({ length: 11 }, (_, point) => String(point));

/**
 * Lists the answers that a form may send for a question; null where any words may be sent.
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
 * Parses what a form sent for a question, trimmed. `empty`: an answer is required and was not given. `other`: the
 * answer is not one of the allowed ones. An empty answer is accepted for a question that may be left blank.
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
 * Formats an answer in words.
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
