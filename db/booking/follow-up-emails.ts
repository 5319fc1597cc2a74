import { aliasedTable, and, eq, gt, inArray, lte, ne, notExists, notLike, or, type SQL } from 'drizzle-orm';
import { confirmedEmailAddressCondition } from '@/db/access/confirmed-email-addresses';
import { ERASED_EMAIL_DOMAIN } from '@/db/access/erased-email-domain';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import { type ClaimRequest, claimCells, roomResourceName, therapistResourceName } from '@/db/claims/claims';
import { type FreedTime, recordFreedTimes } from '@/db/claims/freed-times';
import { rebookingHoldName } from '@/db/claims/hold-names';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import {
  appointments,
  bouncedAddresses,
  clients,
  followUpOptOuts,
  followUps,
  outbox,
  series,
  services,
  therapists,
} from '@/db/schema';
import {
  FOLLOW_UP_DEADLINE_MS,
  getNextDateInCadence,
  getRebookingHoldEnd,
  isFollowUpDue,
  listRebookingHoldStarts,
} from '@/scheduling/follow-ups';
import type { Notification } from '@/scheduling/notification-types';
import { type BookingRules, getRulesForService, planBooking } from '@/scheduling/plan-booking';
import { gatherBookingRules } from './booking-rules';
import { chooseTherapistsAndRooms } from './choose-resources';
import { getClientExtraMinutes } from './client-extra-minutes';
import { exceedsTherapistDayHoldLimit } from './holds';
import { findRebookingHoldExpiry } from './rebooking-holds';

// One e-mail the morning after: that a finished plan can be booked again, or that a client was missed. Due dates are
// found as reminders are, and checked again when the e-mail is sent.

export type FollowUpNotification = Extract<Notification, { kind: 'follow_up' }>;

/** A massage with a therapist that would be held for a client. */
export interface RebookingToHold {
  clientId: string;
  serviceId: string;
  therapistId: string;
}

/**
 * Writes the e-mails that are due, each once however many servers look, and returns how many. Where `mayHold` returns
 * false, the same time is not held: the client would not hear of it, or may not be offered it.
 */
export async function queueFollowUpEmails({
  now,
  mayHold,
}: Clock & { mayHold: (what: RebookingToHold) => Promise<boolean> }): Promise<number> {
  const db = await reader();
  const practice = await getPractice(db);
  const isNew = and(
    gt(appointments.paddedStartAt, now - FOLLOW_UP_DEADLINE_MS - LONGEST_APPOINTMENT_MS),
    lte(appointments.paddedStartAt, now),
    isNotFollowed(db, now),
  );
  let written = 0;
  for (const { uid, clientId, serviceId, therapistId } of await readDue(db, practice, now, isNew))
    written += await writeOne(uid, { now, holds: await mayHold({ clientId, serviceId, therapistId }) });
  return written;
}

async function writeOne(uid: string, { now, holds }: { now: number; holds: boolean }): Promise<number> {
  const written = await transact((tx, undo) => write(tx, undo, { uid, holds }, now));
  // The time was taken a moment before, or too much is held already: the e-mail is then written without a hold.
  return written === 'not_held'
    ? Number(await transact((tx, undo) => write(tx, undo, { uid, holds: false }, now)))
    : Number(written);
}

async function write(
  tx: Db,
  undo: RollBack,
  { uid, holds }: { uid: string; holds: boolean },
  now: number,
): Promise<boolean | 'not_held'> {
  const practice = await getPractice(tx);
  // Read again in the transaction: another server may have written it first.
  const [date] = await readDue(tx, practice, now, and(eq(appointments.id, uid), isNotFollowed(tx, now)));
  if (!date) return false;
  const { seriesUid: seriesId, seriesVersion, toEmail } = date;
  const held = holds ? (await placeAgain(tx, date, practice, { now, isTrial: false })).hold : null;
  const message = { notification: notificationOf(date, practice), toEmail, seriesId, seriesVersion, now };
  const [outboxId] = (await putInOutbox(tx, message)) as [string];
  const noted = await tx
    .insert(followUps)
    .values({ appointmentId: uid, about: aboutOf(date), outboxId, writtenAt: now, heldUntil: held?.until ?? null })
    .onConflictDoNothing()
    .returning({ uid: followUps.appointmentId });
  if (noted.length === 0) {
    await tx.delete(outbox).where(eq(outbox.id, outboxId));
    return false;
  }
  if (held === null) return true;
  if ((await claimCells(tx, held.cells, now)).length > 0) return undo<'not_held'>('not_held');
  const isTooMuch =
    process.env.RATE_LIMITS !== 'off' && (await exceedsTherapistDayHoldLimit(tx, held.cells, practice, held.rules));
  if (isTooMuch) return undo<'not_held'>('not_held');
  // When the hold ends, clients on the waitlist are offered the time.
  await recordFreedTimes(tx, held.spans, now, held.until);
  return true;
}

interface PlacedAgain {
  isFree: boolean;
  /** What would be held; null where nothing should be, or can be. */
  hold: { until: number; rules: BookingRules; cells: ClaimRequest[]; spans: FreedTime[] } | null;
}

/** Whether the client could book the next dates at the same time now, and what of them would be held. */
async function placeAgain(
  tx: Db,
  date: FollowedDate,
  practice: Practice,
  { now, isTrial }: { now: number; isTrial: boolean },
): Promise<PlacedAgain> {
  const none = { isFree: false, hold: null };
  const { timeZone, followUpHoldDays: days } = practice;
  if (aboutOf(date) !== 'again' || days === 0) return none;
  const { serviceId, therapistId, minutes, cadence } = date;
  const place = placeOf(date, practice);
  const starts = listRebookingHoldStarts(timeZone, place, date);
  const requests = starts.map((startsAt) => ({ startsAt, therapistId, serviceId }));
  const extraMinutes = await getClientExtraMinutes(tx, date.clientId);
  const { rules, services } = await gatherBookingRules(tx, requests, now, extraMinutes);
  const standing = { firstOn: place.on, time: place.time, therapistId };
  const planned = planBooking({ cadence, minutes, appointments: requests, standing }, rules);
  const service = services.find(({ id }) => id === serviceId);
  if (!planned.ok || !service || service.booking === 'phone') return none;
  const chosen = await chooseTherapistsAndRooms(tx, planned.plan.dates, rules, { isForStaff: false, isTrial });
  if (!chosen.ok) return none;
  const { noticeMinutes } = getRulesForService(service, rules);
  const until = getRebookingHoldEnd({ timeZone, days, firstStart: starts[0]!, noticeMinutes, now });
  if (until === null) return { isFree: true, hold: null };
  const common = { ownerUid: rebookingHoldName(date.uid), kind: 'hold' as const, expiresAt: until };
  const cells = planned.plan.dates.flatMap(({ padded }, at): ClaimRequest[] => {
    const { roomId } = chosen.choices[at]!;
    return [therapistResourceName(therapistId), roomResourceName(roomId)].map((resourceId) => ({
      ...common,
      ...padded,
      resourceId,
    }));
  });
  const spans = planned.plan.dates.map(({ padded }) => ({ therapistId, start: padded.start, end: padded.end }));
  return { isFree: true, hold: { until, rules, cells, spans } };
}

/**
 * The e-mail as of now; null where it should no longer be sent: the client has booked again or opted out, or it is too
 * late.
 */
export async function getFollowUpToSend(
  db: Db,
  { uid, about, toEmail }: { uid: string; about: 'again' | 'missed'; toEmail: string },
  practice: Practice,
  now: number,
): Promise<FollowUpNotification | null> {
  const [date] = await readDue(db, practice, now, eq(appointments.id, uid));
  if (!date || date.toEmail !== toEmail || aboutOf(date) !== about) return null;
  return notificationOf(date, practice, await howHeld(db, date, practice, now));
}

/**
 * What the e-mail may promise. Read when it is sent, because the hold may be over, or ended by the therapist's absence.
 */
async function howHeld(db: Db, date: FollowedDate, practice: Practice, now: number): Promise<Held | undefined> {
  if (aboutOf(date) === 'missed' || practice.followUpHoldDays === 0) return undefined;
  const until = await findRebookingHoldExpiry(db, date.uid, now);
  if (until !== null) {
    const starts = listRebookingHoldStarts(practice.timeZone, placeOf(date, practice), date);
    return { state: 'kept', until, starts };
  }
  return (await placeAgain(db, date, practice, { now, isTrial: true })).isFree ? undefined : { state: 'taken' };
}

/** Whether nothing has been written after this date, nor to its client in the last days. */
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
          and(eq(other.clientId, appointments.clientId), gt(followUps.writtenAt, now - FOLLOW_UP_DEADLINE_MS)),
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

/**
 * Dates that are over and can be followed up: no-shows, and the last date of a plan whose client has no other booked.
 */
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

function aboutOf({ status }: Pick<FollowedDate, 'status'>): 'again' | 'missed' {
  return status === 'no_show' ? 'missed' : 'again';
}

function placeOf({ start, nominalStart, cadence }: FollowedDate, { timeZone }: Practice) {
  return getNextDateInCadence(timeZone, cadence === 'once' ? start : nominalStart, cadence);
}

type Held = NonNullable<FollowUpNotification['again']['held']>;

function notificationOf(date: FollowedDate, practice: Practice, held?: Held): FollowUpNotification {
  const { uid, seriesUid, clientName, bookedBy, start, service, therapist } = date;
  const { cadence, sessions, minutes, serviceId, therapistId } = date;
  const place = placeOf(date, practice);
  return {
    kind: 'follow_up',
    about: aboutOf(date),
    practice: toNotificationPractice(practice),
    ...{ uid, seriesUid, clientName, start, service, therapist },
    ...(bookedBy !== null && { bookedBy }),
    again: { serviceId, minutes, cadence, sessions, therapistId, ...place, ...(held && { held }) },
  };
}
