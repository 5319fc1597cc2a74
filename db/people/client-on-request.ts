import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { recordReadings } from '@/db/care/note-readings';
import { reader, transact } from '@/db/connection/client';
import { cleanLine } from '@/db/input/clean-text';
import type { Refusal } from '@/db/results';
import { collectClientData } from './client-data';
import { findClientRows, findRowsOfOne } from './client-rows';
import { type ErasureResult, eraseClient, eraseClientWithoutAddress } from './erase-client';
import { findOwnClient } from './get-client';

// What the law gives every client a right to: a copy of all that is kept of them, and to be forgotten. The owner alone.

/** All that is kept under a client's address, as `npm run export` gives it; without an address, of them alone. */
export async function exportClient(viewer: Owner, id: string, now: number) {
  const db = await reader();
  const client = await findOwnClient(db, viewer, id);
  if (!client) return null;
  const rows = client.email === '' ? await findRowsOfOne(db, id) : await findClientRows(db, client.email);
  await recordReadings(viewer, rows.appointmentIds, { now });
  const kept = await collectClientData(db, rows);
  const event = { at: now, actor: actorOf(viewer), action: 'exported', subject: `client:${id}`, facts: {} };
  await transact((tx) => recordEvent(tx, event));
  return { client: client.email || client.name, exportedAt: new Date(now).toISOString(), kept };
}

/** Erases everybody behind a client's address, when their name was typed as it stands there. */
export async function eraseOnRequest(
  viewer: Owner,
  { id, typedName }: { id: string; typedName: string },
  now: number,
): Promise<({ ok: true } & ErasureResult) | Refusal<'not_found' | 'other_name'>> {
  const client = await findOwnClient(await reader(), viewer, id);
  if (!client) return { ok: false, reason: 'not_found' };
  const isSame = cleanLine(typedName).toLowerCase() === cleanLine(client.name).toLowerCase();
  if (!isSame) return { ok: false, reason: 'other_name' };
  const done = client.email === '' ? await eraseClientWithoutAddress(id, now) : await eraseClient(client.email, now);
  return done ? { ok: true, ...done } : { ok: false, reason: 'not_found' };
}
