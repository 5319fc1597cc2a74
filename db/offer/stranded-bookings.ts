import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { cancelRowsSilently, notifyAndRecordCancelled } from '@/db/booking/cancel-appointments';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, rooms, services, therapists } from '@/db/schema';
import { findOtherRooms, putInOtherRooms } from './other-rooms';

// What is booked already when the practice stops offering something. Nothing of it goes by itself: the owner sees each
// date with its client, and says which of them stay.

/** What is not offered any more: a massage, with somebody, in a room. What is left out is any. */
export interface WithdrawnOffering {
  serviceId?: string;
  therapistId?: string;
  roomId?: string;
}

/** A booked date that is not offered any more. */
export interface StrandedDate {
  uid: string;
  version: number;
  startsAt: number;
  clientName: string;
  service: string;
  therapistId: string;
  therapist: string;
  /** Where it could be at the same hour, when only its room is withdrawn. */
  otherRoom: { id: string; name: string } | null;
}

/** The dates as their owner saw them when deciding, and those of them that are to be cancelled or to have another room. */
export interface StrandedDecision {
  seen: { uid: string; version: number }[];
  cancelling: string[];
  moving?: { uid: string; roomId: string }[];
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
    .select({ row: appointments, clientName: clients.name, service: services.name, therapist: therapists.name })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
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
 * Holds what is booked against what was decided, in the transaction of the change: null when it may be saved, and then
 * what was to be cancelled is, and what was to have another room has it. Where the list is another by now, or a room was
 * taken, it comes back for another look.
 */
export async function applyStrandedDecisions(
  tx: Db,
  viewer: Owner,
  withdrawn: WithdrawnOffering[],
  { seen, cancelling, moving = [] }: StrandedDecision,
  now: number,
): Promise<StrandedBookings | null> {
  const found = await listStranded(tx, withdrawn, now);
  const rows = found.map(({ row }) => row);
  const isWithdrawn = (serviceId: string, roomId: string) =>
    withdrawn.some((offer) => offer.roomId === roomId && (offer.serviceId ?? serviceId) === serviceId);
  const homeless = rows.filter((row) => needsRoomOnly(row, withdrawn));
  const others = await findOtherRooms(tx, homeless, isWithdrawn, now);
  const known = new Map(seen.map(({ uid, version }) => [uid, version]));
  const isSame = rows.length === known.size && rows.every(({ id, version }) => known.get(id) === version);
  const moved = rows.filter(({ id }) => moving.some(({ uid }) => uid === id));
  const areFree = moving.every(({ uid, roomId }) => others.get(uid) === roomId);
  if (!isSame || !areFree) return askAbout(tx, found, others);
  if (moved.length > 0 && !(await putInOtherRooms(tx, moved, others, now))) return askAbout(tx, found, others);
  const cancelled = rows.filter(({ id }) => cancelling.includes(id));
  if (cancelled.length === 0) return null;
  if (!(await cancelRowsSilently(tx, viewer, cancelled, now))) return askAbout(tx, found, others);
  await notifyAndRecordCancelled(tx, viewer, await getPractice(tx), cancelled, { now, scope: 'this' });
  return null;
}

async function askAbout(
  tx: Db,
  found: Awaited<ReturnType<typeof listStranded>>,
  others: Map<string, string>,
): Promise<StrandedBookings> {
  const all = await tx.select({ id: rooms.id, name: rooms.name }).from(rooms);
  const dates = found.map(({ row: { id: uid, version, startAt: startsAt, therapistId }, ...said }): StrandedDate => {
    return {
      uid,
      version,
      startsAt,
      therapistId,
      ...said,
      otherRoom: all.find(({ id }) => id === others.get(uid)) ?? null,
    };
  });
  return { ok: false, reason: 'stranded', dates };
}
