import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import { cancelRows, notifyCancelled } from '@/db/booking/cancel-appointments';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, services, therapists } from '@/db/schema';

// What is booked already when the practice stops offering something. Nothing of it goes by itself: the owner sees each
// date with its client, and says which of them stay.

/** What is not offered any more: a massage, with somebody, in a room. What is left out is any. */
export interface WithdrawnOffer {
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
}

/** The dates as their owner saw them when deciding, and those of them that are to be cancelled. */
export interface StrandedDecision {
  seen: { uid: string; version: number }[];
  cancelling: string[];
}

/** Nothing was saved: this is booked, and is not what was decided on. */
export interface StrandedBookings {
  ok: false;
  reason: 'stranded';
  dates: StrandedDate[];
}

async function listStranded(db: Db, withdrawn: WithdrawnOffer[], now: number): Promise<StrandedDate[]> {
  if (withdrawn.length === 0) return [];
  const any = withdrawn.map(({ serviceId, therapistId, roomId }) =>
    and(
      serviceId === undefined ? undefined : eq(appointments.serviceId, serviceId),
      therapistId === undefined ? undefined : eq(appointments.therapistId, therapistId),
      roomId === undefined ? undefined : eq(appointments.roomId, roomId),
    ),
  );
  return db
    .select({
      uid: appointments.id,
      version: appointments.version,
      startsAt: appointments.startAt,
      clientName: clients.name,
      service: services.name,
      therapistId: therapists.id,
      therapist: therapists.name,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .where(and(eq(appointments.status, 'booked'), gt(appointments.startAt, now), or(...any)))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
}

/**
 * Holds what is booked against what was decided, in the transaction of the change: null when it may be saved, and then
 * the dates that were to be cancelled are. Where the list is another by now, it comes back for another look.
 */
export async function applyStrandedDecisions(
  tx: Db,
  viewer: Owner,
  withdrawn: WithdrawnOffer[],
  { seen, cancelling }: StrandedDecision,
  now: number,
): Promise<StrandedBookings | null> {
  const dates = await listStranded(tx, withdrawn, now);
  const known = new Map(seen.map(({ uid, version }) => [uid, version]));
  const isSame = dates.length === known.size && dates.every(({ uid, version }) => known.get(uid) === version);
  if (!isSame) return { ok: false, reason: 'stranded', dates };
  const given = dates.filter(({ uid }) => cancelling.includes(uid)).map(({ uid }) => eq(appointments.id, uid));
  if (given.length === 0) return null;
  const rows = await tx
    .select()
    .from(appointments)
    .where(or(...given));
  if (!(await cancelRows(tx, viewer, rows, now))) return { ok: false, reason: 'stranded', dates };
  await notifyCancelled(tx, viewer, await getPractice(tx), rows, { now, scope: 'this' });
  return null;
}
