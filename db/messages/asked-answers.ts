import { CANNOT_SHOW, decrypt, encrypt } from '@/db/access/encryption';

// What a reader asks and what the practice answers may speak of their health: both are encrypted in the tables.

const QUESTION = 'question of a reader';
const PURPOSE = 'answer to a reader';

export function sealQuestion(words: string): string {
  return encrypt(words, QUESTION);
}

export function openQuestion(sealed: string): string {
  return decrypt(sealed, QUESTION) ?? CANNOT_SHOW;
}

export function sealAnswer(words: string): string {
  return encrypt(words, PURPOSE);
}

/** Null where its key is missing. */
export function openAnswer(sealed: string): string | null {
  return decrypt(sealed, PURPOSE);
}
