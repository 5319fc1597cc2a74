import { sql } from 'drizzle-orm';
import { clients } from './clients';
import {
  bigInteger,
  bool,
  check,
  index,
  instant,
  int,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from './engine-column-types';
import { rooms, services, therapists } from './practice';

// Requests, bookings, the time that they claim, and the links that manage them.

export const series = table(
  'series',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => clients.id),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    cadence: text('cadence').$type<'once' | 'weekly' | 'biweekly'>().notNull(),
    firstOn: text('first_on').notNull(),
    localTime: text('local_time').notNull(),
    timeZone: text('time_zone').notNull(),
    sessions: int('sessions').notNull(),
    /** For the therapist, in the client's own words; encrypted. */
    sealedNote: text('note'),
    /** The name of the person who booked, where that is not the client. The e-mail address is theirs. */
    bookedBy: text('booked_by'),
    /** The same in both of two series that were booked together for two people, side by side. */
    pairId: text('pair_id'),
    version: int('version').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Who sent the booking, as a keyed hash of the network address; null where staff booked it. */
    sender: text('sender'),
    /** When the client pressed the link in their confirmation e-mail, or staff vouched for them. */
    confirmedAt: instant('confirmed_at'),
    /** Where it was booked. */
    source: text('source').$type<'online' | 'desk'>().notNull().default('online'),
    /** The client wants a reminder in their own calendar a day before. */
    hasCalendarAlarm: bool('has_calendar_alarm').notNull().default(false),
  },
  (t) => [
    check('series_source', sql`${t.source} in ('online', 'desk')`),
    index('series_client').on(t.clientId),
    index('series_pair').on(t.pairId).where(sql`${t.pairId} is not null`),
    index('series_unconfirmed').on(t.sender, t.createdAt).where(sql`${t.confirmedAt} is null`),
    check('series_cadence', sql`${t.cadence} in ('once', 'weekly', 'biweekly')`),
    check('series_sessions', sql`${t.sessions} >= 1 and (${t.cadence} <> 'once' or ${t.sessions} = 1)`),
  ],
);

/** A request that is not booked yet: it holds no time until the client confirms it or the practice approves it. */
export const bookingRequests = table(
  'booking_requests',
  {
    id: text('id').primaryKey(),
    waitsFor: text('waits_for').$type<'confirm' | 'approve'>().notNull(),
    /** The idempotency key it was sent with, and the hash of its body. */
    key: text('request_key').notNull(),
    bodyHash: text('body_hash').notNull(),
    sender: text('sender').notNull(),
    email: text('email').notNull(),
    /** The whole request, encrypted: it may contain a note about somebody's health. */
    sealed: text('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('booking_requests_key').on(t.key),
    index('booking_requests_email').on(t.email),
    index('booking_requests_expiry').on(t.expiresAt),
    check('booking_requests_waits_for', sql`${t.waitsFor} in ('confirm', 'approve')`),
  ],
);

/** The question page that the reader came from. Health data: it stays out of logs, mail and calendars. */
export const seriesQuestionPages = table('series_questions', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  questionSlug: text('question_slug').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** The score when the plan began, 0 to 10 on the question page's own scale. Health data, as the question is. */
export const startScores = table('start_scores', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  /** Encrypted. */
  sealedScore: text('sealed_score').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** An occurrence left out when the series was booked, or later. It is offered again when the time frees up. */
export const skips = table(
  'skips',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    position: int('position').notNull(),
    nominalStartAt: instant('nominal_start_at').notNull(),
    nominalOn: text('nominal_on').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.seriesId, t.position] })],
);

export type AppointmentStatus = 'booked' | 'cancelled' | 'completed' | 'no_show';

export const appointments = table(
  'appointments',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** 1-based place in the series. */
    position: int('position').notNull(),
    clientId: text('client_id')
      .notNull()
      .references(() => clients.id),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    status: text('status').$type<AppointmentStatus>().notNull(),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at').notNull(),
    /** The claimed interval: set-up, massage and clean-up. */
    paddedStartAt: instant('padded_start_at').notNull(),
    paddedEndAt: instant('padded_end_at').notNull(),
    /**
     * `2026-12-01T18:00`: the local time that was promised, together with the zone, even if the zone's rules change
     * later.
     */
    localStart: text('local_start').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Where the plan of the series has this occurrence (RECURRENCE-ID); another start is an exception. */
    nominalStartAt: instant('nominal_start_at').notNull(),
    /**
     * The therapist in the plan; an occurrence with another one is an exception. Null: not known, and then no therapist
     * counts as an exception.
     */
    nominalTherapistId: text('nominal_therapist_id'),
    minutes: int('minutes').notNull(),
    priceCents: int('price_cents').notNull(),
    currency: text('currency').notNull(),
    /** iCalendar SEQUENCE: grows with every change that a calendar must see. */
    sequence: int('sequence').notNull(),
    version: int('version').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it got its present start, if that has changed since it was booked; null if not. */
    movedAt: instant('moved_at'),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: text('cancelled_by').$type<'client' | 'practice'>(),
    completedAt: instant('completed_at'),
    noShowAt: instant('no_show_at'),
    arrivedAt: instant('arrived_at'),
    /** When the massage began, whatever the plan said. */
    begunAt: instant('begun_at'),
    /** Cancelled after the practice's cutoff, as staff noted it. */
    isLateCancel: bool('is_late_cancel').notNull().default(false),
    /** How often its client has moved it online. */
    movesByClient: int('moves_by_client').notNull().default(0),
  },
  (t) => [
    uniqueIndex('appointments_place').on(t.seriesId, t.position),
    index('appointments_therapist').on(t.therapistId, t.paddedStartAt, t.paddedEndAt, t.status),
    index('appointments_room').on(t.roomId, t.paddedStartAt, t.paddedEndAt, t.status),
    // Covers the read that every grid of free times begins with.
    index('appointments_busy').on(t.paddedStartAt, t.paddedEndAt, t.status, t.therapistId, t.roomId),
    index('appointments_client').on(t.clientId, t.startAt),
    // For finding whether a client ever came (db/access/confirmed-email-addresses.ts).
    index('appointments_completed').on(t.clientId).where(sql`${t.completedAt} is not null`),
    check('appointments_status', sql`${t.status} in ('booked', 'cancelled', 'completed', 'no_show')`),
    check(
      'appointments_state_facts',
      sql`(${t.status} = 'cancelled') = (${t.cancelledAt} is not null) and (${t.status} = 'cancelled') = (${t.cancelledBy} is not null) and (${t.status} = 'completed') = (${t.completedAt} is not null) and (${t.status} = 'no_show') = (${t.noShowAt} is not null)`,
    ),
    check('appointments_length', sql`${t.minutes} > 0 and ${t.endAt} = ${t.startAt} + ${t.minutes} * 60000`),
    check('appointments_padding', sql`${t.paddedStartAt} <= ${t.startAt} and ${t.paddedEndAt} >= ${t.endAt}`),
    check('appointments_price', sql`${t.priceCents} >= 0`),
  ],
);

/**
 * A date that the client is asked to have with a colleague: where it was when they were asked, and where it would be.
 */
export interface DateAskedAbout {
  uid: string;
  from: number;
  to: number;
}

export type HandOverAnswer = 'yes' | 'no';

/**
 * Asks a client whether dates of their series may move to a colleague; only the latest request of each series is
 * stored. No time is held for it. `settledAt` is when staff have nothing left to do about it.
 */
export const handOverRequests = table(
  'hand_over_requests',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    fromTherapistId: text('from_therapist_id')
      .notNull()
      .references(() => therapists.id),
    toTherapistId: text('to_therapist_id')
      .notNull()
      .references(() => therapists.id),
    dates: json<DateAskedAbout[]>('dates').notNull(),
    /** The reason, in the practice's own words. */
    reason: text('reason').notNull(),
    /** The staff member who asked, as history names them. */
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    answerBy: instant('answer_by').notNull(),
    answer: text('answer').$type<HandOverAnswer>(),
    answeredAt: instant('answered_at'),
    /** Once the client agrees: the dates whose new time was already taken, and that therefore stay as they are. */
    stayed: json<string[]>('stayed').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('hand_over_requests_series').on(t.seriesId),
    index('hand_over_requests_open').on(t.settledAt, t.answerBy),
    check(
      'hand_over_requests_answer',
      sql`(${t.answeredAt} is null) = (${t.answer} is null) and (${t.answer} is null or ${t.answer} in ('yes', 'no'))`,
    ),
    check('hand_over_requests_other', sql`${t.fromTherapistId} <> ${t.toTherapistId}`),
  ],
);

/** The kinds as numbers, as `claims` stores them. */
export const CLAIM_KINDS = { appointment: 1, hold: 2, time_off: 3, external: 4 } as const;
export type ClaimKind = keyof typeof CLAIM_KINDS;

/** What can be claimed, with its number in `claims`. A number is never reused. */
export const resources = table(
  'resources',
  {
    number: int('number').primaryKey(),
    /** `therapist:mira`, `room:garden`. */
    name: text('name').notNull(),
  },
  (t) => [uniqueIndex('resources_name').on(t.name)],
);

/**
 * Who owns each five-minute cell of a therapist or a room. The primary key is what refuses a double booking. On SQLite
 * the key is also the table itself (`WITHOUT ROWID`, which only the migration can declare).
 */
export const claims = table(
  'claims',
  {
    /** The number of a resource. */
    resource: int('resource_id').notNull(),
    /** floor(utc ms / 300000). */
    cell: int('cell').notNull(),
    /** A number that `computeOwnerNumber` derives from an id, or the number of a hold. */
    owner: bigInteger('owner').notNull(),
    /** One of `CLAIM_KINDS`. */
    kind: int('kind').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.resource, t.cell] }),
    index('claims_holds').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    index('claims_held_by').on(t.owner).where(sql`${t.expiresAt} is not null`),
    check('claims_kind', sql`${t.kind} between 1 and 4`),
    check('claims_expiry', sql`(${t.kind} = 2) = (${t.expiresAt} is not null)`),
  ],
);

/** A hold, under the name by which it is found again. It lasts as long as its claims. */
export const holds = table(
  'holds',
  {
    owner: bigInteger('owner').primaryKey(),
    name: text('name').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [uniqueIndex('holds_name').on(t.name), index('holds_end').on(t.expiresAt)],
);

/** The manage link of one series, stored only as a SHA-256 hash. */
export const manageTokens = table(
  'manage_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** Only the newest generation opens a series; earlier links were replaced. */
    generation: int('generation').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    /** When the practice made this link in place of an earlier one, expired or not. */
    renewedAt: instant('renewed_at'),
  },
  (t) => [index('manage_tokens_series').on(t.seriesId)],
);
