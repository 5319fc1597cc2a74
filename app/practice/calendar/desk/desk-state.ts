// The form that books for a caller, apart from the rules it is held to: the browser needs only this.

export interface DeskState {
  /** What was typed, so that a page drawn without script has it too. */
  typed: { name: string; email: string; phone: string };
  errors: { name?: string; email?: string; phone?: string };
  problem: { title: string; words: string } | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

export const untouched: DeskState = {
  typed: { name: '', email: '', phone: '' },
  errors: {},
  problem: null,
  answer: 0,
};
