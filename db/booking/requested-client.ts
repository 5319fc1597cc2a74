import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { derivePhoneCountry, parsePhone } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { type Invalid, invalid } from '@/db/results';
import { clients, series } from '@/db/schema';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { findBookingPermissionByClient, findBookingPermissionByEmail } from './client-booking-permission';
import { findOrMakeClient } from './insert-series-rows';
import { buildRequestOfOtherPerson } from './plan-side-by-side';

// The client in a booking request: one that staff chose, or a name with an address.

type RequestedClient = StaffSeriesRequest['client'];

/** The client with their phone number in its stored form, or null where it is not a phone number. */
export async function normalizeClientPhone<Client extends RequestedClient>(client: Client): Promise<Client | null> {
  if ('id' in client || client.phone === undefined) return client;
  const dialled = parsePhone(client.phone, derivePhoneCountry(await getPractice()));
  return dialled === null ? null : { ...client, phone: dialled };
}

/** '' where a known client has none. */
export async function getClientEmail(tx: Db, client: RequestedClient): Promise<string> {
  if (!('id' in client)) return client.email;
  const [known] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, client.id));
  return known?.email ?? '';
}

/** '' for a known client who was erased meanwhile. */
async function getClientName(tx: Db, client: RequestedClient): Promise<string> {
  if (!('id' in client)) return client.name;
  const [known] = await tx.select({ name: clients.name }).from(clients).where(eq(clients.id, client.id));
  return known?.name ?? '';
}

/** The ids of the known clients in a request: by name and address, as `findOrMakeClient` finds them. */
export async function listMatchingClientIds(tx: Db, client: RequestedClient): Promise<string[]> {
  if ('id' in client) return [client.id];
  if (client.email === '') return [];
  const isThis = and(eq(clients.email, client.email), eq(clients.name, client.name));
  return (await tx.select({ id: clients.id }).from(clients).where(isThis)).map(({ id }) => id);
}

export async function findBookingPermission(tx: Db, client: RequestedClient, email: string) {
  return email === '' && 'id' in client
    ? findBookingPermissionByClient(tx, client.id)
    : findBookingPermissionByEmail(tx, email);
}

/**
 * The person who books for this client, where somebody else does, taken from their last plan. They read the e-mails of
 * the address, and are greeted by this name when staff book for the client, or when a time that the client waits for
 * becomes free.
 */
export async function findBookerOf(tx: Db, client: RequestedClient): Promise<string | undefined> {
  if (!('id' in client)) return undefined;
  const [last] = await tx
    .select({ bookedBy: series.bookedBy })
    .from(series)
    .where(eq(series.clientId, client.id))
    .orderBy(desc(series.createdAt))
    .limit(1);
  return last?.bookedBy ?? undefined;
}

/** Null where the client was erased meanwhile. */
export async function resolveClientId(tx: Db, client: RequestedClient, now: number): Promise<string | null> {
  if (!('id' in client)) return findOrMakeClient(tx, client, now);
  const [known] = await tx.select({ id: clients.id }).from(clients).where(eq(clients.id, client.id));
  return known?.id ?? null;
}

const ONE_NAME = 'Give each of the two their own name.';

/**
 * The request of each person a booking is for, with who books for them. A second person needs a name of their own: two
 * clients of one address are told apart by it.
 */
export async function gatherRequestedPeople(
  tx: Db,
  request: SeriesRequest | StaffSeriesRequest,
  { email, beside }: { email: string; beside: object | null },
): Promise<{ ok: true; first: SeriesRequest | StaffSeriesRequest; other: StaffSeriesRequest | null } | Invalid> {
  const name = await getClientName(tx, request.client);
  if (request.beside?.name === name) return invalid([{ path: ['beside', 'name'], message: ONE_NAME }]);
  const bookedBy = request.bookedBy ?? (await findBookerOf(tx, request.client));
  const first = { ...request, ...(bookedBy !== undefined && { bookedBy }) };
  const other = beside && first.beside ? buildRequestOfOtherPerson(first, first.beside, { name, email }) : null;
  return { ok: true, first, other };
}
