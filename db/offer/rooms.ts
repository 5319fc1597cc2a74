import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Owner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { resourceNumberSubquery, roomResourceName } from '@/db/claims/resource-and-owner-numbers';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { personNameSchema, toIssues } from '@/db/input/field-schemas';
import { hashContent, makeIdFromName } from '@/db/input/list-editing';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, calendarFeeds, claims, roomServices, rooms, services } from '@/db/schema';
import {
  bringBackOffered,
  moveOfferedInOrder,
  type OfferedList,
  type RetireResult,
  recordOfferedChange,
  retireOffered,
} from './retire-and-order';
import {
  applyStrandedDecisions,
  type ChangeContext,
  type StrandedBookingDecisions,
  type StrandedBookings,
} from './stranded-bookings';

// The rooms as their owner sets them: their names, and which massages they suit.

export interface RoomSettings {
  id: string;
  name: string;
  isActive: boolean;
  serviceIds: string[];
  /** The room was never booked, so it may be deleted. */
  isUnused: boolean;
  mark: string;
}

export interface RoomForm {
  name: string;
  serviceIds: string[];
}

export type SaveRoomResult = { ok: true; id: string } | Invalid | StrandedBookings | Refusal<'not_found' | 'changed'>;

const MOST_ROOMS = 100;
const roomForm = z.object({ name: personNameSchema, serviceIds: z.array(z.string()).max(500) });

const LIST: OfferedList = {
  table: rooms,
  noun: 'room',
  subject: 'room',
  withdrawn: (id) => ({ roomId: id }),
  read: readRooms,
};

/** All rooms in their order, retired ones last. */
export async function listRooms(_viewer: Owner): Promise<RoomSettings[]> {
  return readRooms(await reader());
}

async function readRooms(db: Db): Promise<RoomSettings[]> {
  const all = await db.select().from(rooms).orderBy(asc(rooms.position), asc(rooms.id));
  const suits = await db.select().from(roomServices).orderBy(asc(roomServices.serviceId));
  const used = await db.selectDistinct({ id: appointments.roomId }).from(appointments);
  const found = all.map(({ position: _, ...room }) => {
    const serviceIds = suits.filter(({ roomId }) => roomId === room.id).map(({ serviceId }) => serviceId);
    const facts = { ...room, serviceIds };
    return { ...facts, isUnused: !used.some(({ id }) => id === room.id), mark: hashContent(facts) };
  });
  return [...found.filter(({ isActive }) => isActive), ...found.filter(({ isActive }) => !isActive)];
}

/**
 * Saves a room, or creates one where there is no `id`. Booked dates that this affects are settled in the same
 * transaction.
 */
export async function saveRoom(
  viewer: Owner,
  request: { id: string | null; mark: string; form: RoomForm; decision: StrandedBookingDecisions },
  context: ChangeContext,
): Promise<SaveRoomResult> {
  const { now } = context;
  const parsed = roomForm.safeParse(request.form);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { name } = parsed.data;
  return transact<SaveRoomResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const all = await readRooms(tx);
    const before = all.find(({ id }) => id === request.id);
    if (request.id !== null && !before) return { ok: false, reason: 'not_found' };
    if (before && before.mark !== request.mark) return { ok: false, reason: 'changed' };
    if (!before && all.length >= MOST_ROOMS) return refuse(`There can be ${MOST_ROOMS} rooms at most.`);
    if (all.some((other) => other.name === name && other.id !== request.id))
      return refuse('There is a room of this name.');
    const known = await tx.select({ id: services.id, isActive: services.isActive }).from(services);
    // The form does not list retired massages: their links to rooms stay as they were.
    const chosen = ({ isActive }: { isActive: boolean }) =>
      isActive ? parsed.data.serviceIds : (before?.serviceIds ?? []);
    const suits = known.filter((service) => chosen(service).includes(service.id)).map(({ id }) => id);
    const existingIds = all.map((room) => room.id);
    const id = before?.id ?? makeIdFromName(name, existingIds, 'room');
    if (before) await tx.update(rooms).set({ name }).where(eq(rooms.id, id));
    else await tx.insert(rooms).values({ id, name, isActive: true, position: all.length });
    await tx.delete(roomServices).where(eq(roomServices.roomId, id));
    if (suits.length > 0) await tx.insert(roomServices).values(suits.map((serviceId) => ({ roomId: id, serviceId })));
    if (before) {
      const removedIds = before.serviceIds.filter((id) => !suits.includes(id));
      const withdrawn = removedIds.map((serviceId) => ({ serviceId, roomId: before.id }));
      const stranded = await applyStrandedDecisions(tx, undo, viewer, withdrawn, request.decision, context);
      if (stranded) return undo(stranded);
    }
    await recordOfferedChange(tx, LIST, viewer, before ? 'room changed' : 'room added', id, now);
    return { ok: true, id };
  });
}

/** Stops putting new bookings there. Booked dates stay, unless it was decided otherwise. */
export function retireRoom(
  viewer: Owner,
  id: string,
  decision: StrandedBookingDecisions,
  context: ChangeContext,
): Promise<RetireResult> {
  return retireOffered(LIST, viewer, id, decision, context);
}

export function bringBackRoom(viewer: Owner, id: string, clock: Clock): Promise<boolean> {
  return bringBackOffered(LIST, viewer, id, clock);
}

/** Moves it one place up or down among the rooms in use. A booking gets the first room that is free. */
export function moveRoomInOrder(viewer: Owner, id: string, step: -1 | 1, clock: Clock): Promise<boolean> {
  return moveOfferedInOrder(LIST, viewer, id, step, clock);
}

/** Deletes it for good; only possible when it was never booked. */
export async function deleteRoom(
  viewer: Owner,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'used'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<{ ok: true } | Refusal<'not_found' | 'used'>>(async (tx) => {
    await lockOfferForChange(tx);
    const [found] = await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, id));
    if (!found) return { ok: false, reason: 'not_found' };
    const [used] = await tx
      .select({ id: appointments.id })
      .from(appointments)
      .where(eq(appointments.roomId, id))
      .limit(1);
    const [held] = await tx
      .select({ cell: claims.cell })
      .from(claims)
      .where(eq(claims.resource, resourceNumberSubquery(roomResourceName(id))))
      .limit(1);
    if (used || held) return { ok: false, reason: 'used' };
    await tx.delete(roomServices).where(eq(roomServices.roomId, id));
    await tx.delete(calendarFeeds).where(eq(calendarFeeds.roomId, id));
    await tx.delete(rooms).where(eq(rooms.id, id));
    await recordOfferedChange(tx, LIST, viewer, 'room deleted', id, now);
    return { ok: true };
  });
}

function refuse(message: string): Invalid {
  return invalid([{ path: ['name'], message }]);
}
