import { aliasedTable, and, eq, gt, inArray, lte, ne, notExists, notLike, or, type SQL } from 'drizzle-orm';
import { isConfirmed } from '@/db/access/confirmed-addresses';
import { ERASED_DOMAIN } from '@/db/access/erased-address';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { getPractice, notificationPractice, type Practice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import {
  appointments,
  bouncedAddresses,
  clients,
  followUpStops,
  followUps,
  outbox,
  series,
  services,
  therapists,
} from '@/db/schema';
import { FOLLOW_UP_WITHIN_MS, isFollowUpDue, nextPlace } from '@/scheduling/follow-ups';
import type { Notification } from '@/scheduling/notification';
import { putInOutbox } from './outbox';

// One e-mail the morning after: that a plan that is over can be booked again, or that a client was missed. They are
// found as reminders are, and asked again when they are sent.

export type FollowUpNotification = Extract<Notification, { kind: 'follow_up' }>;

/** A date begins at most so long before it ends; the index knows only when it begins. */
const LONGEST_MS = 24 * 3_600_000;

/** Writes those that are due, each once however many servers look. Says how many. */
export async function writeFollowUps({ now }: Clock): Promise<number> {
  const db = await reader();
  const practice = await getPractice(db);
  const isNew = and(
    gt(appointments.paddedStartAt, now - FOLLOW_UP_WITHIN_MS - LONGEST_MS),
    lte(appointments.paddedStartAt, now),
    isNotFollowed(db, now),
  );
  let written = 0;
  for (const { uid } of await readDue(db, practice, now, isNew))
    written += await transact((tx) => writeOne(tx, uid, now));
  return written;
}

async function writeOne(tx: Db, uid: string, now: number): Promise<number> {
  const practice = await getPractice(tx);
  // As things stand by now: another server may have been sooner.
  const [date] = await readDue(tx, practice, now, and(eq(appointments.id, uid), isNotFollowed(tx, now)));
  if (!date) return 0;
  const { seriesUid: seriesId, seriesVersion, toEmail } = date;
  const message = { notification: notificationOf(date, practice), toEmail, seriesId, seriesVersion, now };
  const [outboxId] = (await putInOutbox(tx, message)) as [string];
  const noted = await tx
    .insert(followUps)
    .values({ appointmentId: uid, about: aboutOf(date), outboxId, writtenAt: now })
    .onConflictDoNothing()
    .returning({ uid: followUps.appointmentId });
  if (noted.length > 0) return 1;
  await tx.delete(outbox).where(eq(outbox.id, outboxId));
  return 0;
}

/** As it is now; null where it is not to be sent any more: they have booked again, want none, or it is too late. */
export async function currentFollowUp(
  db: Db,
  { uid, about, toEmail }: { uid: string; about: 'again' | 'missed'; toEmail: string },
  practice: Practice,
  now: number,
): Promise<FollowUpNotification | null> {
  const [date] = await readDue(db, practice, now, eq(appointments.id, uid));
  return date && date.toEmail === toEmail && aboutOf(date) === about ? notificationOf(date, practice) : null;
}

/** Nobody has written after this date, nor to its client in these days. */
function isNotFollowed(db: Db, now: number): SQL {
  const other = aliasedTable(appointments, 'other');
  return notExists(
    db
      .select({ it: followUps.appointmentId })
      .from(followUps)
      .innerJoin(other, eq(other.id, followUps.appointmentId))
      .where(
        or(
          eq(followUps.appointmentId, appointments.id),
          and(eq(other.clientId, appointments.clientId), gt(followUps.writtenAt, now - FOLLOW_UP_WITHIN_MS)),
        ),
      ),
  );
}

type FollowedDate = Awaited<ReturnType<typeof readOver>>[number];

async function readDue(db: Db, practice: Practice, now: number, which: SQL | undefined): Promise<FollowedDate[]> {
  const { timeZone, followUpAgainSince, followUpMissedSince } = practice;
  return (await readOver(db, now, which)).filter((date) => {
    const since = aboutOf(date) === 'missed' ? followUpMissedSince : followUpAgainSince;
    return since !== null && isFollowUpDue({ timeZone, end: date.end, since, now });
  });
}

/** Dates that are over and are followed up: those to which nobody came, and the last of a plan where no other is booked. */
function readOver(db: Db, now: number, which: SQL | undefined) {
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
      clientName: clients.name,
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
        gt(appointments.endAt, now - FOLLOW_UP_WITHIN_MS),
        // What staff have not marked counts as kept.
        or(eq(appointments.status, 'no_show'), and(inArray(appointments.status, ['booked', 'completed']), isLast)),
        ne(clients.email, ''),
        notLike(clients.email, `%${ERASED_DOMAIN}`),
        ne(clients.booking, 'blocked'),
        isConfirmed(db, clients.email),
        notExists(
          db.select({ it: followUpStops.clientId }).from(followUpStops).where(eq(followUpStops.clientId, clients.id)),
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

function aboutOf({ status }: Pick<FollowedDate, 'status'>): 'again' | 'missed' {
  return status === 'no_show' ? 'missed' : 'again';
}

function notificationOf(date: FollowedDate, practice: Practice): FollowUpNotification {
  const { uid, seriesUid, clientName, start, service, therapist } = date;
  const { cadence, sessions, minutes, serviceId, therapistId, nominalStart } = date;
  const place = nextPlace(practice.timeZone, cadence === 'once' ? start : nominalStart, cadence);
  return {
    kind: 'follow_up',
    about: aboutOf(date),
    practice: notificationPractice(practice),
    ...{ uid, seriesUid, clientName, start, service, therapist },
    again: { serviceId, minutes, cadence, sessions, therapistId, ...place },
  };
}
