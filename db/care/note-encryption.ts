import { createHmac } from 'node:crypto';
import { type NoteContent, parseNote } from '@/care/session-notes';
import { decrypt, encrypt } from '@/db/access/encryption';
import type { Viewer } from '@/db/access/viewer';

// The words of notes as the tables hold them: encrypted.

const NOTE = 'session notes';
const AMENDMENT = 'note amendments';

export interface AmendmentWords {
  reason: string;
  words: string;
}

export function encryptSessionNote(note: NoteContent): string {
  return encrypt(JSON.stringify(note), NOTE);
}

/** The note, or null where it was encrypted under another key. */
export function decryptSessionNote(sealed: string): NoteContent | null {
  const text = decrypt(sealed, NOTE);
  return text === null ? null : parseNote(JSON.parse(text));
}

export function encryptAmendment({ reason, words }: AmendmentWords): string {
  return encrypt(JSON.stringify({ reason, words }), AMENDMENT);
}

/** The amendment, or null where it was encrypted under another key. */
export function decryptAmendment(sealed: string): AmendmentWords | null {
  const text = decrypt(sealed, AMENDMENT);
  return text === null ? null : JSON.parse(text);
}

/**
 * What a browser encrypts a draft with while it has no connection: for one note and one person who is signed in. It is
 * stored nowhere, so that what stays in a shared tablet opens for nobody else.
 */
export function getDraftEncryptionKey(viewer: Extract<Viewer, { userId: string }>, appointmentId: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: drafts cannot be kept without it.');
  return createHmac('sha256', secret).update(`draft of a note:${viewer.userId}:${appointmentId}`).digest('base64url');
}
