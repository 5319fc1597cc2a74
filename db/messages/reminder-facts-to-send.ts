import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { getReasonToAskIntakeAgain, INTAKE_VERSION } from '@/care/intake-questions';
import { confirmedEmailAddressCondition, isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { type Practice, toNotificationPractice } from '@/db/practice/practice';
import {
  appointments,
  clients,
  consents,
  consentWithdrawals,
  intakes,
  type ReminderStepChannels,
  reminderPreferences,
  series,
  services,
  sessionChecks,
  textConsents,
  therapists,
} from '@/db/schema';
import { canClientCancel, canMoveOnline, LATE_BOOKING_UNDO_MINUTES } from '@/scheduling/booking-policy';
import type { Notification, ReminderDate } from '@/scheduling/notification-types';
import { isReminderStillDue, listReminderStepsForClient } from '@/scheduling/reminder-schedule';
import { readTextGateway } from '@/text-gateway-settings';
import { toGreetedNames } from './greeted-names';
import { getReminderRules, pickReminderStepsOfService, type ReminderRules } from './reminder-rules';
import { listOptedOutNumbers } from './text-opt-outs';

// The content of a reminder, read when it is sent, with nothing about anybody's health.

export type ReminderNotification = Extract<Notification, { kind: 'reminder' }>;
type TextNotification = Extract<Notification, { kind: 'reminder_text' }>;

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** A date with everything that decides on its reminders. */
export interface RemindableDate {
  uid: string;
  seriesUid: string;
  seriesVersion: number;
  clientId: string;
  start: number;
  end: number;
  therapist: string;
  service: string;
  clientName: string;
  bookedBy: string | null;
  toEmail: string;
  /** When its client came to know of it and these steps came to apply; steps due before this are not sent. */
  since: number;
  steps: number[];
  /** How each step is sent. */
  channels: ReminderStepChannels;
  /** The client's number for texts, and when they agreed to them; null where none can be sent. */
  text: { number: string; since: number } | null;
  /** When its client chose the weekly reminder; 0 where they have not. */
  weekLineSince: number;
  bookedAt: number;
  movesByClient: number;
}

/** Those of these appointments that are booked. */
export async function listRemindableDates(db: Db, uids: string[]): Promise<RemindableDate[]> {
  if (uids.length === 0) return [];
  const rules = await getReminderRules(db);
  const found = await db
    .select({
      uid: appointments.id,
      seriesUid: appointments.seriesId,
      seriesVersion: series.version,
      clientId: appointments.clientId,
      start: appointments.startAt,
      end: appointments.endAt,
      therapist: therapists.name,
      service: services.name,
      serviceId: appointments.serviceId,
      clientName: clients.name,
      bookedBy: series.bookedBy,
      toEmail: clients.email,
      bookedAt: appointments.createdAt,
      movedAt: appointments.movedAt,
      movesByClient: appointments.movesByClient,
      mode: reminderPreferences.mode,
      skipped: reminderPreferences.skipped,
      chosenAt: reminderPreferences.chosenAt,
      number: textConsents.number,
      agreedAt: textConsents.agreedAt,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .leftJoin(reminderPreferences, eq(reminderPreferences.seriesId, appointments.seriesId))
    .leftJoin(
      textConsents,
      and(
        eq(textConsents.clientId, clients.id),
        isNull(textConsents.endedAt),
        // Texts go only to the number that the client agreed to, and only to a client with a confirmed address.
        eq(textConsents.number, clients.phone),
        confirmedEmailAddressCondition(db, clients.email),
      ),
    )
    .where(and(inArray(appointments.id, uids), eq(appointments.status, 'booked')))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  const canText = readTextGateway() !== null;
  const numbers = canText ? found.flatMap(({ number }) => number ?? []) : [];
  const stopped = await listOptedOutNumbers(db, [...new Set(numbers)]);
  return found.map(({ serviceId, movedAt, mode, skipped, chosenAt, number, agreedAt, ...date }) => ({
    ...date,
    text: canText && number !== null && agreedAt !== null && !stopped.has(number) ? { number, since: agreedAt } : null,
    ...stepsFor(rules, { serviceId, bookedAt: date.bookedAt, movedAt, mode, skipped, chosenAt }),
  }));
}

interface Deciding {
  serviceId: string;
  bookedAt: number;
  movedAt: number | null;
  mode: 'each' | 'weekly' | 'none' | null;
  skipped: number[] | null;
  chosenAt: number | null;
}

/** The steps that a date has, and since when they apply. */
function stepsFor(rules: ReminderRules, { serviceId, bookedAt, movedAt, mode, skipped, chosenAt }: Deciding) {
  const { steps, channels, changedAt } = pickReminderStepsOfService(rules, serviceId);
  return {
    channels,
    steps: listReminderStepsForClient(steps, mode === null ? null : { mode, skipped: skipped ?? [] }),
    weekLineSince: mode === 'weekly' ? (chosenAt ?? 0) : 0,
    since: Math.max(bookedAt, movedAt ?? 0, changedAt, mode === 'weekly' ? 0 : (chosenAt ?? 0)),
  };
}

interface ReminderQuery {
  seriesUid: string;
  step: number;
  dates: { uid: string; start: number }[];
  toEmail: string;
}

/**
 * A reminder as of now; null where it should no longer be sent: its dates have been cancelled or moved, are about to
 * begin or over, have another address, or a later step is due. A weekly reminder leaves out such dates.
 */
export async function getReminderFactsToSend(
  db: Db,
  { seriesUid, step, dates, toEmail }: ReminderQuery,
  practice: Practice,
  now: number,
  cache: SubmittedFormsByClient = new Map(),
): Promise<ReminderNotification | null> {
  const standing = await listRemindableDates(
    db,
    dates.map(({ uid }) => uid),
  );
  const { timeZone } = practice;
  const due = standing.filter((date) => {
    const isSame = dates.some(({ uid, start }) => uid === date.uid && start === date.start);
    return isSame && date.toEmail === toEmail && isReminderStillDue({ timeZone, ...date, step, now });
  });
  const [first] = due;
  if (!first) return null;
  const isKnown = await isConfirmedEmailAddress(db, toEmail);
  return {
    kind: 'reminder',
    practice: toNotificationPractice(practice),
    seriesUid,
    step,
    ...toGreetedNames(first, isKnown),
    dates: due.map((date) => reminderDate(date, practice, now)),
    forms: await listFormsDue(db, first, { cache, now }),
  };
}

interface TextQuery {
  seriesUid: string;
  step: number;
  date: { uid: string; start: number };
  number: string;
}

/** The text about a date as of now; null where it should no longer be sent, or where its number has opted out. */
export async function getReminderTextFactsToSend(
  db: Db,
  { seriesUid, step, date: { uid, start }, number }: TextQuery,
  practice: Practice,
  now: number,
): Promise<TextNotification | null> {
  const [date] = await listRemindableDates(db, [uid]);
  if (!date || date.start !== start || date.text?.number !== number) return null;
  if (!isReminderStillDue({ timeZone: practice.timeZone, ...date, step, now })) return null;
  const textDate = { uid, start, therapist: date.therapist };
  return { kind: 'reminder_text', practice: toNotificationPractice(practice), seriesUid, step, date: textDate };
}

function reminderDate(date: RemindableDate, practice: Practice, now: number): ReminderDate {
  const { uid, start, end, therapist, service, bookedAt } = date;
  const { moveCutoffMinutes, cancelCutoffMinutes } = practice;
  const mayMove = canMoveOnline({ start, moves: date.movesByClient }, practice, now);
  const mayCancel = canClientCancel({ start, now, cutoffMinutes: cancelCutoffMinutes, bookedAt });
  return {
    ...{ uid, start, end, therapist, service },
    moveUntil: mayMove ? start - moveCutoffMinutes * MINUTE : null,
    // A late booking can still be cancelled for a short while.
    cancelUntil: mayCancel
      ? Math.max(start - cancelCutoffMinutes * MINUTE, Math.min(start, bookedAt + LATE_BOOKING_UNDO_MINUTES * MINUTE))
      : null,
  };
}

interface ClientForms {
  /** Consent to storing their answers: never given, given for something that still stands, or withdrawn. */
  consent: 'never' | 'standing' | 'withdrawn';
  intakes: { at: number; version: string }[];
}

/** The forms of clients, read once within one transaction. */
export type SubmittedFormsByClient = Map<string, ClientForms>;

/** Which forms a client has yet to fill in before a date, without any of their content. */
async function listFormsDue(
  db: Db,
  { uid, clientId, start }: RemindableDate,
  { cache, now }: { cache: SubmittedFormsByClient; now: number },
): Promise<('health' | 'before')[]> {
  const { consent, intakes: submitted } = cache.get(clientId) ?? (await getClientForms(db, clientId));
  cache.set(clientId, { consent, intakes: submitted });
  // A client who has withdrawn consent is asked in person, not by e-mail.
  if (consent === 'withdrawn') return [];
  const intakeQuery = { now, version: INTAKE_VERSION, reason: '' };
  if (submitted.every((intake) => getReasonToAskIntakeAgain({ ...intake, reason: '' }, intakeQuery) !== null))
    return ['health'];
  if (start - now > DAY_MS) return [];
  const checked = await db
    .select({ it: sessionChecks.appointmentId })
    .from(sessionChecks)
    .where(and(eq(sessionChecks.appointmentId, uid), eq(sessionChecks.startAt, start)));
  return consent === 'standing' && checked.length === 0 ? ['before'] : [];
}

async function getClientForms(db: Db, clientId: string): Promise<ClientForms> {
  const agreed = await db
    .select({ withdrawnAt: consentWithdrawals.at })
    .from(series)
    .innerJoin(consents, eq(consents.seriesId, series.id))
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(and(eq(series.clientId, clientId), eq(consents.kind, 'health_kept')));
  const submitted = await db
    .select({ at: intakes.finishedAt, version: intakes.questionsVersion })
    .from(intakes)
    .innerJoin(series, eq(series.id, intakes.seriesId))
    .where(and(eq(series.clientId, clientId), isNotNull(intakes.finishedAt)));
  const isStanding = agreed.some(({ withdrawnAt }) => withdrawnAt === null);
  return {
    consent: agreed.length === 0 ? 'never' : isStanding ? 'standing' : 'withdrawn',
    intakes: submitted.map(({ at, version }) => ({ at: at!, version })),
  };
}
