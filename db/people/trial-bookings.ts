import { and, asc, eq, inArray, isNotNull, isNull, like, notInArray, or } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { endRebookingHoldsOfClients } from '@/db/booking/rebooking-holds';
import { releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { getConnection, reader, transact } from '@/db/connection/database-client';
import { cleanLine } from '@/db/input/clean-text';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  accounts,
  allPlansLinks,
  appointments,
  attendanceConfirmations,
  auditEvents,
  bookingRequests,
  bouncedAddresses,
  calendarDepartures,
  calendarFeeds,
  clientMessages,
  clients,
  confirmedAddresses,
  consents,
  consentWithdrawals,
  followUpOptOuts,
  followUps,
  freedTimes,
  handOverRequests,
  idempotencyKeys,
  intakes,
  ledgerEntries,
  manageTokens,
  moveLimitExemptions,
  noteAmendments,
  noteReadings,
  outbox,
  progressCheckIns,
  reminderPreferences,
  reminders,
  scoreEmails,
  scoreGoals,
  scoreMailOptOuts,
  scores,
  series,
  seriesQuestionPages,
  sessionChecks,
  sessionNotes,
  sessions,
  skips,
  startScores,
  textConsents,
  users,
  verificationTokens,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { withdrawOffersById } from '@/db/waitlist/withdraw-offers';

// Bookings made to try the practice out, before the first real client. They are removed for good, and only until the
// owner declares the practice live. Unlike an erasure this leaves nothing for the books, so it is refused once there
// are payments.

/** An older practice has real clients, even if its owner never declared it live. */
const TRIAL_DAYS = 60;
const NAMES_SHOWN = 20;
const WENT_LIVE = 'went live';

/** What would be removed. */
export interface TrialBookings {
  appointments: number;
  requests: number;
  clients: number;
  /** E-mails about them that have not been sent. */
  unsent: number;
  /** The names of the first clients, in order. */
  names: string[];
}

/** Why nothing may be removed; null if it may. */
export type TrialRemovalRefusal = 'live' | 'old' | 'demo' | 'paid' | null;

export interface TrialBookingsState {
  bookings: TrialBookings;
  why: TrialRemovalRefusal;
  /** When the owner declared the practice live. */
  liveSince: number | null;
}

export async function getTrialBookingsState(_viewer: Owner, { now }: Clock, db?: Db): Promise<TrialBookingsState> {
  const from = db ?? (await reader());
  const liveSince = await findLiveSince(from);
  const practice = await getPractice(from);
  const isOld = now - practice.createdAt > TRIAL_DAYS * DAY_MS;
  const isPaid = (await from.$count(ledgerEntries)) > 0;
  const why = practice.isDemo ? 'demo' : liveSince !== null ? 'live' : isOld ? 'old' : isPaid ? 'paid' : null;
  return { bookings: await countMade(from), why, liveSince };
}

/** From now on no booking counts as a test. */
export async function goLive(viewer: Owner, { now }: Clock): Promise<void> {
  await transact(async (tx) => {
    await lockPractice(tx);
    if ((await findLiveSince(tx)) !== null) return;
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action: WENT_LIVE, subject: 'practice', facts: {} });
  });
}

/**
 * Removes all bookings and clients, and all messages about them. `seen` is what the page showed, as JSON: if more was
 * booked since, nothing is removed. The practice's name must be typed as well.
 */
export async function deleteTrialBookings(
  viewer: Owner,
  { seen, typedName }: { seen: string; typedName: string },
  { now }: Clock,
): Promise<{ ok: true; removed: TrialBookings } | Refusal<'changed_since' | 'other_name' | 'kept'>> {
  const { whileErasing } = await getConnection();
  return whileErasing(() =>
    transact(async (tx) => {
      // A concurrent payment waits here, and then finds no bill; or it came first, and is found below.
      await lockPractice(tx);
      const { bookings, why } = await getTrialBookingsState(viewer, { now }, tx);
      if (why !== null) return { ok: false as const, reason: 'kept' as const };
      const { name } = await getPractice(tx);
      const isSame = cleanLine(typedName).toLowerCase() === cleanLine(name).toLowerCase();
      if (!isSame) return { ok: false as const, reason: 'other_name' as const };
      if (JSON.stringify(bookings) !== seen) return { ok: false as const, reason: 'changed_since' as const };
      await removeAll(tx, now);
      const { names: _, ...facts } = bookings;
      const event = {
        at: now,
        actor: getAuditActor(viewer),
        action: 'test bookings cleared' as const,
        subject: 'practice',
        facts,
      };
      await recordEvent(tx, event);
      return { ok: true as const, removed: bookings };
    }),
  );
}

async function findLiveSince(db: Db): Promise<number | null> {
  const [event] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, 'practice'), eq(auditEvents.action, WENT_LIVE)))
    .orderBy(asc(auditEvents.at))
    .limit(1);
  return event?.at ?? null;
}

async function countMade(db: Db): Promise<TrialBookings> {
  const waits = and(isNull(outbox.sentAt), isNull(outbox.deadAt), isNull(outbox.droppedAt));
  const names = await db
    .select({ name: clients.name })
    .from(clients)
    .orderBy(asc(clients.name), asc(clients.id))
    .limit(NAMES_SHOWN);
  return {
    appointments: await db.$count(appointments),
    requests: await db.$count(bookingRequests),
    clients: await db.$count(clients),
    unsent: await db.$count(outbox, and(waits, await isAboutClients(db))),
    names: names.map(({ name }) => name),
  };
}

/** Messages about a series, or to anybody who is not staff. */
async function isAboutClients(db: Db) {
  const staff = await db
    .select({ email: users.email })
    .from(users)
    .where(notInArray(users.role, ['client']));
  return or(
    isNotNull(outbox.seriesId),
    notInArray(
      outbox.toEmail,
      staff.map(({ email }) => email),
    ),
  );
}

/** Child tables come before the tables that they refer to. */
async function removeAll(tx: Db, now: number): Promise<void> {
  // Reads the rows under a lock, so that none is moved before its time is released.
  const booked = await tx.update(appointments).set({ version: appointments.version }).returning();
  await releaseCells(tx, booked.flatMap(toAppointmentClaims), now);
  const everybody = await tx.select({ id: clients.id }).from(clients);
  await endRebookingHoldsOfClients(
    tx,
    everybody.map(({ id }) => id),
    now,
  );
  const open = await tx.select({ id: waitlistOffers.id }).from(waitlistOffers).where(isNull(waitlistOffers.answeredAt));
  await withdrawOffersById(
    tx,
    open.map(({ id }) => id),
    'withdrawn',
    now,
  );
  for (const table of [waitlistOffers, waitlistEntries, freedTimes]) await tx.delete(table);
  for (const table of [intakes, sessionChecks, moveLimitExemptions, calendarDepartures, consentWithdrawals])
    await tx.delete(table);
  for (const table of [scores, scoreGoals, scoreEmails, scoreMailOptOuts, progressCheckIns]) await tx.delete(table);
  await tx.delete(consents).where(isNotNull(consents.seriesId));
  for (const table of [
    reminders,
    reminderPreferences,
    attendanceConfirmations,
    textConsents,
    followUps,
    followUpOptOuts,
    clientMessages,
  ])
    await tx.delete(table);
  await tx.delete(outbox).where(await isAboutClients(tx));
  await tx.delete(bouncedAddresses);
  for (const table of [noteReadings, noteAmendments, sessionNotes]) await tx.delete(table);
  await tx.delete(calendarFeeds).where(or(isNotNull(calendarFeeds.seriesId), isNotNull(calendarFeeds.userId)));
  for (const table of [seriesQuestionPages, startScores, handOverRequests, skips, idempotencyKeys, manageTokens])
    await tx.delete(table);
  for (const table of [appointments, series, clients, bookingRequests, confirmedAddresses, allPlansLinks])
    await tx.delete(table);
  const ofKinds = ['client', 'series', 'appointment', 'request', 'waitlist'].map((kind) =>
    like(auditEvents.subject, `${kind}:%`),
  );
  const byThem = ['link', 'client'].map((kind) => like(auditEvents.actor, `${kind}:%`));
  await tx.delete(auditEvents).where(or(...ofKinds, ...byThem));
  const accountsOfClients = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(users.role, 'client'));
  const ids = accountsOfClients.map(({ id }) => id);
  const addresses = accountsOfClients.map(({ email }) => email);
  await tx.delete(verificationTokens).where(inArray(verificationTokens.identifier, addresses));
  await tx.delete(sessions).where(inArray(sessions.userId, ids));
  await tx.delete(accounts).where(inArray(accounts.userId, ids));
  await tx.delete(users).where(inArray(users.id, ids));
}
