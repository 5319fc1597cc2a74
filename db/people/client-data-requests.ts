import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { recordNotesRead } from '@/db/care/note-read-log';
import { reader, transact } from '@/db/connection/database-client';
import { cleanLine } from '@/db/input/clean-text';
import type { Refusal } from '@/db/results';
import { collectAllClientData } from './all-client-data';
import { type ErasureResult, eraseClient, eraseClientWithoutAddress } from './erase-client';
import { findVisibleClient } from './get-client';
import { findPersonalDataIdsByEmail, findPersonalDataIdsOfClient } from './personal-data-ids';

// Every client's legal rights: a copy of all data about them, and erasure. For the owner only.

/** All data under a client's address, as `npm run export` gives it. For a client without an address, only their own. */
export async function exportClient(viewer: Owner, id: string, now: number) {
  const db = await reader();
  const client = await findVisibleClient(db, viewer, id);
  if (!client) return null;
  const rows =
    client.email === ''
      ? await findPersonalDataIdsOfClient(db, id)
      : await findPersonalDataIdsByEmail(db, client.email);
  await recordNotesRead(viewer, rows.appointmentIds, { now });
  const collected = await collectAllClientData(db, rows);
  const event = {
    at: now,
    actor: getAuditActor(viewer),
    action: 'exported' as const,
    subject: `client:${id}`,
    facts: {},
  };
  await transact((tx) => recordEvent(tx, event));
  return { client: client.email || client.name, exportedAt: new Date(now).toISOString(), kept: collected };
}

/** Erases everybody with a client's address, once the client's name was typed exactly as shown. */
export async function eraseClientOnRequest(
  viewer: Owner,
  { id, typedName }: { id: string; typedName: string },
  now: number,
): Promise<({ ok: true } & ErasureResult) | Refusal<'not_found' | 'other_name'>> {
  const client = await findVisibleClient(await reader(), viewer, id);
  if (!client) return { ok: false, reason: 'not_found' };
  const isSame = cleanLine(typedName).toLowerCase() === cleanLine(client.name).toLowerCase();
  if (!isSame) return { ok: false, reason: 'other_name' };
  const erased = client.email === '' ? await eraseClientWithoutAddress(id, now) : await eraseClient(client.email, now);
  return erased ? { ok: true, ...erased } : { ok: false, reason: 'not_found' };
}
