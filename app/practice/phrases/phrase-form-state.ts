// The state of a phrase's form after an answer.

export interface PhraseFormState {
  values: { field: string; words: string };
  errors: Partial<Record<'field' | 'words', string>>;
  isBusy: boolean;
  isSaved: boolean;
  answer: number;
}

export const initialPhraseFormState: PhraseFormState = {
  ...{ values: { field: 'did', words: '' }, errors: {}, isBusy: false, isSaved: false, answer: 0 },
};
