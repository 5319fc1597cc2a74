// What the form of a phrase shows after an answer.

export interface PhraseState {
  typed: { field: string; words: string };
  errors: Partial<Record<'field' | 'words', string>>;
  isBusy: boolean;
  isKept: boolean;
  answer: number;
}

export const initialPhraseState: PhraseState = {
  ...{ typed: { field: 'did', words: '' }, errors: {}, isBusy: false, isKept: false, answer: 0 },
};
