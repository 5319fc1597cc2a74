import { hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS } from '@/db/input/field-schemas';

// A short answer in the client's own words.

/** The longest text that is stored, in characters. */
const MOST_WORDS = 500;

export function cleanFreeText(input: string): string {
  return input.replace(/\r\n?/g, '\n').replace(CONTROL_CHARACTERS, '').normalize('NFC').trim();
}

export function isFreeTextShortEnough(input: string): boolean {
  return hasAtMostLetters(cleanFreeText(input), MOST_WORDS);
}

const CONTROL_CHARACTERS = new RegExp(CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, 'gu');
