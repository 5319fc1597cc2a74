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

// The booked dates that are affected when the practice stops offering something. None is cancelled automatically: the
// owner sees each date with its client, and decides which of them stay.

/** What is no longer offered: a massage, with a therapist, in a room. A field that is left out means any. */
export interface WithdrawnCombination {
  serviceId?: string;
  therapistId?: string;
  roomId?: string;
}

/** A booked date that is no longer offered, with the other times and therapists it could move to. */
export interface StrandedDate extends DateWithReplacementTimes {
  /**
   * A free room at the same hour, when only the date's room is withdrawn. It is the only other place that is proposed
   * then.
   */
  otherRoom: { id: string; name: string } | null;
}

/** The time of a change, and the therapists that a client’s dates may move to. */
export type ChangeContext = Clock & { listSuited?: ListSuitedTherapists };

/**
 * The dates that the owner saw when deciding, and which of them to cancel, to move to another room, or to move to
 * another time or therapist.
 */
export interface StrandedBookingDecisions {
  seen: { uid: string; version: number }[];
  cancelling: string[];
  moving?: { uid: string; roomId: string }[];
  elsewhere?: { uid: string; startsAt: number; therapistId: string }[];
}

/** Nothing was saved: these dates are booked, and differ from those that were decided on. */
export interface StrandedBookings {
  ok: false;
  reason: 'stranded';
  dates: StrandedDate[];
}

async function listStranded(db: Db, withdrawn: WithdrawnCombination[], now: number) {
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

/** Only the room is withdrawn: with its massage and its therapist the date could be in another room. */
function needsRoomOnly(row: AppointmentRow, withdrawn: WithdrawnCombination[]): boolean {
  return withdrawn
    .filter(
      ({ serviceId = row.serviceId, therapistId = row.therapistId, roomId = row.roomId }) =>
        serviceId === row.serviceId && therapistId === row.therapistId && roomId === row.roomId,
    )
    .every(({ roomId }) => roomId !== undefined);
}

/** The massage itself is withdrawn: with any therapist and at any time it would be one that is retired. */
function isMassageWithdrawn({ serviceId }: AppointmentRow, withdrawn: WithdrawnCombination[]): boolean {
  return withdrawn.some(
    (gone) => gone.serviceId === serviceId && gone.therapistId === undefined && gone.roomId === undefined,
  );
}

/**
 * Compares what is booked with the decisions and carries these out. It runs in the transaction of the change and after
 * its writes, so that no date moves to where it could no longer be booked. Null when the transaction may be committed:
 * the decisions are done. If the list has changed, or a room or a time was taken, the current list comes back for
 * another decision.
 */
export async function applyStrandedDecisions(
  tx: Db,
  undo: RollBack,
  viewer: Owner,
  withdrawn: WithdrawnCombination[],
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
  const ask = () => askAbout(tx, rows, others, withdrawn, { now, listSuited });
  if (!isSame || !areFree) return ask();
  const decisions = rows.map(({ id: uid, version }): DateDecision => {
    const place = elsewhere.find((other) => other.uid === uid);
    if (place) return { ...place, version, choice: 'move' };
    return { uid, version, choice: cancelling.includes(uid) ? 'cancel' : 'keep' };
  });
  const isUnchanged = decisions.every(({ choice }) => choice === 'keep');
  if (isUnchanged && moved.length === 0) return null;
  // Read before anything is written, because it is shown again if the writes are rolled back.
  const unchanged = await ask();
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
  withdrawn: WithdrawnCombination[],
  { now, listSuited }: ChangeContext,
): Promise<StrandedBookings> {
  const all = await tx.select({ id: rooms.id, name: rooms.name }).from(rooms);
  const needsNoPlace = (row: AppointmentRow) => isMassageWithdrawn(row, withdrawn);
  const constraints = { away: null, otherRooms, needsNoPlace, listSuited, most: MAX_PROPOSALS_AT_ONCE };
  const dates = await proposeReplacementTimes(tx, await getPractice(tx), rows, constraints, now);
  const otherRoomOf = (uid: string) => all.find(({ id }) => id === otherRooms.get(uid)) ?? null;
  return { ok: false, reason: 'stranded', dates: dates.map((date) => ({ ...date, otherRoom: otherRoomOf(date.uid) })) };
}
