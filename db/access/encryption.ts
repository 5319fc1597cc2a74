import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

// Text that only this server can read: encrypted with AES-256-GCM under a key made from AUTH_SECRET.

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a text. `purpose` is part of the key, so that what was sealed for one is nothing to another. */
export function encrypt(text: string, purpose: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** What was sealed, or null where it was sealed under another secret or has been changed. */
export function decrypt(sealed: string, purpose: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function keyOf(purpose: string): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: nothing can be encrypted without it.');
  return Buffer.from(hkdfSync('sha256', secret, 'fortnight', purpose, 32));
}
