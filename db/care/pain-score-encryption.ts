import type { ComparisonAnswer } from '@/care/describe-progress';
import { decrypt, encrypt } from '@/db/access/encryption';

// What clients note of their pain, as it is stored: JSON, encrypted.

/** One time that a client noted how it is. Null: they were not asked, or skipped it. */
export interface ScoreAnswers {
  /** Pain this week, from 0 to 10: how it usually was, and at its worst. */
  usual: number | null;
  worst: number | null;
  /** The one thing they want to do again: from 0, cannot, to 10, as before. */
  task: number | null;
  compared: ComparisonAnswer | null;
  /** Of the session two days ago. */
  pressure: 'too_light' | 'right' | 'too_hard' | null;
  isSore: boolean | null;
}

export const NO_SCORE_ANSWERS: ScoreAnswers = {
  usual: null,
  worst: null,
  task: null,
  compared: null,
  pressure: null,
  isSore: null,
};

const SCORE = 'score';
const GOAL = 'score goal';

export function encryptScore(answers: ScoreAnswers): string {
  return encrypt(JSON.stringify(answers), SCORE);
}

/** Null where it was encrypted under another key. */
export function decryptScore(sealed: string): ScoreAnswers | null {
  const text = decrypt(sealed, SCORE);
  return text === null ? null : (JSON.parse(text) as ScoreAnswers);
}

export function encryptGoal(words: string): string {
  return encrypt(words, GOAL);
}

/** Null where it was encrypted under another key. */
export function decryptGoal(sealed: string): string | null {
  return decrypt(sealed, GOAL);
}
