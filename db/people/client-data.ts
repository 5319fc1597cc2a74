import { and, eq, getTableName, gt, inArray, lte, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { decryptRequest } from '@/db/booking/requests-to-confirm';
import type { Db } from '@/db/connection/connection';
import { MINUTE_MS, RETENTION } from '@/db/retention';
import {
  accounts,
  appointments,
  askedQuestions,
  auditEvents,
  bookingRequests,
  clients,
  confirmedAddresses,
  consents,
  idempotency,
  manageTokens,
  outbox,
  series,
  seriesQuestions,
  sessions,
  skips,
  startScores,
  users,
  verificationTokens,
} from '@/db/schema';

// Everything that is kept of one person, found by their e-mail address. What shows it to them and what erases it both
// go by this list; a test fails when a table that could hold a person is in neither.

/** Ids of all that belongs to one e-mail address. */
export interface ClientRows {
  /** In lower case. */
  email: string;
  /** Nothing that was made after this instant. */
  until: number;
  clientIds: string[];
  seriesIds: string[];
  appointmentIds: string[];
  askedIds: string[];
  requestIds: string[];
  userIds: string[];
}

/** When a link was made is not stored; how long each lives is known. */
function wasSentBy(until: number): SQL | undefined {
  if (until === Number.MAX_SAFE_INTEGER) return undefined;
  return lte(verificationTokens.expires, new Date(until + RETENTION.signInLinkMinutes * MINUTE_MS));
}

type Finder = (of: ClientRows) => SQL | undefined;

const isOf = (column: SQLiteColumn, ids: string[]): SQL => inArray(column, ids);
const subjectsOf = (of: ClientRows): string[] => [
  ...of.seriesIds.map((id) => `series:${id}`),
  ...of.appointmentIds.map((id) => `appointment:${id}`),
  ...of.askedIds.map((id) => `asked:${id}`),
  ...of.requestIds.map((id) => `request:${id}`),
];
const actorsOf = (of: ClientRows): string[] => [
  ...of.seriesIds.map((id) => `link:${id}`),
  ...of.userIds.map((id) => `client:${id}`),
];

/** Each table that holds something of a person, and how it is found. Children stand before what they refer to. */
export const personalTables: { table: SQLiteTable; of: Finder }[] = [
  { table: consents, of: (of) => or(isOf(consents.seriesId, of.seriesIds), isOf(consents.askedId, of.askedIds)) },
  { table: seriesQuestions, of: (of) => isOf(seriesQuestions.seriesId, of.seriesIds) },
  { table: startScores, of: (of) => isOf(startScores.seriesId, of.seriesIds) },
  { table: skips, of: (of) => isOf(skips.seriesId, of.seriesIds) },
  {
    table: outbox,
    of: (of) =>
      or(and(eq(outbox.toEmail, of.email), lte(outbox.createdAt, of.until)), isOf(outbox.seriesId, of.seriesIds)),
  },
  { table: idempotency, of: (of) => isOf(idempotency.seriesId, of.seriesIds) },
  { table: manageTokens, of: (of) => isOf(manageTokens.seriesId, of.seriesIds) },
  {
    table: auditEvents,
    of: (of) => or(isOf(auditEvents.subject, subjectsOf(of)), isOf(auditEvents.actor, actorsOf(of))),
  },
  { table: appointments, of: (of) => isOf(appointments.seriesId, of.seriesIds) },
  { table: series, of: (of) => isOf(series.id, of.seriesIds) },
  { table: clients, of: (of) => isOf(clients.id, of.clientIds) },
  { table: bookingRequests, of: (of) => isOf(bookingRequests.id, of.requestIds) },
  {
    table: confirmedAddresses,
    of: (of) => and(eq(confirmedAddresses.email, of.email), lte(confirmedAddresses.confirmedAt, of.until)),
  },
  { table: askedQuestions, of: (of) => isOf(askedQuestions.id, of.askedIds) },
  {
    table: verificationTokens,
    // Whoever the address belongs to, also one who works here: a link of theirs is sent anew when it is asked for.
    of: (of) => and(eq(verificationTokens.identifier, of.email), wasSentBy(of.until)),
  },
  { table: sessions, of: (of) => isOf(sessions.userId, of.userIds) },
  { table: accounts, of: (of) => isOf(accounts.userId, of.userIds) },
  { table: users, of: (of) => isOf(users.id, of.userIds) },
];

/**
 * What belongs to an e-mail address, of all that was made up to an instant. An account is a person's own only where it
 * is a client's: those who work here are not erased as clients.
 */
export async function findClientRows(db: Db, address: string, until = Number.MAX_SAFE_INTEGER): Promise<ClientRows> {
  const email = address.trim().toLowerCase();
  const ids = async (table: SQLiteTable, column: SQLiteColumn, where: SQL | undefined) =>
    (await db.select({ id: column }).from(table).where(where)).map(({ id }) => String(id));
  const isNewer = and(eq(clients.email, email), gt(clients.createdAt, until));
  const hasComeBack = (await ids(clients, clients.id, isNewer)).length > 0;
  const clientIds = await ids(clients, clients.id, and(eq(clients.email, email), lte(clients.createdAt, until)));
  const seriesIds = await ids(series, series.id, inArray(series.clientId, clientIds));
  const isAsked = and(eq(askedQuestions.email, email), lte(askedQuestions.createdAt, until));
  const isRequest = and(eq(bookingRequests.email, email), lte(bookingRequests.createdAt, until));
  return {
    email,
    until,
    clientIds,
    seriesIds,
    appointmentIds: await ids(appointments, appointments.id, inArray(appointments.seriesId, seriesIds)),
    askedIds: await ids(askedQuestions, askedQuestions.id, isAsked),
    requestIds: await ids(bookingRequests, bookingRequests.id, isRequest),
    // When an account was made is not stored: it stays with whoever has booked anew since.
    userIds: hasComeBack ? [] : await ids(users, users.id, and(eq(users.email, email), eq(users.role, 'client'))),
  };
}

/** All rows of one person, by table. Secrets that open something, and their hashes, are left out. */
export async function collectClientData(db: Db, of: ClientRows): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const { table, of: where } of personalTables.toReversed()) {
    const rows = (await db.select().from(table).where(where(of))) as Record<string, unknown>[];
    if (rows.length > 0) found[getTableName(table)] = rows.map((row) => withoutSecrets({ ...row, ...requestIn(row) }));
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
  'bodyHash',
  'key',
  'leasedBy',
];

/** What waits to be booked is stored encrypted: its own client may read it. */
function requestIn({ sealed }: Record<string, unknown>): { request?: unknown } {
  return typeof sealed === 'string' ? { request: decryptRequest(sealed)?.request ?? null } : {};
}

function withoutSecrets(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !SECRETS.includes(name))
      .map(([name, value]) => [name, isInstant(name, value) ? new Date(value).toISOString() : value]),
  );
}

function isInstant(name: string, value: unknown): value is number {
  return typeof value === 'number' && (name === 'at' || /(At|Until|expires)$/.test(name)) && value > 1e11;
}
