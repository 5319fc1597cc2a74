// The form that books for a caller, apart from the rules it is held to: the browser needs only this.

export interface NewBookingFormState {
  /** What was typed, so that a page drawn without script has it too. */
  values: { name: string; email: string; phone: string; besideName: string };
  /** The other times that were chosen, by the field's name. */
  picks: Record<string, string>;
  errors: { name?: string; email?: string; phone?: string; besideName?: string };
  problem: { title: string; words: string } | null;
  /** The dates are more than a therapist wants to give: in words, and what a second press has to name. */
  overCaps: { lines: string[]; acknowledged: string } | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

export const initialNewBookingFormState: NewBookingFormState = {
  values: { name: '', email: '', phone: '', besideName: '' },
  picks: {},
  errors: {},
  problem: null,
  overCaps: null,
  answer: 0,
};
