import { sql } from 'drizzle-orm';
import { users } from './access';
import { series } from './booking';
import { check, instant, table, text, uniqueIndex } from './columns';
import { rooms, therapists } from './practice';

// What other calendars read of ours.

/** What a feed tells of each date: that the time is taken, which massage of how many, or with whom too. */
export type FeedDetail = 'busy' | 'massage' | 'names';

/**
 * An address that calendar apps read the dates of one owner from: a therapist, a room, a series by its manage link, or a
 * client who is signed in. A new address is a new row.
 */
export const calendarFeeds = table(
  'calendar_feeds',
  {
    /** What the address is made of, together with the secret of this server: it is stored nowhere. */
    id: text('id').primaryKey(),
    /** SHA-256 of what stands in the address. */
    tokenHash: text('token_hash').notNull(),
    therapistId: text('therapist_id').references(() => therapists.id),
    roomId: text('room_id').references(() => rooms.id),
    seriesId: text('series_id').references(() => series.id),
    userId: text('user_id').references(() => users.id),
    detail: text('detail').$type<FeedDetail>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('calendar_feeds_token').on(t.tokenHash),
    uniqueIndex('calendar_feeds_therapist').on(t.therapistId),
    uniqueIndex('calendar_feeds_room').on(t.roomId),
    uniqueIndex('calendar_feeds_series').on(t.seriesId),
    uniqueIndex('calendar_feeds_user').on(t.userId),
    check('calendar_feeds_detail', sql`${t.detail} in ('busy', 'massage', 'names')`),
    check(
      'calendar_feeds_owner',
      sql`(case when ${t.therapistId} is null then 0 else 1 end) + (case when ${t.roomId} is null then 0 else 1 end) + (case when ${t.seriesId} is null then 0 else 1 end) + (case when ${t.userId} is null then 0 else 1 end) = 1`,
    ),
  ],
);
