import { and, eq } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { getPairedSeriesUnchecked } from '@/db/appointments/paired-series';
import type { AppointmentView, SeriesView } from '@/db/appointments/series';
import { unconfirmedSeriesCondition } from '@/db/booking/unconfirmed-caps';
import type { Db } from '@/db/connection/connection';
import { toGreetedNames } from '@/db/messages/greeted-names';
import { getAppointmentKnownToReader } from '@/db/messages/merge-into-waiting-message';
import { getLanguageOfSeries } from '@/db/messages/reader-language';
import { type Practice, toNotificationPractice } from '@/db/practice/practice';
import { series, therapists } from '@/db/schema';
import { type AppointmentChange, listChangesToReport } from '@/scheduling/notification-changes';
import type {
  LastNotifiedAppointment,
  NotificationAppointment,
  NotificationSeries,
  SeriesNotification,
  SeriesUpdate,
} from '@/scheduling/notification-types';

// Builds the e-mail about a series that has changed, or would change, for one of its readers.

/** What the reader will know of each appointment after reading; empty for a message that is not about a series. */
export type KnownAppointments = Record<string, LastNotifiedAppointment>;

/** A message about a series, and what its reader will know after it. */
export interface SeriesMessage {
  notification: SeriesNotification;
  knownStates: KnownAppointments;
}

/**
 * The message to a reader when the series stands as in `view`; null when it holds nothing new for them. Clients get it
 * in their own language, therapists in the practice's.
 */
export async function buildSeriesMessage(
  db: Db,
  { practice, view, news, toEmail }: { practice: Practice; view: SeriesView; news: SeriesUpdate; toEmail: string },
  { now, listWhoCancelled }: { now: number; listWhoCancelled: CancelledByLookup },
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
  const language = news.audience === 'client' ? { language: await getLanguageOfSeries(db, view.uid) } : {};
  const common = {
    audience: news.audience,
    practice: { ...toNotificationPractice(practice), ...language },
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
  { uid, pairId, bookedBy }: SeriesView,
  { now, isKnown }: { now: number; isKnown: boolean },
): Promise<Pick<NotificationSeries, 'beside'>> {
  const found = pairId === null ? null : await getPairedSeriesUnchecked(db, uid, now);
  if (!found) return {};
  const givers = [...new Set(found.dates.map(({ therapist }) => therapist))];
  const isReader = bookedBy !== null && bookedBy === found.client;
  return { beside: { name: isKnown ? found.client : '', therapists: givers, ...(isReader && { isReader }) } };
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

/** Looks up by appointment whether the practice or the client cancelled it. */
export type CancelledByLookup = (db: Db, changes: AppointmentChange[]) => Promise<Map<string, 'practice' | 'client'>>;

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
    ...toGreetedNames({ clientName: client.name, bookedBy }, isKnown),
    appointments: dates,
    skipped: skipped.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > now),
    cancelCutoffMinutes,
    moveCutoffMinutes,
    ...(hasRules && { rules: { movesPerDate, graceMinutes } }),
    ...(noShowWords && { noShowWords }),
    ...(hasCalendarAlarm && { hasCalendarAlarm }),
  };
}
