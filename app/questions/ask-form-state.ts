// The fields of both forms, with types shared by the page and its action.

export const askFormFields = ['words', 'name', 'email', 'consent'] as const;
export type AskFormFieldName = (typeof askFormFields)[number];

export interface AskFormState {
  values: Record<AskFormFieldName, string>;
  errors: Partial<Record<AskFormFieldName, string>>;
  outcome: 'sent' | 'too_many' | 'busy' | 'gone' | null;
  /** How long to wait, for `too_many`. */
  wait: string | null;
  /** Counts the answers: focus moves once for each. */
  answer: number;
}

export const initialAskFormState: AskFormState = {
  values: { words: '', name: '', email: '', consent: '' },
  errors: {},
  outcome: null,
  wait: null,
  answer: 0,
};
