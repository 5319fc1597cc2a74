import { and, eq, gt, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '@/db/connection/connection';
import { MINUTE_MS, RETENTION } from '@/db/retention';
import {
  accounts,
  addressChanges,
  allPlansLinks,
  appointments,
  askedQuestionReplies,
  askedQuestions,
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
  handOverRequests,
  idempotencyKeys,
  intakes,
  ledgerEntries,
  ledgerLines,
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

// All stored rows of one person, found by their e-mail address. Export and erasure both use this list. A test fails
// when a table that could hold a person is missing from it.

/** Ids of all rows that belong to one e-mail address. */
export interface PersonalDataIds {
  /** In lower case. */
  email: string;
  /** Rows made after this instant are left out. */
  until: number;
  clientIds: string[];
  seriesIds: string[];
  appointmentIds: string[];
  questionIds: string[];
  requestIds: string[];
  /** Their waiting list entries, including unconfirmed ones. */
  entryIds: string[];
  userIds: string[];
}

/** The time at which a link was sent is not stored; it follows from its expiry and the fixed lifetime of links. */
function wasSentBy(until: number): SQL | undefined {
  if (until === Number.MAX_SAFE_INTEGER) return undefined;
  return lte(verificationTokens.expires, new Date(until + RETENTION.signInLinkMinutes * MINUTE_MS));
}

type Finder = (person: PersonalDataIds) => SQL | undefined;

const isOf = (column: SQLiteColumn, ids: string[]): SQL => inArray(column, ids);
const subjectsOf = (person: PersonalDataIds): string[] => [
  ...person.clientIds.map((id) => `client:${id}`),
  ...person.seriesIds.map((id) => `series:${id}`),
  ...person.appointmentIds.map((id) => `appointment:${id}`),
  ...person.questionIds.map((id) => `asked:${id}`),
  ...person.requestIds.map((id) => `request:${id}`),
  ...person.entryIds.map((id) => `waitlist:${id}`),
];
const actorsOf = (person: PersonalDataIds): string[] => [
  ...person.seriesIds.map((id) => `link:${id}`),
  ...person.userIds.map((id) => `client:${id}`),
];

function mailOf(person: PersonalDataIds): SQL | undefined {
  return or(
    and(eq(outbox.toEmail, person.email), lte(outbox.createdAt, person.until)),
    isOf(outbox.seriesId, person.seriesIds),
  );
}

function consentsOf(person: PersonalDataIds): SQL | undefined {
  return or(isOf(consents.seriesId, person.seriesIds), isOf(consents.askedId, person.questionIds));
}

/**
 * Each table with personal data, and how its rows are found. Child tables come before the tables that they refer to.
 */
export const tablesWithPersonalData: { table: SQLiteTable; findRows: Finder }[] = [
  {
    table: consentWithdrawals,
    findRows: (person) =>
      sql`${consentWithdrawals.consentId} in (select ${consents.id} from ${consents} where ${consentsOf(person)})`,
  },
  { table: consents, findRows: consentsOf },
  {
    table: waitlistOffers,
    findRows: (person) =>
      or(isOf(waitlistOffers.entryId, person.entryIds), isOf(waitlistOffers.skipSeriesId, person.seriesIds)),
  },
  { table: waitlistEntries, findRows: (person) => isOf(waitlistEntries.id, person.entryIds) },
  { table: intakes, findRows: (person) => isOf(intakes.seriesId, person.seriesIds) },
  { table: sessionChecks, findRows: (person) => isOf(sessionChecks.appointmentId, person.appointmentIds) },
  { table: calendarDepartures, findRows: (person) => isOf(calendarDepartures.appointmentId, person.appointmentIds) },
  { table: moveLimitExemptions, findRows: (person) => isOf(moveLimitExemptions.appointmentId, person.appointmentIds) },
  ...[scores, scoreGoals, scoreEmails, scoreMailOptOuts, progressCheckIns].map((table) => ({
    table,
    findRows: (person: PersonalDataIds) => isOf(table.seriesId, person.seriesIds),
  })),
  { table: seriesQuestionPages, findRows: (person) => isOf(seriesQuestionPages.seriesId, person.seriesIds) },
  { table: startScores, findRows: (person) => isOf(startScores.seriesId, person.seriesIds) },
  { table: handOverRequests, findRows: (person) => isOf(handOverRequests.seriesId, person.seriesIds) },
  { table: skips, findRows: (person) => isOf(skips.seriesId, person.seriesIds) },
  {
    table: reminders,
    findRows: (person) =>
      or(
        isOf(reminders.appointmentId, person.appointmentIds),
        sql`${reminders.outboxId} in (select ${outbox.id} from ${outbox} where ${mailOf(person)})`,
      ),
  },
  { table: reminderPreferences, findRows: (person) => isOf(reminderPreferences.seriesId, person.seriesIds) },
  {
    table: attendanceConfirmations,
    findRows: (person) => isOf(attendanceConfirmations.appointmentId, person.appointmentIds),
  },
  {
    table: followUps,
    findRows: (person) =>
      or(
        isOf(followUps.appointmentId, person.appointmentIds),
        sql`${followUps.outboxId} in (select ${outbox.id} from ${outbox} where ${mailOf(person)})`,
      ),
  },
  { table: clientMessages, findRows: (person) => isOf(clientMessages.seriesId, person.seriesIds) },
  { table: outbox, findRows: mailOf },
  { table: idempotencyKeys, findRows: (person) => isOf(idempotencyKeys.seriesId, person.seriesIds) },
  {
    table: calendarFeeds,
    findRows: (person) =>
      or(isOf(calendarFeeds.seriesId, person.seriesIds), isOf(calendarFeeds.userId, person.userIds)),
  },
  { table: manageTokens, findRows: (person) => isOf(manageTokens.seriesId, person.seriesIds) },
  {
    table: auditEvents,
    findRows: (person) => or(isOf(auditEvents.subject, subjectsOf(person)), isOf(auditEvents.actor, actorsOf(person))),
  },
  {
    table: ledgerLines,
    findRows: (person) =>
      sql`${ledgerLines.entryId} in (select ${ledgerEntries.id} from ${ledgerEntries} where ${isOf(ledgerEntries.clientId, person.clientIds)})`,
  },
  { table: ledgerEntries, findRows: (person) => isOf(ledgerEntries.clientId, person.clientIds) },
  { table: noteReadings, findRows: (person) => isOf(noteReadings.appointmentId, person.appointmentIds) },
  { table: noteAmendments, findRows: (person) => isOf(noteAmendments.appointmentId, person.appointmentIds) },
  { table: sessionNotes, findRows: (person) => isOf(sessionNotes.appointmentId, person.appointmentIds) },
  { table: appointments, findRows: (person) => isOf(appointments.seriesId, person.seriesIds) },
  { table: series, findRows: (person) => isOf(series.id, person.seriesIds) },
  { table: followUpOptOuts, findRows: (person) => isOf(followUpOptOuts.clientId, person.clientIds) },
  { table: textConsents, findRows: (person) => isOf(textConsents.clientId, person.clientIds) },
  { table: clients, findRows: (person) => isOf(clients.id, person.clientIds) },
  { table: bookingRequests, findRows: (person) => isOf(bookingRequests.id, person.requestIds) },
  {
    table: confirmedAddresses,
    findRows: (person) =>
      and(eq(confirmedAddresses.email, person.email), lte(confirmedAddresses.confirmedAt, person.until)),
  },
  {
    table: allPlansLinks,
    findRows: (person) => and(eq(allPlansLinks.email, person.email), lte(allPlansLinks.createdAt, person.until)),
  },
  {
    table: bouncedAddresses,
    findRows: (person) => and(eq(bouncedAddresses.email, person.email), lte(bouncedAddresses.bouncedAt, person.until)),
  },
  { table: askedQuestionReplies, findRows: (person) => isOf(askedQuestionReplies.askedId, person.questionIds) },
  { table: askedQuestions, findRows: (person) => isOf(askedQuestions.id, person.questionIds) },
  {
    table: verificationTokens,
    // Also for a staff member's address: they can ask for a new sign-in link.
    findRows: (person) => and(eq(verificationTokens.identifier, person.email), wasSentBy(person.until)),
  },
  {
    table: addressChanges,
    findRows: (person) =>
      or(
        isOf(addressChanges.userId, person.userIds),
        eq(addressChanges.newEmail, person.email),
        eq(addressChanges.earlierEmail, person.email),
      ),
  },
  { table: sessions, findRows: (person) => isOf(sessions.userId, person.userIds) },
  { table: accounts, findRows: (person) => isOf(accounts.userId, person.userIds) },
  { table: users, findRows: (person) => isOf(users.id, person.userIds) },
];

/**
 * The rows of an e-mail address that were made up to an instant. A user account is included only if it is a client's:
 * staff are not erased as clients.
 */
export async function findPersonalDataIdsByEmail(
  db: Db,
  address: string,
  until = Number.MAX_SAFE_INTEGER,
): Promise<PersonalDataIds> {
  const email = address.trim().toLowerCase();
  const isNewer = and(eq(clients.email, email), gt(clients.createdAt, until));
  const hasComeBack = (await idsIn(db, clients, clients.id, isNewer)).length > 0;
  const questionsOfPerson = and(eq(askedQuestions.email, email), lte(askedQuestions.createdAt, until));
  const isRequest = and(eq(bookingRequests.email, email), lte(bookingRequests.createdAt, until));
  // Clients without an address are not one person: each is found by `findPersonalDataIdsOfClient`.
  const isTheirs = email === '' ? sql`1 = 0` : and(eq(clients.email, email), lte(clients.createdAt, until));
  const isPending = and(eq(waitlistEntries.pendingEmail, email), lte(waitlistEntries.createdAt, until));
  const behind = await rowsBehind(db, await idsIn(db, clients, clients.id, isTheirs));
  const pendingIds = email === '' ? [] : await idsIn(db, waitlistEntries, waitlistEntries.id, isPending);
  return {
    email,
    until,
    ...behind,
    entryIds: [...behind.entryIds, ...pendingIds],
    questionIds: await idsIn(db, askedQuestions, askedQuestions.id, questionsOfPerson),
    requestIds: await idsIn(db, bookingRequests, bookingRequests.id, isRequest),
    // The time at which an account was made is not stored, so a person who has booked again since keeps theirs.
    userIds: hasComeBack ? [] : await idsIn(db, users, users.id, and(eq(users.email, email), eq(users.role, 'client'))),
  };
}

/** The rows of one client who gave no e-mail address. */
export async function findPersonalDataIdsOfClient(db: Db, clientId: string): Promise<PersonalDataIds> {
  const nothing = { questionIds: [], requestIds: [], userIds: [] };
  return { email: '', until: Number.MAX_SAFE_INTEGER, ...(await rowsBehind(db, [clientId])), ...nothing };
}

async function rowsBehind(db: Db, clientIds: string[]) {
  const seriesIds = await idsIn(db, series, series.id, inArray(series.clientId, clientIds));
  const appointmentIds = await idsIn(db, appointments, appointments.id, inArray(appointments.seriesId, seriesIds));
  const entryIds = await idsIn(db, waitlistEntries, waitlistEntries.id, inArray(waitlistEntries.clientId, clientIds));
  return { clientIds, seriesIds, appointmentIds, entryIds };
}

async function idsIn(db: Db, table: SQLiteTable, column: SQLiteColumn, where: SQL | undefined): Promise<string[]> {
  return (await db.select({ id: column }).from(table).where(where)).map(({ id }) => String(id));
}
