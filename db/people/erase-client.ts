import { randomUUID } from 'node:crypto';
import { and, eq, exists, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { ERASED_EMAIL_DOMAIN } from '@/db/access/erased-email-domain';
import { endRebookingHoldsOfClients } from '@/db/booking/rebooking-holds';
import { releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { getConnection, transact } from '@/db/connection/database-client';
import { lapseUnpaidPrices } from '@/db/money/cancelled-bills';
import {
  allPlansLinks,
  appointments,
  askedQuestions,
  auditEvents,
  bookingRequests,
  clients,
  confirmedAddresses,
  ledgerEntries,
  ledgerLines,
  manageTokens,
  outbox,
  series,
  skips,
  users,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { withdrawOffersById } from '@/db/waitlist/withdraw-offers';
import { findErasureTimeOfEmail, readErasures, recordErasure } from './erasure-list';
import {
  findPersonalDataIdsByEmail,
  findPersonalDataIdsOfClient,
  type PersonalDataIds,
  tablesWithPersonalData,
} from './personal-data-ids';

// Erasing a person. For its books the practice keeps what was done in past visits and what they cost, without a name.
// Everything else goes: upcoming dates are cancelled first, without a message.

/** How many rows of each kind were deleted, or stay without a person. */
export interface ErasureResult {
  /** Appointments deleted together with their series, because none of it had taken place. */
  deleted: number;
  /** Upcoming appointments, deleted or in series that stay, whose time is free again. */
  freed: number;
  /** Appointments kept for the books, without a name. */
  kept: number;
  questions: number;
}

export const ERASED_NAME = 'Erased';

const NOTHING: ErasureResult = { deleted: 0, freed: 0, kept: 0, questions: 0 };

/**
 * Erases everything of an e-mail address. The erasure is recorded first, so that after a crash the next start completes
 * it. Null: nobody has this address. For an address that was erased before, the files are cleared once more.
 */
export async function eraseClient(email: string, now: number): Promise<ErasureResult | null> {
  const { reader, whileErasing } = await getConnection();
  const isThere = await isKnown(reader, email, now);
  if (!isThere && findErasureTimeOfEmail(readErasures(), email) === null) return null;
  if (isThere) recordErasure(email, now);
  return whileErasing(async () => (isThere ? eraseUntil(email, now, now) : NOTHING));
}

/** Erases a client who gave no e-mail address, by their id. Null: there is no such client. */
export async function eraseClientWithoutAddress(clientId: string, now: number): Promise<ErasureResult | null> {
  const { reader, whileErasing } = await getConnection();
  if (!(await hasNoAddress(reader, clientId))) return null;
  recordErasure(nameWithoutAddress(clientId), now);
  return whileErasing(() => eraseAll((tx) => findPersonalDataIdsOfClient(tx, clientId), now));
}

async function hasNoAddress(db: Db, clientId: string): Promise<boolean> {
  const isIt = and(eq(clients.id, clientId), eq(clients.email, ''));
  return (await db.select({ id: clients.id }).from(clients).where(isIt)).length > 0;
}

/** How the erasure list refers to somebody without an address. No e-mail address can be spelled like this. */
function nameWithoutAddress(clientId: string): string {
  return `client ${clientId}`;
}

/** Repeats the erasure of everybody whom a restored backup has brought back. Returns how many they were. */
export async function replayErasures(now: number): Promise<number> {
  const erasures = readErasures();
  if (erasures.size === 0) return 0;
  const { reader, whileErasing } = await getConnection();
  const back: { email: string; until: number }[] = [];
  for (const email of await listAddresses(reader)) {
    const until = findErasureTimeOfEmail(erasures, email);
    if (until !== null && (await isKnown(reader, email, until))) back.push({ email, until });
  }
  const without = await reader.select({ id: clients.id }).from(clients).where(eq(clients.email, ''));
  const backWithout = without.filter(({ id }) => findErasureTimeOfEmail(erasures, nameWithoutAddress(id)) !== null);
  if (back.length + backWithout.length === 0) return 0;
  return whileErasing(async () => {
    for (const { email, until } of back) await eraseUntil(email, until, now);
    for (const { id } of backWithout) await eraseAll((tx) => findPersonalDataIdsOfClient(tx, id), now);
    return back.length + backWithout.length;
  });
}

async function listAddresses(db: Db): Promise<Set<string>> {
  const found = [
    ...(await db.selectDistinct({ email: clients.email }).from(clients)),
    ...(await db.selectDistinct({ email: askedQuestions.email }).from(askedQuestions)),
    ...(await db.selectDistinct({ email: bookingRequests.email }).from(bookingRequests)),
    ...(await db.selectDistinct({ email: confirmedAddresses.email }).from(confirmedAddresses)),
    ...(await db.selectDistinct({ email: allPlansLinks.email }).from(allPlansLinks)),
    ...(await db.selectDistinct({ email: outbox.toEmail }).from(outbox)),
    ...(await db.selectDistinct({ email: users.email }).from(users)),
    ...(await db.selectDistinct({ email: waitlistEntries.pendingEmail }).from(waitlistEntries)),
  ];
  return new Set(found.map(({ email }) => email).filter((email) => email !== null));
}

/** Whether any table still holds a row of theirs. */
async function isKnown(db: Db, email: string, until: number): Promise<boolean> {
  const person = await findPersonalDataIdsByEmail(db, email, until);
  for (const { table, findRows: where } of tablesWithPersonalData) {
    const some = await db.select().from(table).where(where(person)).limit(1);
    if (some.length > 0) return true;
  }
  return false;
}

async function eraseUntil(email: string, until: number, now: number): Promise<ErasureResult> {
  return eraseAll((tx) => findPersonalDataIdsByEmail(tx, email, until), now);
}

const MOST_TRIES = 5;

/**
 * On PostgreSQL a concurrent transaction may write a row about them, such as an offer: then the rows are collected
 * again.
 */
async function eraseAll(find: (tx: Db) => Promise<PersonalDataIds>, now: number): Promise<ErasureResult> {
  for (let tries = 1; ; tries++) {
    try {
      return await transact(async (tx) => eraseRows(tx, await find(tx), now));
    } catch (error) {
      if (tries === MOST_TRIES || !isStillReferredTo(error)) throw error;
    }
  }
}

function isStillReferredTo(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } };
  return (code ?? cause?.code) === '23503';
}

async function eraseRows(tx: Db, person: PersonalDataIds, now: number): Promise<ErasureResult> {
  const freed = await releaseUpcoming(tx, person, now);
  await releaseOffers(tx, person, now);
  await endRebookingHoldsOfClients(tx, person.clientIds, now);
  const keptIds = await listSeriesToKeep(tx, person, now);
  const erased: PersonalDataIds = { ...person, seriesIds: person.seriesIds.filter((id) => !keptIds.includes(id)) };
  erased.appointmentIds = await listAppointments(tx, erased.seriesIds);
  const keptClients = await tx.selectDistinct({ id: series.clientId }).from(series).where(inArray(series.id, keptIds));
  // Payments stay in the books too.
  keptClients.push(
    ...(await tx
      .selectDistinct({ id: ledgerEntries.clientId })
      .from(ledgerEntries)
      .where(inArray(ledgerEntries.clientId, person.clientIds))),
  );
  erased.clientIds = person.clientIds.filter((id) => keptClients.every((keptClient) => keptClient.id !== id));
  for (const { table, findRows: where } of tablesWithPersonalData) {
    const isAnonymised = withoutPerson.includes(table);
    await tx.delete(table).where(where(isAnonymised ? erased : person));
  }
  await forgetPersonOf(
    tx,
    keptIds,
    keptClients.map(({ id }) => id),
  );
  const keptAppointments = await listAppointments(tx, keptIds);
  return {
    deleted: erased.appointmentIds.length,
    freed,
    kept: keptAppointments.length,
    questions: person.questionIds.length,
  };
}

/** The rows of past series that stay, with every personal value cleared. */
const withoutPerson: unknown[] = [
  ledgerLines,
  ledgerEntries,
  appointments,
  series,
  clients,
  skips,
  manageTokens,
  auditEvents,
];

async function releaseUpcoming(tx: Db, person: PersonalDataIds, now: number): Promise<number> {
  const cancelled = await tx
    .update(appointments)
    .set({ status: 'cancelled', cancelledAt: now, cancelledBy: 'client' })
    .where(
      and(
        inArray(appointments.seriesId, person.seriesIds),
        eq(appointments.status, 'booked'),
        gt(appointments.startAt, now),
      ),
    )
    .returning();
  await releaseCells(tx, cancelled.flatMap(toAppointmentClaims), now);
  const ids = cancelled.map(({ id }) => id);
  await lapseUnpaidPrices(tx, ids, { actor: 'erasure', now });
  return cancelled.length;
}

/** Releases time held for their open offers. Nothing stays of erased waiting list entries, answered or not. */
async function releaseOffers(tx: Db, person: PersonalDataIds, now: number): Promise<void> {
  const open = await tx
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(
      and(
        isNull(waitlistOffers.answeredAt),
        or(inArray(waitlistOffers.entryId, person.entryIds), inArray(waitlistOffers.skipSeriesId, person.seriesIds)),
      ),
    );
  await withdrawOffersById(
    tx,
    open.map(({ id }) => id),
    'withdrawn',
    now,
  );
}

/** The series of which a date took place, or is in the books. */
async function listSeriesToKeep(tx: Db, person: PersonalDataIds, now: number): Promise<string[]> {
  const tookPlace = and(
    inArray(appointments.status, ['booked', 'completed', 'no_show']),
    lte(appointments.startAt, now),
  );
  const isInBooks = exists(
    tx.select({ id: ledgerEntries.id }).from(ledgerEntries).where(eq(ledgerEntries.appointmentId, appointments.id)),
  );
  const found = await tx
    .selectDistinct({ id: appointments.seriesId })
    .from(appointments)
    .where(and(inArray(appointments.seriesId, person.seriesIds), or(tookPlace, isInBooks)));
  return found.map(({ id }) => id);
}

async function listAppointments(tx: Db, seriesIds: string[]): Promise<string[]> {
  const found = await tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(inArray(appointments.seriesId, seriesIds));
  return found.map(({ id }) => id);
}

async function forgetPersonOf(tx: Db, seriesIds: string[], clientIds: string[]): Promise<void> {
  for (const id of clientIds) {
    const nobody = { name: ERASED_NAME, email: `${randomUUID()}${ERASED_EMAIL_DOMAIN}`, phone: null };
    const nothing = { searchText: '', language: '', sealedAlerts: null, favouriteTherapistId: null, tags: [] };
    await tx
      .update(clients)
      .set({ ...nobody, ...nothing })
      .where(eq(clients.id, id));
    await tx.update(ledgerEntries).set({ reason: '' }).where(eq(ledgerEntries.clientId, id));
  }
  for (const id of seriesIds) {
    await tx.update(series).set({ sealedNote: null, sender: null, bookedBy: null }).where(eq(series.id, id));
    // Their manage links stop working.
    await tx.delete(manageTokens).where(eq(manageTokens.seriesId, id));
    await tx.insert(manageTokens).values({ tokenHash: `erased:${id}`, seriesId: id, createdAt: 0 });
  }
  const subjects = [...seriesIds.map((id) => `series:${id}`), ...clientIds.map((id) => `client:${id}`)];
  await tx.update(auditEvents).set({ facts: {} }).where(inArray(auditEvents.subject, subjects));
}
