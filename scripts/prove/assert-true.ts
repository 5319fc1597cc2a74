/** Ends a proof with an error when `isSo` is false; `words` say what was found instead. */
export function assertTrue(isSo: boolean, words: string): asserts isSo {
  if (!isSo) throw new Error(words);
}
