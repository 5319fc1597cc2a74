import { decrypt, encrypt } from '@/db/access/encryption';

// What the practice answers a reader may speak of their health: it is encrypted in the table.

const PURPOSE = 'answer to a reader';

export function sealAnswer(words: string): string {
  return encrypt(words, PURPOSE);
}

/** Null where it was encrypted under another secret. */
export function openAnswer(sealed: string): string | null {
  return decrypt(sealed, PURPOSE);
}
