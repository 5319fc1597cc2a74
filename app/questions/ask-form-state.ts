// What both forms ask, typed once for the page and its action.

export const askFormFields = ['words', 'name', 'email', 'consent'] as const;
export type AskFormFieldName = (typeof askFormFields)[number];

export interface AskFormState {
  values: Record<AskFormFieldName, string>;
  errors: Partial<Record<AskFormFieldName, string>>;
  outcome: 'sent' | 'too_many' | 'busy' | 'gone' | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

export const initialAskFormState: AskFormState = {
  values: { words: '', name: '', email: '', consent: '' },
  errors: {},
  outcome: null,
  answer: 0,
};
