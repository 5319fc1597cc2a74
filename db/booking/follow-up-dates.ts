import { aliasedTable, and, eq, gt, inArray, lte, ne, notExists, notLike, or, type SQL } from 'drizzle-orm';
import { confirmedEmailAddressCondition } from '@/db/access/confirmed-email-addresses';
import { ERASED_EMAIL_DOMAIN } from '@/db/access/erased-email-domain';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import {
  appointments,
  bouncedAddresses,
  clients,
  followUpOptOuts,
  followUps,
  series,
  services,
  therapists,
} from '@/db/schema';
import { FOLLOW_UP_DEADLINE_MS, getNextDateInCadence, isFollowUpDue } from '@/scheduling/follow-ups';

// Which dates can be followed up by an e-mail, and about what.

/** A date that is over, with all that its e-mail is made of. */
export type FollowUpDate = Awaited<ReturnType<typeof readFollowUpDates>>[number];

/** The dates among `which` whose e-mail is due now. */
export async function listDatesToFollowUp(
  db: Db,
  practice: Practice,
  now: number,
  which: SQL | undefined,
): Promise<FollowUpDate[]> {
  const { timeZone, followUpAgainSince, followUpMissedSince } = practice;
  return (await readFollowUpDates(db, now, which)).filter((date) => {
    const since = getFollowUpTopic(date) === 'missed' ? followUpMissedSince : followUpAgainSince;
    return since !== null && isFollowUpDue({ timeZone, end: date.end, since, now });
  });
}

/** Whether nothing has been written after this date, nor to its client in the last days. */
export function notFollowedUpCondition(db: Db, now: number): SQL {
  const other = aliasedTable(appointments, 'other');
  return notExists(
    db
      .select({ it: followUps.appointmentId })
      .from(followUps)
      .innerJoin(other, eq(other.id, followUps.appointmentId))
      .where(
        or(
          eq(followUps.appointmentId, appointments.id),
          and(eq(other.clientId, appointments.clientId), gt(followUps.writtenAt, now - FOLLOW_UP_DEADLINE_MS)),
        ),
      ),
  );
}

/** Whether the e-mail asks to book again, or says that the client was missed. */
export function getFollowUpTopic({ status }: Pick<FollowUpDate, 'status'>): 'again' | 'missed' {
  return status === 'no_show' ? 'missed' : 'again';
}

/** The day and hour that the plan would go on with. */
export function getPlaceToBookAgain({ start, nominalStart, cadence }: FollowUpDate, { timeZone }: Practice) {
  return getNextDateInCadence(timeZone, cadence === 'once' ? start : nominalStart, cadence);
}

/**
 * Dates that are over and can be followed up: no-shows, and the last date of a plan whose client has no other booked.
 */
function readFollowUpDates(db: Db, now: number, which: SQL | undefined) {
  const later = aliasedTable(appointments, 'later');
  const isLast = notExists(
    db
      .select({ it: later.id })
      .from(later)
      .where(
        and(
          ne(later.status, 'cancelled'),
          or(
            and(eq(later.seriesId, appointments.seriesId), gt(later.startAt, appointments.startAt)),
            and(eq(later.clientId, appointments.clientId), gt(later.startAt, now)),
          ),
        ),
      ),
  );
  return db
    .select({
      uid: appointments.id,
      status: appointments.status,
      start: appointments.startAt,
      end: appointments.endAt,
      nominalStart: appointments.nominalStartAt,
      minutes: appointments.minutes,
      seriesUid: series.id,
      seriesVersion: series.version,
      cadence: series.cadence,
      sessions: series.sessions,
      clientId: clients.id,
      clientName: clients.name,
      bookedBy: series.bookedBy,
      toEmail: clients.email,
      therapistId: therapists.id,
      therapist: therapists.name,
      serviceId: services.id,
      service: services.name,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(
      and(
        which,
        lte(appointments.endAt, now),
        gt(appointments.endAt, now - FOLLOW_UP_DEADLINE_MS),
        // A date that staff have not marked counts as attended.
        or(eq(appointments.status, 'no_show'), and(inArray(appointments.status, ['booked', 'completed']), isLast)),
        ne(clients.email, ''),
        notLike(clients.email, `%${ERASED_EMAIL_DOMAIN}`),
        ne(clients.booking, 'blocked'),
        confirmedEmailAddressCondition(db, clients.email),
        notExists(
          db
            .select({ it: followUpOptOuts.clientId })
            .from(followUpOptOuts)
            .where(eq(followUpOptOuts.clientId, clients.id)),
        ),
        notExists(
          db
            .select({ it: bouncedAddresses.email })
            .from(bouncedAddresses)
            .where(eq(bouncedAddresses.email, clients.email)),
        ),
      ),
    );
}
