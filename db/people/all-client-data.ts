import { getTableName } from 'drizzle-orm';
import { decryptForAnyPurpose, UNDECRYPTABLE_TEXT } from '@/db/access/encryption';
import { decryptPendingRequest } from '@/db/booking/pending-requests';
import { decryptIntake, decryptSessionCheck } from '@/db/care/health-answer-encryption';
import { decryptAmendment, decryptSessionNote } from '@/db/care/note-encryption';
import type { Db } from '@/db/connection/connection';
import { decryptAlerts } from './client-alert-encryption';
import { type PersonalDataIds, tablesWithPersonalData } from './personal-data-ids';

// All stored data about one person, in the form shown to them: encrypted text is decrypted, secrets are left out.

/** All rows of one person, by table. Secrets that open something, and their hashes, are left out. */
export async function collectAllClientData(
  db: Db,
  person: PersonalDataIds,
): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const { table, findRows: where } of tablesWithPersonalData.toReversed()) {
    const rows = (await db.select().from(table).where(where(person))) as Record<string, unknown>[];
    if (rows.length > 0)
      found[getTableName(table)] = rows.map((row) =>
        withoutSecrets({
          ...row,
          ...openedIn(row),
          ...requestIn(row),
          ...alertsIn(row),
          ...healthIn(row),
          ...noteIn(row),
        }),
      );
  }
  return found;
}

const SECRETS = [
  'tokenHash',
  'token',
  'sessionToken',
  'refresh_token',
  'access_token',
  'id_token',
  'sealed',
  'editor',
  'edit',
  'bodyHash',
  'key',
  'leasedBy',
];

/** A request that waits to be booked is stored encrypted. Its own client may read it. */
function requestIn({ sealed }: Record<string, unknown>): { request?: unknown } {
  return typeof sealed === 'string' ? { request: decryptPendingRequest(sealed)?.request ?? null } : {};
}

function alertsIn({ sealedAlerts }: Record<string, unknown>): { alerts?: string[] } {
  return typeof sealedAlerts === 'string' ? { alerts: decryptAlerts(sealedAlerts) } : {};
}

/** Every other encrypted value is decrypted under its name without "sealed": `sealedNote` becomes `note`. */
function openedIn(row: Record<string, unknown>): Record<string, string | null> {
  const opened = Object.entries(row).flatMap(([name, value]) => {
    const [, first, rest] = /^sealed([A-Z])(.*)/.exec(name) ?? [];
    if (first === undefined) return [];
    return [
      [
        first.toLowerCase() + rest,
        typeof value === 'string' ? (decryptForAnyPurpose(value) ?? UNDECRYPTABLE_TEXT) : null,
      ],
    ];
  });
  return Object.fromEntries(opened);
}

function healthIn({ sealedIntake, sealedBefore }: Record<string, unknown>): { intake?: unknown; before?: unknown } {
  return {
    ...(typeof sealedIntake === 'string' && { intake: decryptIntake(sealedIntake) }),
    ...(typeof sealedBefore === 'string' && { before: decryptSessionCheck(sealedBefore) }),
  };
}

function noteIn({ sealedContent, sealedAmendment }: Record<string, unknown>): Record<string, unknown> {
  if (typeof sealedContent === 'string') return { content: decryptSessionNote(sealedContent) };
  return typeof sealedAmendment === 'string' ? { amendment: decryptAmendment(sealedAmendment) } : {};
}

function withoutSecrets(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !SECRETS.includes(name) && !/^sealed[A-Z]/.test(name))
      .map(([name, value]) => [name, isInstant(name, value) ? new Date(value).toISOString() : value]),
  );
}

function isInstant(name: string, value: unknown): value is number {
  return typeof value === 'number' && (name === 'at' || /(At|Until|expires)$/.test(name)) && value > 1e11;
}
