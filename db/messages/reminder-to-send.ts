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
  reminderChoices,
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
import { getReminderRules, pickReminderStepsOfService, type ReminderRules } from './reminder-rules';
import { listOptedOutNumbers } from './text-opt-outs';

// What a reminder says when it is sent: as things stand by then, and nothing of anybody's health.

export type ReminderNotification = Extract<Notification, { kind: 'reminder' }>;
type TextNotification = Extract<Notification, { kind: 'reminder_text' }>;

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** A date with all that decides of its reminders. */
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
  /** Since when its client knows of it, and these steps are to be. */
  since: number;
  steps: number[];
  /** How each step is sent. */
  channels: ReminderStepChannels;
  /** Where its client gets texts, and since when they want them; null where none can be sent. */
  text: { number: string; since: number } | null;
  /** Since when its client wants a line a week. */
  weekLineSince: number;
  bookedAt: number;
  movesByClient: number;
}

/** Those of these appointments that stand. */
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
      mode: reminderChoices.mode,
      skipped: reminderChoices.skipped,
      chosenAt: reminderChoices.chosenAt,
      number: textConsents.number,
      agreedAt: textConsents.agreedAt,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .leftJoin(reminderChoices, eq(reminderChoices.seriesId, appointments.seriesId))
    .leftJoin(
      textConsents,
      and(
        eq(textConsents.clientId, clients.id),
        isNull(textConsents.endedAt),
        // To another number than the one that was agreed to nothing is sent, nor to anybody who is not known.
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

/** Which steps a date has, and since when. */
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
 * A reminder as it is now; null where it is not to be sent any more: its dates were cancelled or moved since, are as good
 * as over, have another address, or a later step has come. Of the line of a week those are left out.
 */
export async function getReminderToSend(
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
    clientName: isKnown ? first.clientName : '',
    ...(isKnown && first.bookedBy !== null && { bookedBy: first.bookedBy }),
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

/** The text of a date as it is now; null where it is not to be sent any more, or its number wants none. */
export async function getReminderTextToSend(
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
    // What was booked too near to its start may still be undone for a while.
    cancelUntil: mayCancel
      ? Math.max(start - cancelCutoffMinutes * MINUTE, Math.min(start, bookedAt + LATE_BOOKING_UNDO_MINUTES * MINUTE))
      : null,
  };
}

interface ClientForms {
  /** Of what they agreed that their answers are kept: nothing, something that stands, or nothing of it any more. */
  consent: 'never' | 'standing' | 'withdrawn';
  intakes: { at: number; version: string }[];
}

/** What was read of clients within one transaction. */
export type SubmittedFormsByClient = Map<string, ClientForms>;

/** Which forms wait for its client before a date: that they do, and nothing of what is in them. */
async function listFormsDue(
  db: Db,
  { uid, clientId, start }: RemindableDate,
  { cache, now }: { cache: SubmittedFormsByClient; now: number },
): Promise<('health' | 'before')[]> {
  const { consent, intakes: submitted } = cache.get(clientId) ?? (await getClientForms(db, clientId));
  cache.set(clientId, { consent, intakes: submitted });
  // Whoever took it back is asked in person, and by no e-mail.
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
