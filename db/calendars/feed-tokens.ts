import { createHmac } from 'node:crypto';
import { and, eq, isNull, or } from 'drizzle-orm';
import { hashToken } from '@/db/access/manage-tokens';
import type { Db } from '@/db/connection/connection';
import { calendarFeeds, rooms, therapists } from '@/db/schema';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

type FeedRow = typeof calendarFeeds.$inferSelect;

/** The token in the address of a feed: 256 bits, derived again each time it is shown. */
export function deriveFeedToken(feedId: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: calendar addresses cannot be made without it.');
  return createHmac('sha256', secret).update(`feed:${feedId}`).digest('base64url');
}

/** The feed that a token opens, with the name of the therapist or room; null if it opens none, or no longer does. */
export async function findFeedByToken(db: Db, token: string): Promise<{ feed: FeedRow; ownerName: string } | null> {
  if (!TOKEN.test(token)) return null;
  const [found] = await db
    .select({ feed: calendarFeeds, therapist: therapists.name, room: rooms.name })
    .from(calendarFeeds)
    .leftJoin(therapists, eq(therapists.id, calendarFeeds.therapistId))
    .leftJoin(rooms, eq(rooms.id, calendarFeeds.roomId))
    .where(
      and(
        eq(calendarFeeds.tokenHash, hashToken(token)),
        // A therapist who has left the team can no longer read it.
        or(isNull(calendarFeeds.therapistId), eq(therapists.isActive, true)),
      ),
    );
  return found ? { feed: found.feed, ownerName: found.therapist ?? found.room ?? '' } : null;
}
