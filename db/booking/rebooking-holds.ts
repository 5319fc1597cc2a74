import { aliasedTable, and, asc, eq, exists, gt, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { readRebookingToken } from '@/db/access/emailed-link-tokens';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleClientsCondition } from '@/db/access/viewer-conditions';
import { getCellRange, listHoldNamesIn, releaseHolds, therapistResourceName } from '@/db/claims/claims';
import { type FreedTime, recordFreedTimes } from '@/db/claims/freed-times';
import { rebookingHoldName } from '@/db/claims/hold-names';
import {
  computeHoldOwnerNumber,
  resourceNumberSubquery,
  therapistClaimCondition,
} from '@/db/claims/resource-and-owner-numbers';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, claims, clients, followUps, holds, outbox, resources, series, therapists } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { getNextDateInCadence, listRebookingHoldStarts } from '@/scheduling/follow-ups';
import type { Interval } from '@/scheduling/interval-arithmetic';

// Times held for a client after their last date, so that they can book the same time again. A hold ends when it
// expires, when they book, when they opt out of these e-mails, when their e-mail cannot be sent, and when the therapist
// will be away.

export interface RebookingHold {
  /** The key that the times are held under. */
  key: string;
  until: number;
}

/**
 * The hold behind an e-mail's link, with this therapist on these dates; null where it is over or does not cover all of
 * them: other times chosen by the link are held as for any visitor.
 */
export async function findRebookingHoldByLink(
  token: string,
  { therapistId, dates }: { therapistId: string; dates: Interval[] },
  { now }: Clock,
): Promise<RebookingHold | null> {
  const uid = readRebookingToken(token);
  if (uid === null) return null;
  const db = await reader();
  const until = await findRebookingHoldExpiry(db, uid, now);
  if (until === null) return null;
  const key = rebookingHoldName(uid);
  const cells = [...new Set(dates.map(getCellRange).flatMap(({ first, last }) => [first, last]))];
  const isTheirs = and(
    eq(claims.owner, computeHoldOwnerNumber(key)),
    eq(claims.resource, resourceNumberSubquery(therapistResourceName(therapistId))),
  );
  const held = await db.$count(claims, and(isTheirs, inArray(claims.cell, cells)));
  return held === cells.length ? { key, until } : null;
}

/** When the hold after this date expires; null where there is none. */
export async function findRebookingHoldExpiry(db: Db, uid: string, now: number): Promise<number | null> {
  const [found] = await db
    .select({ until: holds.expiresAt })
    .from(holds)
    .where(and(eq(holds.name, rebookingHoldName(uid)), gt(holds.expiresAt, now)));
  return found?.until ?? null;
}

/** What is held for a client, as staff see it. */
export interface RebookingHoldView {
  until: number;
  starts: number[];
  therapist: string;
}

/** Null where nothing is held, or where the viewer may not see the client. */
export async function getRebookingHoldOfClient(
  viewer: Staff,
  clientId: string,
  { now }: Clock,
): Promise<RebookingHoldView | null> {
  if (!isPossibleId(clientId)) return null;
  const db = await reader();
  const noted = await db
    .select({
      uid: appointments.id,
      start: appointments.startAt,
      nominalStart: appointments.nominalStartAt,
      therapist: therapists.name,
      cadence: series.cadence,
      sessions: series.sessions,
    })
    .from(followUps)
    .innerJoin(appointments, eq(appointments.id, followUps.appointmentId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .where(and(eq(clients.id, clientId), visibleClientsCondition(db, viewer), gt(followUps.heldUntil, now)));
  const { timeZone } = await getPractice(db);
  for (const { uid, therapist, start, nominalStart, ...plan } of noted) {
    const until = await findRebookingHoldExpiry(db, uid, now);
    const place = getNextDateInCadence(timeZone, plan.cadence === 'once' ? start : nominalStart, plan.cadence);
    if (until !== null) return { until, therapist, starts: listRebookingHoldStarts(timeZone, place, plan) };
  }
  return null;
}

/** Released by staff, for a client who says that they will not need it. */
export async function releaseRebookingHold(
  viewer: Staff,
  clientId: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isPossibleId(clientId)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const isTheirs = and(eq(clients.id, clientId), visibleClientsCondition(tx, viewer));
    const [client] = await tx.select({ id: clients.id }).from(clients).where(isTheirs);
    if (!client || !(await endRebookingHoldsOfClients(tx, [client.id], now)))
      return { ok: false as const, reason: 'not_found' as const };
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: 'held time freed' },
      ...{ subject: `client:${client.id}`, facts: {} },
    });
    return { ok: true as const };
  });
}

/** Ends the holds after any date of these clients: their time is free at once. Returns whether there was any. */
export async function endRebookingHoldsOfClients(tx: Db, clientIds: string[], now: number): Promise<boolean> {
  return end(tx, await listRebookingHoldNamesOfClients(tx, clientIds), now);
}

/**
 * Ends holds that have become useless: the e-mail was dropped or given up, so its client has not heard of it, or the
 * client has another upcoming date. Their time is free at once. Returns how many.
 */
export async function endUnneededRebookingHolds({ now }: Clock): Promise<number> {
  const useless = await listUselessHolds(await reader(), now);
  if (useless.length === 0) return 0;
  return transact(async (tx) => {
    // Read again in the transaction: a date may have been cancelled since.
    const uids = await listUselessHolds(tx, now);
    await end(tx, uids.map(rebookingHoldName), now);
    return uids.length;
  });
}

async function listUselessHolds(db: Db, now: number): Promise<string[]> {
  const later = aliasedTable(appointments, 'later');
  const isBookedAgain = exists(
    db
      .select({ it: later.id })
      .from(later)
      .where(and(eq(later.clientId, appointments.clientId), ne(later.status, 'cancelled'), gt(later.startAt, now))),
  );
  const noted = await db
    .select({ uid: followUps.appointmentId })
    .from(followUps)
    .innerJoin(appointments, eq(appointments.id, followUps.appointmentId))
    .innerJoin(outbox, eq(outbox.id, followUps.outboxId))
    .where(and(gt(followUps.heldUntil, now), or(isNotNull(outbox.deadAt), isNotNull(outbox.droppedAt), isBookedAgain)));
  const held: string[] = [];
  for (const { uid } of noted) if ((await findRebookingHoldExpiry(db, uid, now)) !== null) held.push(uid);
  return held;
}

/** The names under which times are or were held for these clients. */
export async function listRebookingHoldNamesOfClients(db: Db, clientIds: string[]): Promise<string[]> {
  if (clientIds.length === 0) return [];
  const held = await db
    .select({ uid: followUps.appointmentId })
    .from(followUps)
    .innerJoin(appointments, eq(appointments.id, followUps.appointmentId))
    .where(and(inArray(appointments.clientId, clientIds), isNotNull(followUps.heldUntil)));
  return held.map(({ uid }) => rebookingHoldName(uid));
}

/** Ends the holds that fall in a time when these therapists are away. */
export async function endRebookingHoldsOfTherapists(
  tx: Db,
  therapistIds: string[],
  spans: Interval[],
  now: number,
): Promise<void> {
  const away = therapistIds.flatMap((id) => spans.map((span) => ({ resourceId: therapistResourceName(id), ...span })));
  await endRebookingHoldsInTheWay(tx, away, now);
}

/** Ends the holds that overlap dates of somebody with precedence over the client. */
export async function endRebookingHoldsInTheWay(
  tx: Db,
  dates: Parameters<typeof listHoldNamesIn>[1],
  now: number,
): Promise<void> {
  await end(tx, await listHoldNamesIn(tx, dates, rebookingHoldName('%')), now);
}

async function end(tx: Db, owners: string[], now: number): Promise<boolean> {
  if (owners.length === 0) return false;
  const cells = await tx
    .select({ resourceId: resources.name, cell: claims.cell })
    .from(claims)
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(
      and(
        inArray(claims.owner, owners.map(computeHoldOwnerNumber)),
        therapistClaimCondition,
        gt(claims.expiresAt, now),
      ),
    )
    .orderBy(asc(resources.name), asc(claims.cell));
  const freed: FreedTime[] = [];
  for (const { resourceId, cell } of cells) {
    const therapistId = resourceId.slice(therapistResourceName('').length);
    const last = freed.at(-1);
    if (last?.therapistId === therapistId && last.end === cell * CLAIM_GRAIN_MS) last.end += CLAIM_GRAIN_MS;
    else freed.push({ therapistId, start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS });
  }
  await releaseHolds(tx, owners);
  await recordFreedTimes(tx, freed, now, now);
  return freed.length > 0;
}
