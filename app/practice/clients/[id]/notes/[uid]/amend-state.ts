// What the form of an amendment shows after an answer.

export interface AmendState {
  values: { words: string; reason: string };
  errors: Partial<Record<'words' | 'reason', string>>;
  problem: 'busy' | 'not_found' | 'not_signed' | 'too_many' | null;
  answer: number;
}

export const initialAmendState: AmendState = {
  ...{ values: { words: '', reason: '' }, errors: {}, problem: null, answer: 0 },
};
