import { decrypt, encrypt } from '@/db/access/encryption';

// What whoever treats a client must know first, such as an allergy: health data, and encrypted in the table.

const PURPOSE = 'client alerts';

/** One alert a line, encrypted; null for none. */
export function sealAlerts(alerts: string[]): string | null {
  return alerts.length === 0 ? null : encrypt(alerts.join('\n'), PURPOSE);
}

/** The alerts of a client; none where they were encrypted under another secret. */
export function readAlerts(sealed: string | null): string[] {
  return sealed === null ? [] : (decrypt(sealed, PURPOSE) ?? '').split('\n').filter(Boolean);
}
