import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { ListSuitedTherapists } from '@/db/booking/allowed-therapists';
import { applyDateDecisions, type DateDecision } from '@/db/booking/apply-date-decisions';
import {
  type DateWithReplacementTimes,
  MAX_PROPOSALS_AT_ONCE,
  proposeReplacementTimes,
} from '@/db/booking/propose-replacement-times';
import type { Db, RollBack } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, rooms } from '@/db/schema';
import { findOtherRooms, moveToOtherRooms } from './other-rooms';

// What is booked already when the practice stops offering something. Nothing of it goes by itself: the owner sees each
// date with its client, and says which of them stay.

/** What is not offered any more: a massage, with somebody, in a room. What is left out is any. */
export interface WithdrawnOffering {
  serviceId?: string;
  therapistId?: string;
  roomId?: string;
}

/** A booked date that is not offered any more, with where else it could be. */
export interface StrandedDate extends DateWithReplacementTimes {
  /** Where it could be at the same hour, when only its room is withdrawn. It is offered no other place then. */
  otherRoom: { id: string; name: string } | null;
}

/** When a change is made, and to whom a client’s dates may go. */
export type ChangeContext = Clock & { listSuited?: ListSuitedTherapists };

/** The dates as their owner saw them when deciding, and those of them that are to be cancelled, to have another room or to go elsewhere. */
export interface StrandedBookingDecisions {
  seen: { uid: string; version: number }[];
  cancelling: string[];
  moving?: { uid: string; roomId: string }[];
  elsewhere?: { uid: string; startsAt: number; therapistId: string }[];
}

/** Nothing was saved: this is booked, and is not what was decided on. */
export interface StrandedBookings {
  ok: false;
  reason: 'stranded';
  dates: StrandedDate[];
}

async function listStranded(db: Db, withdrawn: WithdrawnOffering[], now: number) {
  if (withdrawn.length === 0) return [];
  const any = withdrawn.map(({ serviceId, therapistId, roomId }) =>
    and(
      serviceId === undefined ? undefined : eq(appointments.serviceId, serviceId),
      therapistId === undefined ? undefined : eq(appointments.therapistId, therapistId),
      roomId === undefined ? undefined : eq(appointments.roomId, roomId),
    ),
  );
  return db
    .select()
    .from(appointments)
    .where(and(eq(appointments.status, 'booked'), gt(appointments.startAt, now), or(...any)))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
}

/** Only its room is withdrawn: with its massage and its therapist it could be elsewhere. */
function needsRoomOnly(row: AppointmentRow, withdrawn: WithdrawnOffering[]): boolean {
  return withdrawn
    .filter(
      ({ serviceId = row.serviceId, therapistId = row.therapistId, roomId = row.roomId }) =>
        serviceId === row.serviceId && therapistId === row.therapistId && roomId === row.roomId,
    )
    .every(({ roomId }) => roomId !== undefined);
}

/**
 * Holds what is booked against what was decided, in the transaction of the change and after its writes, so that nothing goes
 * where it could not be booked any more. Null when it may be committed: what was to be cancelled is, and what was to have
 * another room or another time has it. Where the list is another by now, or a room or a time was taken, it comes back for
 * another look.
 */
export async function applyStrandedDecisions(
  tx: Db,
  undo: RollBack,
  viewer: Owner,
  withdrawn: WithdrawnOffering[],
  { seen, cancelling, moving = [], elsewhere = [] }: StrandedBookingDecisions,
  { now, listSuited }: ChangeContext,
): Promise<StrandedBookings | null> {
  const rows = await listStranded(tx, withdrawn, now);
  const isWithdrawn = (serviceId: string, roomId: string) =>
    withdrawn.some((offer) => offer.roomId === roomId && (offer.serviceId ?? serviceId) === serviceId);
  const homeless = rows.filter((row) => needsRoomOnly(row, withdrawn));
  const others = await findOtherRooms(tx, homeless, isWithdrawn, now);
  const known = new Map(seen.map(({ uid, version }) => [uid, version]));
  const isSame = rows.length === known.size && rows.every(({ id, version }) => known.get(id) === version);
  const moved = rows.filter(({ id }) => moving.some(({ uid }) => uid === id));
  const areFree = moving.every(({ uid, roomId }) => others.get(uid) === roomId);
  if (!isSame || !areFree) return askAbout(tx, rows, others, { now, listSuited });
  const decisions = rows.map(({ id: uid, version }): DateDecision => {
    const place = elsewhere.find((other) => other.uid === uid);
    if (place) return { ...place, version, choice: 'move' };
    return { uid, version, choice: cancelling.includes(uid) ? 'cancel' : 'keep' };
  });
  const isUnchanged = decisions.every(({ choice }) => choice === 'keep');
  if (isUnchanged && moved.length === 0) return null;
  // Before anything is written: it is how things stand that is then to be looked at again.
  const unchanged = await askAbout(tx, rows, others, { now, listSuited });
  if (moved.length > 0 && !(await moveToOtherRooms(tx, moved, others, now))) return unchanged;
  if (isUnchanged) return null;
  const practice = await getPractice(tx);
  await applyDateDecisions(
    tx,
    () => undo(unchanged),
    viewer,
    { rows, decisions },
    { practice, now, scope: 'this', listSuited },
  );
  return null;
}

async function askAbout(
  tx: Db,
  rows: AppointmentRow[],
  otherRooms: Map<string, string>,
  { now, listSuited }: ChangeContext,
): Promise<StrandedBookings> {
  const all = await tx.select({ id: rooms.id, name: rooms.name }).from(rooms);
  const constraints = { away: null, otherRooms, listSuited, most: MAX_PROPOSALS_AT_ONCE };
  const dates = await proposeReplacementTimes(tx, await getPractice(tx), rows, constraints, now);
  const otherRoomOf = (uid: string) => all.find(({ id }) => id === otherRooms.get(uid)) ?? null;
  return { ok: false, reason: 'stranded', dates: dates.map((date) => ({ ...date, otherRoom: otherRoomOf(date.uid) })) };
}
