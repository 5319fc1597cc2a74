import { randomUUID } from 'node:crypto';
import { and, eq, isNotNull, or } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { hashToken } from '@/db/access/manage-tokens';
import type { Owner, Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { lockPractice } from '@/db/practice/lock-practice';
import type { Clock, Refusal } from '@/db/results';
import { calendarFeeds, type FeedDetail, rooms, therapists } from '@/db/schema';
import { deriveFeedToken } from './feed-tokens';

// The addresses by which somebody reads their dates in a calendar app. An address is made on request, and made anew
// when the old one has become known to others. It is a key: whoever has it can read what it shows.

export interface FeedSettings {
  token: string;
  detail: FeedDetail;
  createdAt: number;
}

/** By default a feed names the massage and no person. */
const FIRST_DETAIL: FeedDetail = 'massage';
const DETAILS: readonly unknown[] = ['busy', 'massage', 'names'];

/** The viewer's own feed, or a room's feed for an owner; null where there is none. */
export async function getFeedSettings(viewer: Viewer, roomId?: string): Promise<FeedSettings | null> {
  const db = await reader();
  const owner = await findOwner(db, viewer, roomId);
  const found = owner && (await readOwn(db, owner));
  return found ? { token: deriveFeedToken(found.id), detail: found.detail, createdAt: found.createdAt } : null;
}

/** The number of feeds of therapists and rooms. */
export async function countFeeds(_viewer: Owner): Promise<number> {
  return (await reader()).$count(
    calendarFeeds,
    or(isNotNull(calendarFeeds.therapistId), isNotNull(calendarFeeds.roomId)),
  );
}

/** Makes an address. The previous one stops working; the chosen detail stays. */
export async function makeFeed(
  viewer: Viewer,
  roomId: string | undefined,
  { now }: Clock,
): Promise<{ ok: true; token: string } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    // If the button is pressed twice, the second address replaces the first.
    await lockPractice(tx);
    const owner = await findOwner(tx, viewer, roomId);
    if (!owner) return { ok: false as const, reason: 'not_found' as const };
    const [before] = await tx.delete(calendarFeeds).where(isOf(owner)).returning();
    const id = randomUUID();
    const token = deriveFeedToken(id);
    const detail = before?.detail ?? FIRST_DETAIL;
    await tx.insert(calendarFeeds).values({ id, tokenHash: hashToken(token), ...owner, detail, createdAt: now });
    await record(tx, viewer, owner, 'calendar address made', now);
    return { ok: true as const, token };
  });
}

export async function changeFeedDetail(
  viewer: Viewer,
  { roomId, detail }: { roomId?: string; detail: string },
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const owner = await findOwner(tx, viewer, roomId);
    const found = owner && (await readOwn(tx, owner));
    if (!found || !isDetail(detail)) return { ok: false as const, reason: 'not_found' as const };
    if (found.detail === detail) return { ok: true as const };
    await tx.update(calendarFeeds).set({ detail }).where(eq(calendarFeeds.id, found.id));
    await record(tx, viewer, owner, 'calendar address changed', now);
    return { ok: true as const };
  });
}

/** Removes the feed: its address stops working. */
export async function removeFeed(
  viewer: Viewer,
  roomId: string | undefined,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const owner = await findOwner(tx, viewer, roomId);
    const removed = owner ? await tx.delete(calendarFeeds).where(isOf(owner)).returning() : [];
    if (!owner || removed.length === 0) return { ok: false as const, reason: 'not_found' as const };
    await record(tx, viewer, owner, 'calendar address removed', now);
    return { ok: true as const };
  });
}

type FeedOwner =
  | { therapistId: string }
  | { roomId: string }
  /** Only this plan: holding its link does not prove that the client's other plans are one's own. */
  | { seriesId: string }
  | { userId: string };

async function findOwner(db: Db, viewer: Viewer, roomId: string | undefined): Promise<FeedOwner | null> {
  if (roomId !== undefined) {
    if (viewer.role !== 'owner' || !isPossibleId(roomId)) return null;
    const [room] = await db.select({ roomId: rooms.id }).from(rooms).where(eq(rooms.id, roomId));
    return room ?? null;
  }
  if (viewer.role === 'link') return { seriesId: viewer.seriesId };
  if (viewer.role === 'client') return { userId: viewer.userId };
  if (viewer.role === 'reader' || viewer.therapistId === null) return null;
  const isTheirs = and(eq(therapists.id, viewer.therapistId), eq(therapists.isActive, true));
  const [own] = await db.select({ therapistId: therapists.id }).from(therapists).where(isTheirs);
  return own ?? null;
}

async function readOwn(db: Db, owner: FeedOwner) {
  const [found] = await db.select().from(calendarFeeds).where(isOf(owner));
  return found;
}

function isOf(owner: FeedOwner) {
  if ('therapistId' in owner) return eq(calendarFeeds.therapistId, owner.therapistId);
  if ('roomId' in owner) return eq(calendarFeeds.roomId, owner.roomId);
  return 'seriesId' in owner ? eq(calendarFeeds.seriesId, owner.seriesId) : eq(calendarFeeds.userId, owner.userId);
}

function isDetail(detail: string): detail is FeedDetail {
  return DETAILS.includes(detail);
}

async function record(tx: Db, viewer: Viewer, owner: FeedOwner, action: AuditAction, now: number): Promise<void> {
  const [[name, id] = []] = Object.entries(owner);
  const subject = `${name?.replace(/Id$/, '')}:${id}`;
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject, facts: {} });
}
