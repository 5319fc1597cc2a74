import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

// The care key decrypts the data keys, which decrypt the health data in the tables. It stands in CARE_KEY or in a file
// beside the database, never inside the database.

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface CareKey {
  /** Eight hexadecimal digits that identify the key without revealing any of it. */
  id: string;
  key: Buffer;
  /** As written in CARE_KEY or in the file. */
  text: string;
}

export function getCareKeyFile(): string {
  return path.resolve(process.env.DATA_DIR ?? './data', 'care-key');
}

/** The key to use first, then older keys that may still be needed. Keys in CARE_KEY are separated by spaces. */
export function readCareKeys(): CareKey[] {
  const stored = process.env.CARE_KEY || (existsSync(getCareKeyFile()) ? readFileSync(getCareKeyFile(), 'utf8') : '');
  return stored.split(/\s+/).filter(Boolean).map(deriveCareKey);
}

export function deriveCareKey(text: string): CareKey {
  const derive = (purpose: string, bytes: number) => Buffer.from(hkdfSync('sha256', text, 'fortnight', purpose, bytes));
  return { id: derive('care key id', 4).toString('hex'), key: derive('care key', 32), text };
}

/** A data key, encrypted under a care key. */
export function encryptDataKey(dataKey: Buffer, id: string, { key }: CareKey): string {
  return encryptBytes(dataKey, key, id).toString('base64url');
}

/** Null if another care key encrypted it, or if it was changed. */
export function decryptDataKey(wrapped: string, id: string, { key }: CareKey): Buffer | null {
  return decryptBytes(Buffer.from(wrapped, 'base64url'), key, id);
}

/** AES-256-GCM: nonce, tag, ciphertext. The result is bound to `usedFor` and cannot be decrypted for another use. */
export function encryptBytes(bytes: Buffer, key: Buffer, usedFor: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(usedFor));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Null if it was encrypted under another key or for another use, or was changed. */
export function decryptBytes(sealed: Buffer, key: Buffer, usedFor: string): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(usedFor))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
