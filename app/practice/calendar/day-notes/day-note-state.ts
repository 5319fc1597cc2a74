// The state of a day note's form after an answer, apart from the validation rules: the browser needs only this.

export interface DayNoteState {
  /** What was typed, so that a page drawn without script has it too. */
  values: { words: string; on: string; who: string } | null;
  errors: { words?: string; on?: string; therapistId?: string };
  problem: 'busy' | 'changed_since' | 'not_found' | null;
  /** The text that somebody else has saved meanwhile. */
  newer: { words: string; version: number } | null;
  /** Grows with every answer, so that the focus moves once for each. */
  answer: number;
}

export const initialDayNoteState: DayNoteState = { values: null, errors: {}, problem: null, newer: null, answer: 0 };
