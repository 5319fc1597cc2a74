import { and, eq } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { moveByOne } from '@/db/input/list-editing';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import type { rooms, services } from '@/db/schema';
import {
  applyStrandedDecisions,
  type ChangeContext,
  type StrandedBookingDecisions,
  type StrandedBookings,
  type WithdrawnCombination,
} from './stranded-bookings';

// What an owner does with massages and rooms alike: retire one, bring it back, and move it in the order.

/** Massages or rooms. */
export interface OfferedList {
  table: typeof services | typeof rooms;
  /** What history calls an item. */
  noun: 'massage' | 'room';
  /** The kind of subject in history. */
  subject: 'service' | 'room';
  withdrawn: (id: string) => WithdrawnCombination;
  read: (tx: Db) => Promise<{ id: string; isActive: boolean }[]>;
}

export type RetireResult = { ok: true } | StrandedBookings | Refusal<'not_found'>;

/** Stops offering it. Booked dates stay, unless it was decided otherwise. */
export async function retireOffered(
  list: OfferedList,
  viewer: Owner,
  id: string,
  decision: StrandedBookingDecisions,
  context: ChangeContext,
): Promise<RetireResult> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<RetireResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    if (!(await setActive(tx, list, id, false))) return { ok: false, reason: 'not_found' };
    const stranded = await applyStrandedDecisions(tx, undo, viewer, [list.withdrawn(id)], decision, context);
    if (stranded) return undo(stranded);
    const facts = { cancelled: decision.cancelling.length };
    await recordOfferedChange(tx, list, viewer, `${list.noun} retired`, id, context.now, facts);
    return { ok: true };
  });
}

export async function bringBackOffered(list: OfferedList, viewer: Owner, id: string, { now }: Clock): Promise<boolean> {
  if (!isPossibleId(id)) return false;
  return transact(async (tx) => {
    const isBack = await setActive(tx, list, id, true);
    if (isBack) await recordOfferedChange(tx, list, viewer, `${list.noun} brought back`, id, now);
    return isBack;
  });
}

/** Moves it one place up or down among those on offer. */
export async function moveOfferedInOrder(
  list: OfferedList,
  viewer: Owner,
  id: string,
  step: -1 | 1,
  { now }: Clock,
): Promise<boolean> {
  return transact(async (tx) => {
    const all = await list.read(tx);
    const idsOf = (isShown: boolean) => all.filter(({ isActive }) => isActive === isShown).map((entry) => entry.id);
    const order = moveByOne(idsOf(true), id, step);
    if (!order) return false;
    for (const [position, entryId] of [...order, ...idsOf(false)].entries())
      await tx.update(list.table).set({ position }).where(eq(list.table.id, entryId));
    await recordOfferedChange(tx, list, viewer, `${list.noun}s ordered`, id, now);
    return true;
  });
}

export async function recordOfferedChange(
  tx: Db,
  { subject }: OfferedList,
  viewer: Owner,
  action: AuditAction,
  id: string,
  now: number,
  facts = {},
): Promise<void> {
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: `${subject}:${id}`, facts });
}

/** False if it is in that state already, or does not exist. */
async function setActive(tx: Db, { table }: OfferedList, id: string, isActive: boolean): Promise<boolean> {
  const changed = await tx
    .update(table)
    .set({ isActive })
    .where(and(eq(table.id, id), eq(table.isActive, !isActive)))
    .returning({ id: table.id });
  return changed.length > 0;
}
