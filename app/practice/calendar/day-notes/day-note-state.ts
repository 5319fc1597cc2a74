// What the form of a day's note shows after an answer, apart from the rules it is held to: the browser needs only this.

export interface DayNoteState {
  /** What was typed, so that a page drawn without script has it too. */
  values: { words: string; on: string; who: string } | null;
  errors: { words?: string; on?: string; therapistId?: string };
  problem: 'busy' | 'changed_since' | 'not_found' | null;
  /** What the note says by now, where somebody else has changed it meanwhile. */
  newer: { words: string; version: number } | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

export const initialDayNoteState: DayNoteState = { values: null, errors: {}, problem: null, newer: null, answer: 0 };
