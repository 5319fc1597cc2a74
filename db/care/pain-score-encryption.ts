import type { ComparisonAnswer } from '@/care/describe-progress';
import { decrypt, encrypt } from '@/db/access/encryption';

// How clients' pain scores are stored: as JSON, encrypted.

/** The scores that a client noted at one time. Null means not asked, or skipped. */
export interface ScoreAnswers {
  /** Pain this week, from 0 to 10: the usual, and the worst. */
  usual: number | null;
  worst: number | null;
  /** The one activity they want to do again: from 0, cannot, to 10, as before. */
  task: number | null;
  compared: ComparisonAnswer | null;
  /** About the session two days ago. */
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

/** Null if it was encrypted under another key. */
export function decryptScore(sealed: string): ScoreAnswers | null {
  const text = decrypt(sealed, SCORE);
  return text === null ? null : (JSON.parse(text) as ScoreAnswers);
}

export function encryptGoal(words: string): string {
  return encrypt(words, GOAL);
}

/** Null if it was encrypted under another key. */
export function decryptGoal(sealed: string): string | null {
  return decrypt(sealed, GOAL);
}
