// The state of the amendment form after an answer.

export interface AmendFormState {
  values: { words: string; reason: string };
  errors: Partial<Record<'words' | 'reason', string>>;
  problem: 'busy' | 'not_found' | 'not_signed' | 'too_many' | null;
  answer: number;
}

export const initialAmendFormState: AmendFormState = {
  ...{ values: { words: '', reason: '' }, errors: {}, problem: null, answer: 0 },
};
