import { decrypt, encrypt, UNDECRYPTABLE_TEXT } from '@/db/access/encryption';

// A reader's question and the practice's answer may be about health: both are encrypted in the tables.

const QUESTION = 'question of a reader';
const PURPOSE = 'answer to a reader';

export function encryptQuestion(words: string): string {
  return encrypt(words, QUESTION);
}

export function decryptQuestion(sealed: string): string {
  return decrypt(sealed, QUESTION) ?? UNDECRYPTABLE_TEXT;
}

export function encryptQuestionAnswer(words: string): string {
  return encrypt(words, PURPOSE);
}

/** Null where the key is missing. */
export function decryptQuestionAnswer(sealed: string): string | null {
  return decrypt(sealed, PURPOSE);
}
