// What both forms ask, typed once for the page and its action.

export const askedFields = ['words', 'name', 'email', 'consent'] as const;
export type AskedField = (typeof askedFields)[number];

export interface AskState {
  typed: Record<AskedField, string>;
  errors: Partial<Record<AskedField, string>>;
  outcome: 'sent' | 'too_many' | 'busy' | 'gone' | null;
  /** Grows with every answer: focus moves once for each. */
  answer: number;
}

export const initialAskState: AskState = {
  typed: { words: '', name: '', email: '', consent: '' },
  errors: {},
  outcome: null,
  answer: 0,
};
