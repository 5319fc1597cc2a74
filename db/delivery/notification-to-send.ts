import { and, eq, inArray } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { getPairedSeriesUnchecked } from '@/db/appointments/paired-series';
import { type AppointmentView, getSeriesUnchecked, type SeriesView } from '@/db/appointments/series';
import { isSkippedDateStillFree } from '@/db/booking/bookable-skipped-dates';
import { getFollowUpToSend } from '@/db/booking/follow-up-emails';
import { getHandOverEmailToSend } from '@/db/booking/hand-over-requests';
import { unconfirmedSeriesCondition } from '@/db/booking/unconfirmed-caps';
import type { Db } from '@/db/connection/connection';
import { getUnansweredMessagesOfSeries } from '@/db/messages/client-messages';
import { findGreetedNames } from '@/db/messages/greeted-names';
import { getSeriesForRenewedLinkEmail, listSeriesForLinksEmail } from '@/db/messages/manage-links-email';
import { getAppointmentKnownToReader } from '@/db/messages/merge-into-waiting-message';
import { countOpenQuestions } from '@/db/messages/notify-practice-of-questions';
import { getLanguageOfAddress, getLanguageOfSeries } from '@/db/messages/reader-language';
import { getReminderTextToSend, getReminderToSend } from '@/db/messages/reminder-to-send';
import { getDateForScoreEmail } from '@/db/messages/score-email-to-send';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import { appointments, type outbox, series, therapists } from '@/db/schema';
import { getWaitlistEmailToSend } from '@/db/waitlist/waitlist-email-to-send';
import { type AppointmentChange, listChangesToReport } from '@/scheduling/notification-changes';
import type {
  LastNotifiedAppointment,
  Notification,
  NotificationAppointment,
  NotificationSeries,
  SeriesNotification,
  SeriesUpdate,
} from '@/scheduling/notification-types';

// Builds a waiting message from the present: the outbox stores what happened, the live rows say how things stand.

type Waiting = Pick<typeof outbox.$inferSelect, 'facts' | 'toEmail' | 'seriesId' | 'appointmentId'>;

/** What its reader will know of each appointment after reading; empty for a message that is not about a series. */
export type KnownAppointments = Record<string, LastNotifiedAppointment>;

/** Null when there is nothing left to send: the change was undone, was already sent, or is over. */
export async function getNotificationToSend(
  db: Db,
  waiting: Waiting,
  now: number,
): Promise<{ notification: Notification; knownStates: KnownAppointments } | null> {
  const news = await getSeriesNews(db, waiting);
  const practice = await getPractice(db);
  if (!(await isStillBooked(db, waiting.appointmentId))) return null;
  const current = news
    ? await seriesNotification(db, practice, news, waiting, now)
    : await currentMessage(db, practice, waiting, now).then(
        (notification) => notification && { notification, knownStates: {} },
      );
  return current && { ...current, notification: await inLanguageOfReader(db, current.notification, waiting) };
}

/** Clients are written to in their own language; the practice's people in the practice's. */
async function inLanguageOfReader(
  db: Db,
  notification: Notification,
  { toEmail, seriesId }: Waiting,
): Promise<Notification> {
  if (isForStaff(notification)) return notification;
  const ofSeries = seriesId ?? ('seriesUid' in notification ? notification.seriesUid : null);
  const language = await (ofSeries === null ? getLanguageOfAddress(db, toEmail) : getLanguageOfSeries(db, ofSeries));
  return { ...notification, practice: { ...notification.practice, language } };
}

function isForStaff(notification: Notification): boolean {
  if ('audience' in notification) return notification.audience === 'therapist';
  if (notification.kind === 'hand_over') return notification.state !== 'ask';
  if (notification.kind === 'request') return notification.state === 'new';
  return notification.kind === 'asked' || notification.kind === 'client_message';
}

async function currentMessage(db: Db, practice: Practice, waiting: Waiting, now: number): Promise<Notification | null> {
  const notification = { ...(waiting.facts as Notification), practice: toNotificationPractice(practice) };
  switch (notification.kind) {
    case 'sign_in':
      return notification.expiresAt > now ? notification : null;
    case 'freed':
      return notification.start > now &&
        (await isSkippedDateStillFree(db, notification.seriesUid, notification.start, now))
        ? notification
        : null;
    case 'manage_links': {
      const series = await listSeriesForLinksEmail(db, waiting.toEmail, now);
      return series.length > 0 ? { ...notification, series } : null;
    }
    case 'client_message': {
      const details = await getUnansweredMessagesOfSeries(db, notification.seriesUid, now);
      return details && { ...notification, details };
    }
    case 'link_renewed': {
      const renewed = await getSeriesForRenewedLinkEmail(db, notification.seriesUid, waiting.toEmail);
      return renewed && { ...notification, ...renewed };
    }
    case 'score_ask': {
      const { timeZone } = practice;
      const date = await getDateForScoreEmail(db, { ...notification, toEmail: waiting.toEmail }, { now, timeZone });
      return (
        date && { ...notification, ...date, ...(await findGreetedNames(db, notification.seriesUid, waiting.toEmail)) }
      );
    }
    case 'reminder':
      return getReminderToSend(db, { ...notification, toEmail: waiting.toEmail }, practice, now);
    case 'follow_up':
      return getFollowUpToSend(db, { ...notification, toEmail: waiting.toEmail }, practice, now);
    case 'reminder_text':
      return getReminderTextToSend(db, { ...notification, number: waiting.toEmail }, practice, now);
    case 'request': {
      const isForGood = notification.state === 'declined' || notification.state === 'taken';
      return isForGood || notification.until > now ? notification : null;
    }
    case 'asked': {
      const waiting = await countOpenQuestions(db);
      return waiting > 0 ? { ...notification, waiting } : null;
    }
    case 'waitlist':
      return getWaitlistEmailToSend(db, notification, waiting.toEmail, now);
    case 'hand_over': {
      const details = await getHandOverEmailToSend(db, { ...notification, toEmail: waiting.toEmail }, now);
      return details && { ...notification, details };
    }
    case 'answered':
    case 'message':
      return notification;
    default:
      return notification.series.appointments.some((appointment) => appointment.end > now) ? notification : null;
  }
}

/** What is bound to an appointment, such as a reminder, is true only while that is booked. */
async function isStillBooked(db: Db, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const [found] = await db.select({ status: appointments.status }).from(appointments).where(eq(appointments.id, id));
  return found?.status === 'booked';
}

/** The news of a series; of what an older version wrote as a whole message, what that was about. */
export async function getSeriesNews(db: Db, { facts, seriesId, appointmentId }: Waiting): Promise<SeriesUpdate | null> {
  if ('was' in facts) return facts;
  if (!('audience' in facts) || seriesId === null || appointmentId !== null || facts.kind === 'changed') return null;
  const { kind, audience } = facts;
  const changed = 'changed' in facts ? facts.changed : undefined;
  const about = facts.series.appointments.filter(({ uid }) => !changed || changed.includes(uid));
  const known = await db.select({ id: therapists.id, name: therapists.name }).from(therapists);
  const lastNotified = (appointment: NotificationAppointment): LastNotifiedAppointment => {
    const start = appointment.movedFrom ?? appointment.start;
    const therapistId = known.find(({ name }) => name === appointment.therapist)?.id ?? '';
    return kind === 'booked' ? null : { start, end: start + (appointment.end - appointment.start), therapistId };
  };
  const ownTherapistId = known.find(({ name }) => name === about[0]?.therapist)?.id;
  const was = Object.fromEntries(about.map((appointment) => [appointment.uid, lastNotified(appointment)]));
  return {
    kind,
    audience,
    was,
    mayKnow: [],
    ...(audience === 'therapist' && ownTherapistId && { therapistId: ownTherapistId }),
  };
}

async function seriesNotification(
  db: Db,
  practice: Practice,
  news: SeriesUpdate,
  { toEmail, seriesId }: Waiting,
  now: number,
): Promise<SeriesMessage | null> {
  const view = await getSeriesUnchecked(db, seriesId!);
  return describeSeriesChanges(db, { practice, view, news, toEmail }, { now, listWhoCancelled });
}

interface SeriesMessage {
  notification: SeriesNotification;
  knownStates: KnownAppointments;
}

/** What its reader is told when the series stands as in `view`; null when nothing is new to them. */
export async function describeSeriesChanges(
  db: Db,
  { practice, view, news, toEmail }: { practice: Practice; view: SeriesView; news: SeriesUpdate; toEmail: string },
  { now, listWhoCancelled }: { now: number; listWhoCancelled: ListWhoCancelled },
): Promise<SeriesMessage | null> {
  const standing = new Map(
    view.appointments.map((appointment) => [appointment.uid, getAppointmentKnownToReader(news, appointment)]),
  );
  const changes = listChangesToReport(news, (uid) => standing.get(uid) ?? null, now);
  if (changes.length === 0) return null;
  const changeOf = new Map(changes.map((change) => [change.uid, change]));
  const names = new Map((await db.select().from(therapists)).map(({ id, name }) => [id, name]));
  const cancelledBy = await listWhoCancelled(db, changes);
  const dates = view.appointments.flatMap((appointment): NotificationAppointment[] => {
    const change = changeOf.get(appointment.uid);
    if (!change && (appointment.status !== 'booked' || !standing.get(appointment.uid))) return [];
    return [notificationAppointment(appointment, change, { names, news, cancelledBy })];
  });
  const isKnown = news.audience === 'therapist' || (await isConfirmedEmailAddress(db, toEmail));
  const isUnconfirmed = !isKnown && (await isUnconfirmedBooking(db, view.uid));
  const common = {
    audience: news.audience,
    practice: toNotificationPractice(practice),
    ...(news.reason && news.audience === 'client' && { reason: news.reason }),
    series: {
      ...notificationSeries(view, dates, practice, { now, isKnown }),
      ...(await findBeside(db, view, { now, isKnown })),
      ...(isUnconfirmed && { isUnconfirmed }),
    },
    changed: dates.map(({ uid }) => uid).filter((uid) => changeOf.has(uid)),
  };
  const added = changes.filter(({ kind }) => kind === 'booked').map(({ uid }) => uid);
  const kinds = new Set(changes.map(({ kind }) => kind));
  return {
    notification: kinds.size === 1 ? { kind: changes[0]!.kind, ...common } : { kind: 'changed', ...common, added },
    knownStates: Object.fromEntries(changes.map(({ uid, after }) => [uid, after])),
  };
}

async function findBeside(
  db: Db,
  { uid, pairId }: SeriesView,
  { now, isKnown }: { now: number; isKnown: boolean },
): Promise<Pick<NotificationSeries, 'beside'>> {
  const found = pairId === null ? null : await getPairedSeriesUnchecked(db, uid, now);
  if (!found) return {};
  const givers = [...new Set(found.dates.map(({ therapist }) => therapist))];
  return { beside: { name: isKnown ? found.client : '', therapists: givers } };
}

async function isUnconfirmedBooking(db: Db, seriesId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: series.id })
    .from(series)
    .where(and(eq(series.id, seriesId), unconfirmedSeriesCondition));
  return found !== undefined;
}

interface ChangeFacts {
  /** Therapists' names, by id. */
  names: Map<string, string>;
  news: SeriesUpdate;
  cancelledBy: Map<string, 'practice' | 'client'>;
}

/** By appointment, who gave it up. */
type ListWhoCancelled = (db: Db, changes: AppointmentChange[]) => Promise<Map<string, 'practice' | 'client'>>;

async function listWhoCancelled(db: Db, changes: AppointmentChange[]): Promise<Map<string, 'practice' | 'client'>> {
  const uids = changes.filter(({ kind }) => kind === 'cancelled').map(({ uid }) => uid);
  if (uids.length === 0) return new Map();
  const found = await db
    .select({ id: appointments.id, by: appointments.cancelledBy })
    .from(appointments)
    .where(inArray(appointments.id, uids));
  return new Map(found.flatMap(({ id, by }) => (by ? [[id, by]] : [])));
}

/** A cancelled appointment is described as its reader knew it, even when somebody else has that time now. */
function notificationAppointment(
  appointment: AppointmentView,
  change: AppointmentChange | undefined,
  { names, news, cancelledBy }: ChangeFacts,
): NotificationAppointment {
  const { uid, position, service, priceCents, sequence } = appointment;
  const common = { uid, position, service: service.name, priceCents, sequence };
  const { kind, before } = change ?? {};
  if (kind === 'cancelled' && before) {
    const therapist = names.get(before.therapistId) ?? appointment.therapist.name;
    const by = cancelledBy.get(uid);
    const isHandedOver = appointment.status !== 'cancelled' && appointment.therapist.id !== before.therapistId;
    return {
      ...common,
      start: before.start,
      end: before.end,
      therapist,
      status: 'cancelled',
      ...(isHandedOver ? { nowWith: appointment.therapist.name } : by && { cancelledBy: by }),
    };
  }
  const isBooked = {
    start: appointment.startsAt,
    end: appointment.endsAt,
    therapist: appointment.therapist.name,
    status: 'booked',
  } as const;
  const hasMoved = kind === 'moved' && before && before.start !== appointment.startsAt;
  const giver = kind === 'booked' ? news.wasWith?.[uid] : kind === 'moved' ? before?.therapistId : undefined;
  const wasWith = giver !== undefined && giver !== appointment.therapist.id && names.get(giver);
  const wasMinutes = kind === 'moved' && before ? (before.end - before.start) / 60_000 : appointment.minutes;
  return {
    ...common,
    ...isBooked,
    ...(hasMoved && { movedFrom: before.start }),
    ...(wasWith && { wasWith }),
    ...(wasMinutes !== appointment.minutes && { wasMinutes }),
  };
}

function notificationSeries(
  { uid, cadence, sessions, client, bookedBy, skipped, hasCalendarAlarm }: SeriesView,
  dates: NotificationAppointment[],
  practice: Practice,
  { now, isKnown }: { now: number; isKnown: boolean },
): NotificationSeries {
  const { cancelCutoffMinutes, moveCutoffMinutes, noShowWords, movesPerDate, graceMinutes } = practice;
  const hasRules = movesPerDate > 0 || graceMinutes > 0;
  return {
    uid,
    cadence,
    sessions,
    clientName: isKnown ? client.name : '',
    ...(isKnown && bookedBy !== null && { bookedBy }),
    appointments: dates,
    skipped: skipped.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > now),
    cancelCutoffMinutes,
    moveCutoffMinutes,
    ...(hasRules && { rules: { movesPerDate, graceMinutes } }),
    ...(noShowWords && { noShowWords }),
    ...(hasCalendarAlarm && { hasCalendarAlarm }),
  };
}
