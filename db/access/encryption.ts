import { createDecipheriv, hkdfSync } from 'node:crypto';
import { decryptBytes, encryptBytes } from '@/db/connection/care-keys';
import { processState } from '@/process-state';

// Text that only this practice's servers can read: `k1.<id of the data key>.<purpose>.<ciphertext>`, AES-256-GCM.

/** Shown in place of text that cannot be decrypted. */
export const UNDECRYPTABLE_TEXT = 'This cannot be shown here: the key it was encrypted with is missing.';

const FORM = /k1\.([0-9a-f]{8})\.([a-z-]+)\.([\w-]+)/;

/** Whether the database holds values whose care key is missing. */
export function hasUndecryptableValues(): boolean {
  return (processState.dataKeys?.locked ?? 0) > 0;
}

/**
 * Encrypts a text. `purpose` says what the text is, such as "client alerts": lower-case words, not secret. The value is
 * bound to it and cannot be decrypted for another purpose.
 */
export function encrypt(text: string, purpose: string): string {
  const id = processState.dataKeys?.current;
  const key = id && processState.dataKeys?.byId.get(id);
  if (!key) throw new Error('No data key has been read yet: nothing can be encrypted.');
  const slug = slugOf(purpose);
  return `k1.${id}.${slug}.${encryptBytes(Buffer.from(text), key, `${id} ${slug}`).toString('base64url')}`;
}

/** Decrypts a value for this purpose; null if its key is missing or the value was changed. */
export function decrypt(sealed: string, purpose: string): string | null {
  const found = FORM.exec(sealed);
  if (!found || found[0] !== sealed) return decryptOld(sealed, purpose);
  const [, id, slug, body] = found as unknown as [string, string, string, string];
  const key = processState.dataKeys?.byId.get(id);
  if (!key || slug !== slugOf(purpose)) return null;
  return decryptBytes(Buffer.from(body, 'base64url'), key, `${id} ${slug}`)?.toString() ?? null;
}

/** Decrypts a value for any purpose: for those who may see all data stored about a person. */
export function decryptForAnyPurpose(sealed: string): string | null {
  const [, , slug] = FORM.exec(sealed) ?? [];
  return slug === undefined ? null : decrypt(sealed, slug);
}

/** Returns the text with every value of a retired key encrypted again under the current key. */
export function reencryptRetiredValuesInText(text: string, retired: ReadonlySet<string>): string {
  return text.replace(new RegExp(FORM, 'g'), (sealed, id: string, slug: string) => {
    const open = retired.has(id) ? decrypt(sealed, slug) : null;
    return open === null ? sealed : encrypt(open, slug);
  });
}

function slugOf(purpose: string): string {
  const slug = purpose.replaceAll(' ', '-');
  if (!/^[a-z-]+$/.test(slug)) throw new Error(`"${purpose}" is no purpose: use lower-case words.`);
  return slug;
}

/** Older versions encrypted under a key made from AUTH_SECRET, and did not name the key. */
function decryptOld(sealed: string, purpose: string): string | null {
  const secret = process.env.AUTH_SECRET;
  const bytes = Buffer.from(sealed, 'base64url');
  if (!secret || bytes.length < 28) return null;
  const key = Buffer.from(hkdfSync('sha256', secret, 'fortnight', purpose, 32));
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
