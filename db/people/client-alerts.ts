import { CANNOT_SHOW, decrypt, encrypt } from '@/db/access/encryption';

// What whoever treats a client must know first, such as an allergy: health data, and encrypted in the table.

const PURPOSE = 'client alerts';

/** One alert a line, encrypted; null for none. */
export function sealAlerts(alerts: string[]): string | null {
  return alerts.length === 0 ? null : encrypt(alerts.join('\n'), PURPOSE);
}

/** The alerts of a client; where their key is missing, one line that says so. */
export function readAlerts(sealed: string | null): string[] {
  return sealed === null ? [] : (decrypt(sealed, PURPOSE) ?? CANNOT_SHOW).split('\n').filter(Boolean);
}
