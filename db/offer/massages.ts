import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import { hashContent, makeIdFromName } from '@/db/input/list-editing';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import {
  appointments,
  reminderRules,
  roomServices,
  rooms,
  type ServiceBookingMode,
  serviceLengths,
  services,
  therapistPrices,
  therapistServices,
  therapists,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { type MassageForm, makeMassageFormSchema } from './massage-form';
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
  type WithdrawnCombination,
} from './stranded-bookings';

// The massages as their owner sets them. Booked dates keep their price, length and description.

/** A massage with all its settings. */
export interface MassageSettings {
  id: string;
  name: string;
  summary: string;
  suits: string;
  pressure: number;
  setupMinutes: number;
  cleanupMinutes: number;
  booking: ServiceBookingMode;
  noticeMinutes: number | null;
  windowDays: number | null;
  latestStart: string | null;
  isActive: boolean;
  lengths: { minutes: number; priceCents: number }[];
  therapistIds: string[];
  roomIds: string[];
  /** The massage was never booked, so it may be deleted. */
  isUnused: boolean;
  /** A fingerprint of the state that the form was filled from. */
  mark: string;
}

export type SaveMassageResult =
  | { ok: true; id: string }
  | Invalid
  | StrandedBookings
  | Refusal<'not_found' | 'changed'>;

const MOST_MASSAGES = 60;

const LIST: OfferedList = {
  table: services,
  noun: 'massage',
  subject: 'service',
  withdrawn: (id) => ({ serviceId: id }),
  read: readMassages,
};

/** All massages in their order, retired ones last. */
export async function listMassageSettings(_viewer: Owner): Promise<MassageSettings[]> {
  return readMassages(await reader());
}

async function readMassages(db: Db): Promise<MassageSettings[]> {
  // One query at a time, because a transaction has only one connection.
  const all = await db.select().from(services).orderBy(asc(services.position), asc(services.id));
  const lengths = await db.select().from(serviceLengths).orderBy(asc(serviceLengths.minutes));
  const givers = await db.select().from(therapistServices).orderBy(asc(therapistServices.therapistId));
  const places = await db.select().from(roomServices).orderBy(asc(roomServices.roomId));
  const used = await db.selectDistinct({ id: appointments.serviceId }).from(appointments);
  const ofIt = <T extends { serviceId: string }>(rows: T[], id: string) =>
    rows.filter(({ serviceId }) => serviceId === id);
  const found = all.map(({ position: _, ...service }) => {
    const facts = {
      ...service,
      lengths: ofIt(lengths, service.id).map(({ minutes, priceCents }) => ({ minutes, priceCents })),
      therapistIds: ofIt(givers, service.id).map(({ therapistId }) => therapistId),
      roomIds: ofIt(places, service.id).map(({ roomId }) => roomId),
    };
    return { ...facts, isUnused: !used.some(({ id }) => id === service.id), mark: hashContent(facts) };
  });
  return [...found.filter(({ isActive }) => isActive), ...found.filter(({ isActive }) => !isActive)];
}

/**
 * Saves a massage, or creates one where there is no `id`. Booked dates that this affects are settled in the same
 * transaction.
 */
export async function saveMassage(
  viewer: Owner,
  request: { id: string | null; mark: string; form: MassageForm; decision: StrandedBookingDecisions },
  context: ChangeContext,
): Promise<SaveMassageResult> {
  const { now } = context;
  const practice = await getPractice();
  const parsed = makeMassageFormSchema(practice.currency).safeParse(request.form);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { lengths, therapistIds, roomIds, noticeHours, ...facts } = parsed.data;
  const row = { ...facts, noticeMinutes: noticeHours === null ? null : noticeHours * 60 };
  return transact<SaveMassageResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const all = await readMassages(tx);
    const before = all.find(({ id }) => id === request.id);
    if (request.id !== null && !before) return { ok: false, reason: 'not_found' };
    if (before && before.mark !== request.mark) return { ok: false, reason: 'changed' };
    if (!before && all.length >= MOST_MASSAGES)
      return refuse('name', `There can be ${MOST_MASSAGES} massages at most.`);
    const people = await tx.select({ id: therapists.id, isActive: therapists.isActive }).from(therapists);
    const places = await tx.select({ id: rooms.id, isActive: rooms.isActive }).from(rooms);
    // The form does not list therapists who have left or retired rooms: their links stay as they were.
    const chosenOf = (all: { id: string; isActive: boolean }[], chosen: string[], had: string[] = []) =>
      all.filter(({ id, isActive }) => (isActive ? chosen : had).includes(id)).map(({ id }) => id);
    const givers = chosenOf(people, therapistIds, before?.therapistIds);
    const where = chosenOf(places, roomIds, before?.roomIds);
    const existingIds = all.map(({ id }) => id);
    const id = before?.id ?? makeIdFromName(row.name, existingIds, 'massage');
    if (before) await tx.update(services).set(row).where(eq(services.id, id));
    else await tx.insert(services).values({ ...row, id, isActive: true, position: all.length });
    await tx.delete(serviceLengths).where(eq(serviceLengths.serviceId, id));
    await tx.insert(serviceLengths).values(lengths.map((length) => ({ ...length, serviceId: id })));
    // A therapist's own price is deleted with its length, and does not come back with it.
    const remaining = lengths.map(({ minutes }) => minutes);
    await tx
      .delete(therapistPrices)
      .where(and(eq(therapistPrices.serviceId, id), notInArray(therapistPrices.minutes, remaining)));
    await tx.delete(therapistServices).where(eq(therapistServices.serviceId, id));
    if (givers.length > 0)
      await tx.insert(therapistServices).values(givers.map((therapistId) => ({ therapistId, serviceId: id })));
    await tx.delete(roomServices).where(eq(roomServices.serviceId, id));
    if (where.length > 0) await tx.insert(roomServices).values(where.map((roomId) => ({ roomId, serviceId: id })));
    if (before) {
      const { id: serviceId } = before;
      const withdrawn: WithdrawnCombination[] = [
        ...before.therapistIds.filter((id) => !givers.includes(id)).map((therapistId) => ({ serviceId, therapistId })),
        ...before.roomIds.filter((id) => !where.includes(id)).map((roomId) => ({ serviceId, roomId })),
      ];
      const stranded = await applyStrandedDecisions(tx, undo, viewer, withdrawn, request.decision, context);
      if (stranded) return undo(stranded);
    }
    await recordOfferedChange(tx, LIST, viewer, before ? 'massage changed' : 'massage added', id, now, {
      cancelled: request.decision.cancelling.length,
    });
    return { ok: true, id };
  });
}

/** Stops offering it. Booked dates stay, unless it was decided otherwise. */
export function retireMassage(
  viewer: Owner,
  id: string,
  decision: StrandedBookingDecisions,
  context: ChangeContext,
): Promise<RetireResult> {
  return retireOffered(LIST, viewer, id, decision, context);
}

export function bringBackMassage(viewer: Owner, id: string, clock: Clock): Promise<boolean> {
  return bringBackOffered(LIST, viewer, id, clock);
}

/** Moves it one place up or down among the massages on offer. */
export function moveMassageInOrder(viewer: Owner, id: string, step: -1 | 1, clock: Clock): Promise<boolean> {
  return moveOfferedInOrder(LIST, viewer, id, step, clock);
}

/** Deletes it for good; only possible when it was never booked. */
export async function deleteMassage(
  viewer: Owner,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'used'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<{ ok: true } | Refusal<'not_found' | 'used'>>(async (tx) => {
    await lockOfferForChange(tx);
    const [found] = await tx.select({ id: services.id }).from(services).where(eq(services.id, id));
    if (!found) return { ok: false, reason: 'not_found' };
    // Waiting list entries and offers refer to it as well.
    for (const table of [appointments, waitlistEntries, waitlistOffers])
      if ((await tx.$count(table, eq(table.serviceId, id))) > 0) return { ok: false, reason: 'used' };
    for (const table of [serviceLengths, therapistPrices, therapistServices, roomServices, reminderRules])
      await tx.delete(table).where(eq(table.serviceId, id));
    await tx.delete(services).where(eq(services.id, id));
    await recordOfferedChange(tx, LIST, viewer, 'massage deleted', id, now);
    return { ok: true };
  });
}

function refuse(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}
