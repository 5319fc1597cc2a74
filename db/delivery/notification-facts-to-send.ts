import { eq, inArray } from 'drizzle-orm';
import { getSeriesUnchecked } from '@/db/appointments/series';
import { isSkippedDateStillFree } from '@/db/booking/bookable-skipped-dates';
import { getFollowUpFactsToSend } from '@/db/booking/follow-up-emails';
import { getHandOverEmailFactsToSend } from '@/db/booking/hand-over-requests-to-clients';
import type { Db } from '@/db/connection/connection';
import { isAddressChangeOpen } from '@/db/messages/address-change';
import { findGreetedNames } from '@/db/messages/greeted-names';
import { getSeriesForRenewedLinkEmail, listSeriesForLinksEmail } from '@/db/messages/manage-links-email';
import { getUnansweredMessagesOfSeries } from '@/db/messages/messages-from-clients';
import { countOpenQuestions } from '@/db/messages/notify-practice-of-questions';
import { getLanguageOfAddress, getLanguageOfSeries } from '@/db/messages/reader-language';
import { getReminderFactsToSend, getReminderTextFactsToSend } from '@/db/messages/reminder-facts-to-send';
import { getDateForScoreEmail } from '@/db/messages/score-email-facts-to-send';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import { appointments, type outbox, therapists } from '@/db/schema';
import { getWaitlistEmailFactsToSend } from '@/db/waitlist/waitlist-email-facts-to-send';
import type { AppointmentChange } from '@/scheduling/notification-changes';
import type {
  LastNotifiedAppointment,
  Notification,
  NotificationAppointment,
  SeriesUpdate,
} from '@/scheduling/notification-types';
import { buildSeriesMessage, type KnownAppointments, type SeriesMessage } from './build-series-message';

// The facts of a waiting message from the present state: the outbox stores what happened, the live rows say how things
// stand. `mail/` renders them.

type Waiting = Pick<typeof outbox.$inferSelect, 'facts' | 'toEmail' | 'seriesId' | 'appointmentId'>;

/** Null when there is nothing left to send: the change was undone, was already sent, or is over. */
export async function getNotificationFactsToSend(
  db: Db,
  waiting: Waiting,
  now: number,
): Promise<{ notification: Notification; knownStates: KnownAppointments } | null> {
  const news = await getSeriesNews(db, waiting);
  const practice = await getPractice(db);
  if (!(await isStillBooked(db, waiting.appointmentId))) return null;
  if (news) return seriesNotification(db, practice, news, waiting, now);
  const notification = await currentMessage(db, practice, waiting, now);
  return notification && { notification: await inLanguageOfReader(db, notification, waiting), knownStates: {} };
}

/** Clients get messages in their own language, and the practice's people in the practice's. */
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
  return ['asked', 'client_message', 'new_address', 'address_changed'].includes(notification.kind);
}

async function currentMessage(db: Db, practice: Practice, waiting: Waiting, now: number): Promise<Notification | null> {
  const notification = { ...(waiting.facts as Notification), practice: toNotificationPractice(practice) };
  switch (notification.kind) {
    case 'sign_in':
      return notification.expiresAt > now ? notification : null;
    case 'new_address':
    case 'address_changed':
      return (await isAddressChangeOpen(db, notification.changeId, now)) ? notification : null;
    case 'freed':
      return notification.start > now &&
        (await isSkippedDateStillFree(db, notification.seriesUid, notification.start, now))
        ? { ...notification, ...(await findGreetedNames(db, notification.seriesUid, waiting.toEmail)) }
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
      return getReminderFactsToSend(db, { ...notification, toEmail: waiting.toEmail }, practice, now);
    case 'follow_up':
      return getFollowUpFactsToSend(db, { ...notification, toEmail: waiting.toEmail }, practice, now);
    case 'reminder_text':
      return getReminderTextFactsToSend(db, { ...notification, number: waiting.toEmail }, practice, now);
    case 'request': {
      const isForGood = notification.state === 'declined' || notification.state === 'taken';
      return isForGood || notification.until > now ? notification : null;
    }
    case 'asked': {
      const waiting = await countOpenQuestions(db);
      return waiting > 0 ? { ...notification, waiting } : null;
    }
    case 'waitlist':
      return getWaitlistEmailFactsToSend(db, notification, waiting.toEmail, now);
    case 'hand_over': {
      const details = await getHandOverEmailFactsToSend(db, { ...notification, toEmail: waiting.toEmail }, now);
      return details && { ...notification, details };
    }
    case 'answered':
    case 'message':
      return notification;
    default:
      return notification.series.appointments.some((appointment) => appointment.end > now) ? notification : null;
  }
}

/** A message about an appointment, such as a reminder, is true only while that is booked. */
async function isStillBooked(db: Db, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const [found] = await db.select({ status: appointments.status }).from(appointments).where(eq(appointments.id, id));
  return found?.status === 'booked';
}

/**
 * The facts of a message about a series; for a whole message that an older version stored, the facts it was made from.
 */
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
  return buildSeriesMessage(db, { practice, view, news, toEmail }, { now, listWhoCancelled });
}

async function listWhoCancelled(db: Db, changes: AppointmentChange[]): Promise<Map<string, 'practice' | 'client'>> {
  const uids = changes.filter(({ kind }) => kind === 'cancelled').map(({ uid }) => uid);
  if (uids.length === 0) return new Map();
  const found = await db
    .select({ id: appointments.id, by: appointments.cancelledBy })
    .from(appointments)
    .where(inArray(appointments.id, uids));
  return new Map(found.flatMap(({ id, by }) => (by ? [[id, by]] : [])));
}
