// What the form of a phrase shows after an answer.

export interface PhraseState {
  values: { field: string; words: string };
  errors: Partial<Record<'field' | 'words', string>>;
  isBusy: boolean;
  isSaved: boolean;
  answer: number;
}

export const initialPhraseState: PhraseState = {
  ...{ values: { field: 'did', words: '' }, errors: {}, isBusy: false, isSaved: false, answer: 0 },
};
