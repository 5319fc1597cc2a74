// The state of the form that books for a caller, apart from the validation rules: the browser needs only this.

export interface NewBookingFormState {
  /** What was typed, so that a page drawn without script has it too. */
  values: { name: string; email: string; phone: string; besideName: string };
  /** The other times that were chosen, by the name of the field. */
  picks: Record<string, string>;
  errors: { name?: string; email?: string; phone?: string; besideName?: string };
  problem: { title: string; words: string } | null;
  /** The dates are more than a therapist wants to give: the warnings in words, and what a second press has to name. */
  overCaps: { lines: string[]; acknowledged: string } | null;
  /** Grows with every answer, so that the focus moves once for each. */
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
