import { createDecipheriv, hkdfSync } from 'node:crypto';
import { decryptBytes, encryptBytes } from '@/db/connection/care-keys';
import { processState } from '@/process-state';

// Text that only this practice's servers can read: `k1.<id of the data key>.<purpose>.<ciphertext>`, AES-256-GCM.

/** Said in the place of a text that cannot be opened. */
export const UNDECRYPTABLE_TEXT = 'This cannot be shown here: the key it was encrypted with is missing.';

const FORM = /k1\.([0-9a-f]{8})\.([a-z-]+)\.([\w-]+)/;

/** Whether the database holds values of which the care key is not here. */
export function hasUndecryptableValues(): boolean {
  return (processState.dataKeys?.locked ?? 0) > 0;
}

/**
 * Encrypts a text. `purpose`, such as "client alerts", says what it is: lower-case words, and no secret. It is bound to
 * the value, so that what was encrypted as one thing does not open as another.
 */
export function encrypt(text: string, purpose: string): string {
  const id = processState.dataKeys?.current;
  const key = id && processState.dataKeys?.byId.get(id);
  if (!key) throw new Error('No data key has been read yet: nothing can be encrypted.');
  const slug = slugOf(purpose);
  return `k1.${id}.${slug}.${encryptBytes(Buffer.from(text), key, `${id} ${slug}`).toString('base64url')}`;
}

/** What was encrypted for this purpose; null where its key is missing or it has been changed. */
export function decrypt(sealed: string, purpose: string): string | null {
  const found = FORM.exec(sealed);
  if (!found || found[0] !== sealed) return decryptOld(sealed, purpose);
  const [, id, slug, body] = found as unknown as [string, string, string, string];
  const key = processState.dataKeys?.byId.get(id);
  if (!key || slug !== slugOf(purpose)) return null;
  return decryptBytes(Buffer.from(body, 'base64url'), key, `${id} ${slug}`)?.toString() ?? null;
}

/** What was encrypted, for whatever purpose: for those who may see all that is kept of a person. */
export function decryptForAnyPurpose(sealed: string): string | null {
  const [, , slug] = FORM.exec(sealed) ?? [];
  return slug === undefined ? null : decrypt(sealed, slug);
}

/** A text, with each value in it that a retired key encrypted replaced by the same under the current key. */
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

/** As versions before the data keys encrypted: under a key made from AUTH_SECRET, and without a name for it. */
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
