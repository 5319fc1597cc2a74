// What is written without a connection is kept in this tab until it can be saved. It is health data, and the tablet may
// be shared: it is encrypted with a key that the server gives to one person for one note and that is stored nowhere,
// and it is deleted as soon as the note is saved or signed. The browser drops it with the tab, and the server when
// somebody signs out. Without HTTPS the browser has no cipher, so nothing is stored.

export type OfflineDraftValues = [name: string, value: string][];

const PREFIX = 'note-draft:';
const NONCE_BYTES = 12;

export async function saveOfflineDraft(uid: string, keyText: string, fields: OfflineDraftValues): Promise<void> {
  try {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const text = new TextEncoder().encode(JSON.stringify(fields));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await keyOf(keyText), text);
    sessionStorage.setItem(PREFIX + uid, `${toText(nonce)}.${toText(new Uint8Array(sealed))}`);
  } catch {
    // The browser refuses to store anything: the text stays on the page only.
  }
}

/** The draft that was kept for this note; null where there is none, or where somebody else wrote it. */
export async function readOfflineDraft(uid: string, keyText: string): Promise<OfflineDraftValues | null> {
  try {
    const [nonce, sealed] = (sessionStorage.getItem(PREFIX + uid) ?? '').split('.');
    if (!nonce || !sealed) return null;
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: toBytes(nonce) },
      await keyOf(keyText),
      toBytes(sealed),
    );
    return JSON.parse(new TextDecoder().decode(opened));
  } catch {
    deleteOfflineDraft(uid);
    return null;
  }
}

export function deleteOfflineDraft(uid: string): void {
  try {
    sessionStorage.removeItem(PREFIX + uid);
  } catch {
    // The browser stores nothing, so there is nothing to delete.
  }
}

function keyOf(text: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', toBytes(text), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function toText(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
