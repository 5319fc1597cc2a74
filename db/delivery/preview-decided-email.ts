import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import { type AppointmentView, getSeriesUnchecked } from '@/db/appointments/series';
import type { DateDecision } from '@/db/booking/apply-date-decisions';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, series, therapists } from '@/db/schema';
import type { LastNotifiedAppointment, SeriesNotification, SeriesUpdate } from '@/scheduling/notification-types';
import { buildSeriesMessage } from './build-series-message';

// A preview of the e-mail that clients would get if booked dates went where staff have decided, to read before
// deciding.

export interface DecidedEmail {
  /** The first date that the e-mail is about, by which it is requested. */
  uid: string;
  toEmail: string;
  clientName: string;
  notification: SeriesNotification;
  /** Counted from 1, of `count` e-mails: one for each booking. */
  place: number;
  count: number;
  /** The uid to request the next e-mail by; after the last, that of the first. Null where there is no other. */
  nextUid: string | null;
}

/**
 * The e-mail about the date `uid`, or the first one; null where none would be sent. It is built as a sent e-mail is,
 * from the series as it would be then. Nothing is written, and no lock is taken.
 */
export async function previewDecidedEmail(
  viewer: Staff,
  { decisions, reason, uid }: { decisions: DateDecision[]; reason: string; uid: string },
  { now }: { now: number },
): Promise<DecidedEmail | null> {
  const db = await reader();
  const changing = decisions.filter(({ choice }) => choice !== 'keep');
  if (changing.length === 0) return null;
  const rows = await db
    .select({ uid: appointments.id, seriesId: appointments.seriesId, email: clients.email, name: clients.name })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(
      and(
        inArray(
          appointments.id,
          changing.map((decision) => decision.uid),
        ),
        eq(appointments.status, 'booked'),
        ne(clients.email, ''),
        editableAppointmentsCondition(viewer),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  const firsts = rows.filter((row, at) => rows.findIndex(({ seriesId }) => seriesId === row.seriesId) === at);
  const chosen = rows.find((row) => row.uid === uid) ?? firsts[0];
  if (!chosen) return null;
  const at = firsts.findIndex(({ seriesId }) => seriesId === chosen.seriesId);
  const next = firsts[(at + 1) % firsts.length]!;

  const view = await getSeriesUnchecked(db, chosen.seriesId);
  const names = new Map(
    (await db.select({ id: therapists.id, name: therapists.name }).from(therapists)).map(({ id, name }) => [id, name]),
  );
  const isOurs = new Set(rows.map((row) => row.uid));
  const decided = new Map(changing.filter((entry) => isOurs.has(entry.uid)).map((entry) => [entry.uid, entry]));
  const before: [string, LastNotifiedAppointment][] = view.appointments
    .filter((appointment) => decided.has(appointment.uid))
    .map(({ uid, startsAt, endsAt, therapist }) => [uid, { start: startsAt, end: endsAt, therapistId: therapist.id }]);
  const after = {
    ...view,
    appointments: view.appointments.map((appointment) => decideDate(appointment, decided.get(appointment.uid), names)),
  };
  const news: SeriesUpdate = {
    kind: 'moved',
    audience: 'client',
    was: Object.fromEntries(before),
    mayKnow: [],
    ...(reason && { reason }),
  };
  const message = await buildSeriesMessage(
    db,
    { practice: await getPractice(db), view: after, news, toEmail: chosen.email },
    { now, listWhoCancelled: async (_db, changes) => new Map(changes.map((change) => [change.uid, 'practice'])) },
  );
  return (
    message && {
      uid: firsts[at]!.uid,
      toEmail: chosen.email,
      clientName: chosen.name,
      notification: message.notification,
      place: at + 1,
      count: firsts.length,
      nextUid: firsts.length > 1 ? next.uid : null,
    }
  );
}

function decideDate(
  appointment: AppointmentView,
  decision: DateDecision | undefined,
  names: Map<string, string>,
): AppointmentView {
  if (!decision || decision.choice === 'keep') return appointment;
  if (decision.choice === 'cancel') return { ...appointment, status: 'cancelled' };
  const { startsAt, therapistId } = decision;
  const name = names.get(therapistId);
  if (name === undefined) return appointment;
  const endsAt = startsAt + (appointment.endsAt - appointment.startsAt);
  return { ...appointment, startsAt, endsAt, therapist: { id: therapistId, name } };
}
