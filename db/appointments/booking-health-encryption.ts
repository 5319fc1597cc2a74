import { decrypt, encrypt, UNDECRYPTABLE_TEXT } from '@/db/access/encryption';

// What a client says about their health when they book, stored encrypted with the series.

const NOTE = 'booking note';
const SCORE = 'score while reading';

export function encryptBookingNote(note: string | null | undefined): string | null {
  return note ? encrypt(note, NOTE) : null;
}

export function decryptBookingNote(sealedNote: string | null): string | null {
  return sealedNote === null ? null : (decrypt(sealedNote, NOTE) ?? UNDECRYPTABLE_TEXT);
}

/** 0 to 10. */
export function encryptStartScore(score: number): string {
  return encrypt(String(score), SCORE);
}

/** Null if there is no score, or its key is missing. */
export function decryptStartScore(sealedScore: string | null): number | null {
  const score = sealedScore === null ? null : decrypt(sealedScore, SCORE);
  return score === null ? null : Number(score);
}
