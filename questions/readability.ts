import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const ends = /(?<=[.!?])(?<!\b(?:vs|St|Dr|approx)\.)\s+(?=["“(]?[A-Z0-9])/;

/** Splits running text into sentences. */
export function splitSentences(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .split(ends)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

export function splitWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu) ?? [];
}

/** The Flesch-Kincaid grade: the school year in which a text can be read. */
export function getReadingGrade(text: string): number {
  const words = splitWords(text);
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return fleschKincaid({ sentence: splitSentences(text).length, word: words.length, syllable: syllables });
}
