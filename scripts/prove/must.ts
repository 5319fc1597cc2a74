/** Ends a proof where what has to hold does not: `words` say what was found instead. */
export function assertTrue(isSo: boolean, words: string): asserts isSo {
  if (!isSo) throw new Error(words);
}
