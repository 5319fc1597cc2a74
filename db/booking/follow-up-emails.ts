import { and, eq, gt, lte } from 'drizzle-orm';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import { type ClaimRequest, claimCells, roomResourceName, therapistResourceName } from '@/db/claims/claims';
import { type FreedTime, recordFreedTimes } from '@/db/claims/freed-times';
import { rebookingHoldName } from '@/db/claims/hold-names';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, followUps, outbox } from '@/db/schema';
import { FOLLOW_UP_DEADLINE_MS, getRebookingHoldEnd, listRebookingHoldStarts } from '@/scheduling/follow-ups';
import type { Notification } from '@/scheduling/notification-types';
import { type BookingRules, getRulesForService, planBooking } from '@/scheduling/plan-booking';
import { gatherBookingRules } from './booking-rules';
import { chooseTherapistsAndRooms } from './choose-resources';
import { getClientExtraMinutes } from './client-extra-minutes';
import {
  type FollowUpDate,
  getFollowUpTopic,
  getPlaceToBookAgain,
  listDatesToFollowUp,
  notFollowedUpCondition,
} from './follow-up-dates';
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
    notFollowedUpCondition(db, now),
  );
  let written = 0;
  for (const { uid, clientId, serviceId, therapistId } of await listDatesToFollowUp(db, practice, now, isNew))
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
  const [date] = await listDatesToFollowUp(
    tx,
    practice,
    now,
    and(eq(appointments.id, uid), notFollowedUpCondition(tx, now)),
  );
  if (!date) return false;
  const { seriesUid: seriesId, seriesVersion, toEmail } = date;
  const held = holds ? (await placeAgain(tx, date, practice, { now, isTrial: false })).hold : null;
  const message = { notification: notificationOf(date, practice), toEmail, seriesId, seriesVersion, now };
  const [outboxId] = (await putInOutbox(tx, message)) as [string];
  const noted = await tx
    .insert(followUps)
    .values({
      appointmentId: uid,
      about: getFollowUpTopic(date),
      outboxId,
      writtenAt: now,
      heldUntil: held?.until ?? null,
    })
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
  date: FollowUpDate,
  practice: Practice,
  { now, isTrial }: { now: number; isTrial: boolean },
): Promise<PlacedAgain> {
  const none = { isFree: false, hold: null };
  const { timeZone, followUpHoldDays: days } = practice;
  if (getFollowUpTopic(date) !== 'again' || days === 0) return none;
  const { serviceId, therapistId, minutes, cadence } = date;
  const place = getPlaceToBookAgain(date, practice);
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
export async function getFollowUpFactsToSend(
  db: Db,
  { uid, about, toEmail }: { uid: string; about: 'again' | 'missed'; toEmail: string },
  practice: Practice,
  now: number,
): Promise<FollowUpNotification | null> {
  const [date] = await listDatesToFollowUp(db, practice, now, eq(appointments.id, uid));
  if (!date || date.toEmail !== toEmail || getFollowUpTopic(date) !== about) return null;
  return notificationOf(date, practice, await howHeld(db, date, practice, now));
}

/**
 * What the e-mail may promise. Read when it is sent, because the hold may be over, or ended by the therapist's absence.
 */
async function howHeld(db: Db, date: FollowUpDate, practice: Practice, now: number): Promise<Held | undefined> {
  if (getFollowUpTopic(date) === 'missed' || practice.followUpHoldDays === 0) return undefined;
  const until = await findRebookingHoldExpiry(db, date.uid, now);
  if (until !== null) {
    const starts = listRebookingHoldStarts(practice.timeZone, getPlaceToBookAgain(date, practice), date);
    return { state: 'kept', until, starts };
  }
  return (await placeAgain(db, date, practice, { now, isTrial: true })).isFree ? undefined : { state: 'taken' };
}

type Held = NonNullable<FollowUpNotification['again']['held']>;

function notificationOf(date: FollowUpDate, practice: Practice, held?: Held): FollowUpNotification {
  const { uid, seriesUid, clientName, bookedBy, start, service, therapist } = date;
  const { cadence, sessions, minutes, serviceId, therapistId } = date;
  const place = getPlaceToBookAgain(date, practice);
  return {
    kind: 'follow_up',
    about: getFollowUpTopic(date),
    practice: toNotificationPractice(practice),
    ...{ uid, seriesUid, clientName, start, service, therapist },
    ...(bookedBy !== null && { bookedBy }),
    again: { serviceId, minutes, cadence, sessions, therapistId, ...place, ...(held && { held }) },
  };
}
