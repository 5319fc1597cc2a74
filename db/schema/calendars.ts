import { sql } from 'drizzle-orm';
import { users } from './access';
import { appointments, series } from './booking';
import { check, index, instant, int, json, primaryKey, table, text, uniqueIndex } from './engine-column-types';
import { rooms, therapists } from './practice';

// What other calendars read of ours, and ours of them.

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

/**
 * A date that has left the calendar of a therapist or a room, as it stood there. For a while it is told there as cancelled:
 * some apps keep what is merely left out.
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
    /** Higher than that of the date while it was there. */
    sequence: int('sequence').notNull(),
    leftAt: instant('left_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appointmentId, t.resourceId] }),
    index('calendar_departures_resource').on(t.resourceId, t.leftAt),
    index('calendar_departures_left').on(t.leftAt),
  ],
);

/** A calendar of a therapist's own, elsewhere, in whose busy times nobody can book them. */
export const calendarImports = table(
  'calendar_imports',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    /** Encrypted: it is a key to that calendar. */
    sealedAddress: text('sealed_address').notNull(),
    /** What of the address may be shown. */
    host: text('host').notNull(),
    /** What it was called by whoever sent it last, to be sent only what is new. */
    etag: text('etag'),
    /** When it was last read as it stood then. */
    readAt: instant('read_at'),
    /** When its every date was last worked out. */
    expandedAt: instant('expanded_at'),
    /** Why it could not be read the last time. */
    problem: text('problem'),
    /** The busy times that were in it: start and end, one after the other. No title is ever kept. */
    busy: json<number[]>('busy').notNull(),
    nextAt: instant('next_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('calendar_imports_therapist').on(t.therapistId), index('calendar_imports_next').on(t.nextAt)],
);

/** What of those times nobody else had taken, and is claimed. */
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
