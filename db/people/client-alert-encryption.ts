import { decrypt, encrypt, UNDECRYPTABLE_TEXT } from '@/db/access/encryption';

// What a therapist must know before treating a client, such as an allergy: health data, encrypted in the table.

const PURPOSE = 'client alerts';

/** Alerts, one per line, encrypted; null for none. */
export function encryptAlerts(alerts: string[]): string | null {
  return alerts.length === 0 ? null : encrypt(alerts.join('\n'), PURPOSE);
}

/** The alerts of a client. If the key is missing, one line that says so. */
export function decryptAlerts(sealed: string | null): string[] {
  return sealed === null ? [] : (decrypt(sealed, PURPOSE) ?? UNDECRYPTABLE_TEXT).split('\n').filter(Boolean);
}
