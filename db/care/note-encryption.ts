import { createHmac } from 'node:crypto';
import { type NoteContent, parseNote } from '@/care/session-notes';
import { decrypt, encrypt } from '@/db/access/encryption';
import type { Viewer } from '@/db/access/viewer';

// How the text of notes is stored: encrypted.

const NOTE = 'session notes';
const AMENDMENT = 'note amendments';

export interface AmendmentWords {
  reason: string;
  words: string;
}

export function encryptSessionNote(note: NoteContent): string {
  return encrypt(JSON.stringify(note), NOTE);
}

/** The note; null if it was encrypted under another key. */
export function decryptSessionNote(sealed: string): NoteContent | null {
  const text = decrypt(sealed, NOTE);
  return text === null ? null : parseNote(JSON.parse(text));
}

export function encryptAmendment({ reason, words }: AmendmentWords): string {
  return encrypt(JSON.stringify({ reason, words }), AMENDMENT);
}

/** The amendment; null if it was encrypted under another key. */
export function decryptAmendment(sealed: string): AmendmentWords | null {
  const text = decrypt(sealed, AMENDMENT);
  return text === null ? null : JSON.parse(text);
}

/**
 * The key with which a browser encrypts a draft while it is offline: for one note and one signed-in person. It is never
 * stored, so a draft left on a shared tablet cannot be read by anybody else.
 */
export function getDraftEncryptionKey(viewer: Extract<Viewer, { userId: string }>, appointmentId: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: drafts cannot be kept without it.');
  return createHmac('sha256', secret).update(`draft of a note:${viewer.userId}:${appointmentId}`).digest('base64url');
}
