import { sql } from 'drizzle-orm';
import { users } from './access';
import { appointments } from './appointments';
import { check, index, instant, int, json, primaryKey, table, text, uniqueIndex } from './engine-column-types';
import { rooms, therapists } from './practice';
import { series } from './series';

// What other calendars read from ours, and what ours reads from them.

/**
 * What a feed says about each date: only that the time is taken, or also which massage of how many, or also with whom.
 */
export type FeedDetail = 'busy' | 'massage' | 'names';

/**
 * An address from which calendar apps read the dates of one owner: a therapist, a room, a series (by its manage link),
 * or a signed-in client. A new address is a new row.
 */
export const calendarFeeds = table(
  'calendar_feeds',
  {
    /** The address is derived from this id and this server's secret, and is itself stored nowhere. */
    id: text('id').primaryKey(),
    /** SHA-256 of the token in the address. */
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

/**
 * A date that has left the calendar of a therapist or a room, as it was there. The feed lists it as cancelled for a
 * while, because some apps keep events that are merely left out.
 */
export const calendarDepartures = table(
  'calendar_departures',
  {
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointments.id),
    /** `therapist:mira` or `room:garden`, as in `claims`. */
    resourceId: text('resource_id').notNull(),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at').notNull(),
    /** Higher than the SEQUENCE of the date while it was there. */
    sequence: int('sequence').notNull(),
    leftAt: instant('left_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appointmentId, t.resourceId] }),
    index('calendar_departures_resource').on(t.resourceId, t.leftAt),
    index('calendar_departures_left').on(t.leftAt),
  ],
);

/** A therapist's own calendar elsewhere. Nobody can book the therapist during its busy times. */
export const calendarImports = table(
  'calendar_imports',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    /** Encrypted, because whoever has it can read that calendar. */
    sealedAddress: text('sealed_address').notNull(),
    /** The part of the address that may be shown. */
    host: text('host').notNull(),
    /** The ETag of the last answer: sent back so that only a changed calendar is downloaded. */
    etag: text('etag'),
    /** When the stored copy was last known to be up to date. */
    readAt: instant('read_at'),
    /** When its repeating events were last expanded in full. */
    expandedAt: instant('expanded_at'),
    /** Why the last attempt to read it failed. */
    problem: text('problem'),
    /** Its busy times as a flat list: start, end, start, end. Titles are never stored. */
    busy: json<number[]>('busy').notNull(),
    nextAt: instant('next_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('calendar_imports_therapist').on(t.therapistId), index('calendar_imports_next').on(t.nextAt)],
);

/** The busy times that were still free here, and that are now claimed. */
export const externalBusyTimes = table(
  'external_times',
  {
    id: text('id').primaryKey(),
    importId: text('import_id')
      .notNull()
      .references(() => calendarImports.id),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at').notNull(),
  },
  (t) => [
    index('external_times_therapist').on(t.therapistId, t.startAt, t.endAt),
    check('external_times_forward', sql`${t.startAt} < ${t.endAt}`),
  ],
);
