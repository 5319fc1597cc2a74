import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, exists, gt, gte, inArray, lte, notExists, or, sql } from 'drizzle-orm';
import { findDueScoreEmail, type ScoreEmail } from '@/care/score-moments';
import { filterConfirmedEmailAddresses } from '@/db/access/confirmed-email-addresses';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { putInOutbox } from '@/db/messages/outbox';
import { getDateForScoreEmail, listBookedOrCompletedSessions } from '@/db/messages/score-email-facts-to-send';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  clients,
  consents,
  consentWithdrawals,
  scoreEmails,
  scoreMailOptOuts,
  series,
} from '@/db/schema';

// Finds the clients who are due an e-mail that asks for scores. It looks at the bookings as they are now, so when a
// date is moved or cancelled no e-mail has to be withdrawn.

const WEEK = 7 * DAY_MS;
/** Sessions longer ago than this are not asked about. */
const AFTER = 6 * DAY_MS;
const DATES_AT_ONCE = 250;

/**
 * Writes the e-mails that are due into the outbox. Each is written in one transaction with a row that records it, so
 * that two servers write it only once. Returns how many there were.
 */
export async function queueScoreEmails({ now }: Clock): Promise<number> {
  const db = await reader();
  let written = 0;
  for await (const some of listCandidates(db, now)) {
    for (const seriesId of some) {
      // There may be thousands, so let requests for pages run between two of them.
      await nextTurn();
      if (!(await dueAsk(db, seriesId, now))) continue;
      written += await transact((tx) => writeAsk(tx, seriesId, now));
    }
  }
  return written;
}

async function writeAsk(tx: Db, seriesId: string, now: number): Promise<number> {
  // Check again: another server may have been sooner.
  const due = await dueAsk(tx, seriesId, now);
  if (!due) return 0;
  const { kind, slot } = due;
  const noted = await tx
    .insert(scoreEmails)
    .values({ seriesId, kind, slot, askedAt: now })
    .onConflictDoNothing()
    .returning({ slot: scoreEmails.slot });
  const [to] = await tx
    .select({ toEmail: clients.email, seriesVersion: series.version })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  if (noted.length === 0 || !to) return 0;
  const practice = await getPractice(tx);
  const about = { seriesUid: seriesId, ask: kind, slot };
  const date = await getDateForScoreEmail(tx, { ...about, toEmail: to.toEmail }, { now, timeZone: practice.timeZone });
  // The client has noted it already and needs no e-mail.
  if (!date) return 0;
  const notification = {
    kind: 'score_ask',
    practice: toNotificationPractice(practice),
    ...about,
    start: date.start,
  } as const;
  return (await putInOutbox(tx, { notification, ...to, seriesId, now })).length;
}

/**
 * Plans with a session in the coming week or recently over, whose client has a confirmed address and has neither
 * stopped these e-mails nor withdrawn the consent to store answers. Yields some at a time, each plan once: a chain of
 * practices has sixty thousand dates in these two weeks, and the server stands still while one statement reads them.
 */
async function* listCandidates(db: Db, now: number): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  let last = { after: now - AFTER - LONGEST_APPOINTMENT_MS, id: '' };
  for (;;) {
    const dates = await selectDatesAfter(db, { ...last, until: now + WEEK });
    const isNear = ({ startAt, endAt, status }: (typeof dates)[number]) =>
      (startAt > now || (endAt > now - AFTER && endAt <= now)) && (status === 'booked' || status === 'completed');
    const near = new Set(dates.filter(isNear).map(({ seriesId }) => seriesId));
    const unseen = [...near].filter((id) => !seen.has(id));
    for (const id of unseen) seen.add(id);
    if (unseen.length > 0) yield await listAskable(db, unseen);
    if (dates.length < DATES_AT_ONCE) return;
    const { paddedStartAt: after, id } = dates.at(-1)!;
    last = { after, id };
    await nextTurn();
  }
}

/** In the order of the index that finds them. */
const selectDatesAfter = preparedQuery((on) =>
  on
    .select({
      id: appointments.id,
      seriesId: appointments.seriesId,
      paddedStartAt: appointments.paddedStartAt,
      startAt: appointments.startAt,
      endAt: appointments.endAt,
      status: appointments.status,
    })
    .from(appointments)
    .where(
      and(
        gte(appointments.paddedStartAt, sql.placeholder('after')),
        or(gt(appointments.paddedStartAt, sql.placeholder('after')), gt(appointments.id, sql.placeholder('id'))),
        lte(appointments.startAt, sql.placeholder('until')),
        lte(appointments.paddedStartAt, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(appointments.paddedStartAt), asc(appointments.id))
    .limit(DATES_AT_ONCE),
);

async function listAskable(db: Db, seriesIds: string[]): Promise<string[]> {
  const stops = db
    .select({ it: scoreMailOptOuts.seriesId })
    .from(scoreMailOptOuts)
    .where(eq(scoreMailOptOuts.seriesId, series.id));
  const found = await db
    .select({ id: series.id, source: series.source, confirmedAt: series.confirmedAt, email: clients.email })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(inArray(series.id, seriesIds), notExists(stops)));
  const isSure = ({ source, confirmedAt }: (typeof found)[number]) => source === 'desk' || confirmedAt !== null;
  const unsure = found.filter((plan) => !isSure(plan)).map(({ email }) => email);
  const confirmed = await filterConfirmedEmailAddresses(db, unsure);
  return found.filter((plan) => isSure(plan) || confirmed.has(plan.email)).map(({ id }) => id);
}

/**
 * Until the client has consented to store their answers, a plan gets only one e-mail, before its first session: a
 * client who does not answer is left alone.
 */
async function dueAsk(db: Db, seriesId: string, now: number): Promise<ScoreEmail | null> {
  const [plan] = await db
    .select({ bookedAt: series.createdAt, clientId: series.clientId })
    .from(series)
    .where(eq(series.id, seriesId));
  if (!plan) return null;
  const sentBefore = await db
    .select({ kind: scoreEmails.kind, slot: scoreEmails.slot })
    .from(scoreEmails)
    .where(eq(scoreEmails.seriesId, seriesId));
  const visits = await listBookedOrCompletedSessions(db, seriesId);
  const due = findDueScoreEmail({ visits, bookedAt: plan.bookedAt, previousAsks: sentBefore, now });
  if (!due || (await isConsentGiven(db, plan.clientId))) return due;
  const isFirst = sentBefore.length === 0 && visits.every(({ startsAt }) => startsAt > now);
  return isFirst && !(await isConsentWithdrawn(db, plan.clientId)) ? due : null;
}

async function isConsentGiven(db: Db, clientId: string): Promise<boolean> {
  const withdrawn = db
    .select({ it: consentWithdrawals.consentId })
    .from(consentWithdrawals)
    .where(eq(consentWithdrawals.consentId, consents.id));
  return (await listHealthConsents(db, clientId, notExists(withdrawn))).length > 0;
}

async function isConsentWithdrawn(db: Db, clientId: string): Promise<boolean> {
  const withdrawn = db
    .select({ it: consentWithdrawals.consentId })
    .from(consentWithdrawals)
    .where(eq(consentWithdrawals.consentId, consents.id));
  return (await listHealthConsents(db, clientId, exists(withdrawn))).length > 0;
}

function listHealthConsents(db: Db, clientId: string, condition: ReturnType<typeof exists>) {
  return db
    .select({ id: consents.id })
    .from(consents)
    .innerJoin(series, eq(series.id, consents.seriesId))
    .where(and(eq(series.clientId, clientId), eq(consents.kind, 'health_kept'), condition))
    .limit(1);
}
