import { sql } from 'drizzle-orm';
import type { Happened, Telling } from '@/scheduling/tell';
import { engineOf } from './engine';
import * as postgres from './kit/postgres';
import * as sqlite from './kit/sqlite';

// Written once, over the words of a kit. The types are SQLite's on both engines: the words mean the same.
const kit = engineOf(process.env.DATABASE_URL) === 'postgres' ? (postgres as unknown as typeof sqlite) : sqlite;
const { table, text, int, bool, instant, date, json, primaryKey, uniqueIndex, index, check } = kit;

export type WallRange = [from: string, until: string];

export const practices = table('practices', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  locale: text('locale').notNull(),
  address: text('address').notNull(),
  phone: text('phone').notNull(),
  email: text('email').notNull(),
  isDemo: bool('is_demo').notNull(),
  stepMinutes: int('step_minutes').notNull(),
  noticeMinutes: int('notice_minutes').notNull(),
  windowDays: int('window_days').notNull(),
  cancelCutoffMinutes: int('cancel_cutoff_minutes').notNull(),
  moveCutoffMinutes: int('move_cutoff_minutes').notNull(),
  holdMinutes: int('hold_minutes').notNull(),
  maxSessions: int('max_sessions').notNull(),
  /** The sites that may show the standing times in a frame, parted by spaces: what the browser is told, as it stands. */
  embedOrigins: text('embed_origins').notNull().default(''),
  /** Whether a new client is booked at once, confirms their e-mail address first, or waits for the practice. */
  newClients: text('new_clients').$type<'book' | 'confirm' | 'approve'>().notNull().default('book'),
  /** Open sessions that one sender may book in a day for addresses nobody has confirmed. */
  unconfirmedPerSender: int('unconfirmed_per_sender').notNull().default(12),
  /** Open sessions that one e-mail address may have in bookings it has not confirmed. */
  unconfirmedPerEmail: int('unconfirmed_per_email').notNull().default(26),
  /** Of a therapist's open hours in a week, what addresses that nobody has confirmed may have together. */
  unconfirmedWeekPercent: int('unconfirmed_week_percent').notNull().default(20),
  /** Minutes that one sender may hold while booking, over all days and therapists. */
  heldMinutesPerSender: int('held_minutes_per_sender').notNull().default(420),
  /** Of a therapist's open hours on a day, what all who are booking may hold together. */
  heldDayPercent: int('held_day_percent').notNull().default(50),
  /** Whom its e-mail comes from; empty: from `email`. The mail server must let us send as this address. */
  mailFrom: text('mail_from').notNull().default(''),
  /** Where answers to its e-mail go; empty: to whom it came from. */
  mailReplyTo: text('mail_reply_to').notNull().default(''),
  createdAt: instant('created_at').notNull(),
});

/** Days on which the whole practice is closed. */
export const holidays = table('holidays', {
  on: text('closed_on').primaryKey(),
  name: text('name').notNull(),
});

// ── who may sign in (next-auth's tables, and a role) ──

export const users = table(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    email: text('email').notNull(),
    emailVerified: date('email_verified_at'),
    image: text('image'),
    role: text('role').$type<'owner' | 'therapist' | 'client'>().notNull().default('client'),
  },
  (t) => [
    uniqueIndex('users_email').on(t.email),
    check('users_role', sql`${t.role} in ('owner', 'therapist', 'client')`),
  ],
);

export const accounts = table(
  'accounts',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    provider: text('provider').notNull(),
    providerAccountId: text('provider_account_id').notNull(),
    refresh_token: text('refresh_token'),
    access_token: text('access_token'),
    expires_at: int('expires_at'),
    token_type: text('token_type'),
    scope: text('scope'),
    id_token: text('id_token'),
    session_state: text('session_state'),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] })],
);

export const sessions = table('sessions', {
  sessionToken: text('session_token').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  expires: date('expires_at').notNull(),
});

export const verificationTokens = table(
  'verification_tokens',
  {
    identifier: text('identifier').notNull(),
    token: text('token').notNull(),
    expires: date('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.identifier, t.token] })],
);

// ── what is offered, by whom, where and when ──

export const therapists = table('therapists', {
  id: text('id').primaryKey(),
  userId: text('user_id').references(() => users.id),
  name: text('name').notNull(),
  about: text('about').notNull(),
  colour: text('colour').notNull(),
  isActive: bool('is_active').notNull(),
  position: int('position').notNull(),
});

export const services = table(
  'services',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    summary: text('summary').notNull(),
    suits: text('suits').notNull(),
    pressure: int('pressure').notNull(),
    setupMinutes: int('setup_minutes').notNull(),
    cleanupMinutes: int('cleanup_minutes').notNull(),
    isActive: bool('is_active').notNull(),
    position: int('position').notNull(),
  },
  (t) => [
    check('services_pressure', sql`${t.pressure} between 1 and 3`),
    check('services_buffers', sql`${t.setupMinutes} >= 0 and ${t.cleanupMinutes} >= 0`),
  ],
);

export const serviceLengths = table(
  'service_lengths',
  {
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    minutes: int('minutes').notNull(),
    priceCents: int('price_cents').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.serviceId, t.minutes] }),
    check('service_lengths_minutes', sql`${t.minutes} > 0 and ${t.priceCents} >= 0`),
  ],
);

export const therapistServices = table(
  'therapist_services',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
  },
  (t) => [primaryKey({ columns: [t.therapistId, t.serviceId] })],
);

export const rooms = table('rooms', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  position: int('position').notNull(),
});

export const roomServices = table(
  'room_services',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
  },
  (t) => [primaryKey({ columns: [t.roomId, t.serviceId] })],
);

export const workingHours = table(
  'working_hours',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    weekday: int('weekday').notNull(),
    from: text('from_time').notNull(),
    until: text('until_time').notNull(),
    timeZone: text('time_zone').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.therapistId, t.weekday, t.from] }),
    check('working_hours_weekday', sql`${t.weekday} between 0 and 6`),
    check('working_hours_forward', sql`${t.from} < ${t.until}`),
  ],
);

export const overrides = table(
  'overrides',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    on: text('override_on').notNull(),
    hours: json<WallRange[]>('hours').notNull(),
    timeZone: text('time_zone').notNull(),
  },
  (t) => [primaryKey({ columns: [t.therapistId, t.on] })],
);

export const timeOff = table(
  'time_off',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at').notNull(),
    kind: text('kind').$type<'leave' | 'break' | 'closure'>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('time_off_therapist').on(t.therapistId, t.startAt, t.endAt),
    check('time_off_forward', sql`${t.startAt} < ${t.endAt}`),
    check('time_off_kind', sql`${t.kind} in ('leave', 'break', 'closure')`),
  ],
);

// ── what is booked ──

export const clients = table(
  'clients',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Lower case, and so unique together with the name: a household may share an address. */
    email: text('email').notNull(),
    phone: text('phone'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('clients_email_name').on(t.email, t.name)],
);

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
    note: text('note'),
    version: int('version').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Who sent it, as a keyed hash of their network address; null where staff booked it. */
    sender: text('sender'),
    /** When its client pressed the link that only their e-mail holds, or staff gave their word. */
    confirmedAt: instant('confirmed_at'),
  },
  (t) => [
    index('series_client').on(t.clientId),
    index('series_unconfirmed').on(t.sender, t.createdAt).where(sql`${t.confirmedAt} is null`),
    check('series_cadence', sql`${t.cadence} in ('once', 'weekly', 'biweekly')`),
    check('series_sessions', sql`${t.sessions} >= 1 and (${t.cadence} <> 'once' or ${t.sessions} = 1)`),
  ],
);

/** E-mail addresses of which somebody has shown that they read them, or for whom staff gave their word. */
export const confirmedAddresses = table(
  'confirmed_addresses',
  {
    /** Lower case, as in `clients`. */
    email: text('email').primaryKey(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
  },
  (t) => [check('confirmed_addresses_way', sql`${t.way} in ('link', 'staff')`)],
);

/** What was asked for and is not booked: it holds no time until its client confirms it, or the practice approves. */
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
    /** The whole request, encrypted: it may hold a note on somebody's health. */
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

/** The question a reader came from. Health data: it stays out of logs, mail and calendars. */
export const seriesQuestions = table('series_questions', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  questionSlug: text('question_slug').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** How bad it was when the plan began, 0 to 10 on the question page's own scale. Health data, as the question is. */
export const startScores = table(
  'start_scores',
  {
    seriesId: text('series_id')
      .primaryKey()
      .references(() => series.id),
    score: int('score').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [check('start_scores_score', sql`${t.score} between 0 and 10`)],
);

/** An occurrence left out when the series was booked or later; offered again when it frees up. */
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
    /** `2026-12-01T18:00`: with the zone, what was promised, whatever becomes of the zone's rules. */
    localStart: text('local_start').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Where the plan of the series has this occurrence (RECURRENCE-ID); another start is an exception. */
    nominalStartAt: instant('nominal_start_at').notNull(),
    /** With whom the plan has it; another therapist is an exception. Null is not known: then none is. */
    nominalTherapistId: text('nominal_therapist_id'),
    minutes: int('minutes').notNull(),
    priceCents: int('price_cents').notNull(),
    currency: text('currency').notNull(),
    /** iCalendar SEQUENCE: grows with every change that a calendar must see. */
    sequence: int('sequence').notNull(),
    version: int('version').notNull(),
    createdAt: instant('created_at').notNull(),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: text('cancelled_by').$type<'client' | 'practice'>(),
    completedAt: instant('completed_at'),
    noShowAt: instant('no_show_at'),
  },
  (t) => [
    uniqueIndex('appointments_place').on(t.seriesId, t.position),
    index('appointments_therapist').on(t.therapistId, t.paddedStartAt, t.paddedEndAt, t.status),
    index('appointments_room').on(t.roomId, t.paddedStartAt, t.paddedEndAt, t.status),
    // Covers the read that every grid of free times begins with.
    index('appointments_busy').on(t.paddedStartAt, t.paddedEndAt, t.status, t.therapistId, t.roomId),
    index('appointments_client').on(t.clientId, t.startAt),
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

export type ClaimKind = 'appointment' | 'hold' | 'time_off' | 'external';

/** Who owns which five minutes of a therapist or a room. The primary key is what refuses a double booking. */
export const claims = table(
  'claims',
  {
    /** `therapist:mira`, `room:garden`. */
    resourceId: text('resource_id').notNull(),
    /** floor(utc ms / 300000). */
    cell: int('cell').notNull(),
    ownerUid: text('owner_uid').notNull(),
    kind: text('kind').$type<ClaimKind>().notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.resourceId, t.cell] }),
    index('claims_owner').on(t.ownerUid),
    index('claims_holds').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    check('claims_kind', sql`${t.kind} in ('appointment', 'hold', 'time_off', 'external')`),
    check('claims_expiry', sql`(${t.kind} = 'hold') = (${t.expiresAt} is not null)`),
  ],
);

/** The key to one series, kept as a SHA-256 only. */
export const manageTokens = table(
  'manage_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    createdAt: instant('created_at').notNull(),
    /** When the practice let it live on, after it had ended or before. */
    renewedAt: instant('renewed_at'),
  },
  (t) => [index('manage_tokens_series').on(t.seriesId)],
);

// ── what must be told, answered again, and remembered ──

export const outbox = table(
  'outbox',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    toEmail: text('to_email').notNull(),
    /**
     * What happened, from which the message is made when it is sent; no secret and no health data. Of a series an older
     * version wrote the message itself.
     */
    facts: json<Happened | Telling>('facts').notNull(),
    /** What the message said when it was last given to the mail server. */
    told: json<Telling | null>('told'),
    messageId: text('message_id').notNull(),
    seriesId: text('series_id').references(() => series.id),
    /** Of the series after what happened: in this order it is told, whatever the clock says. */
    seriesVersion: int('series_version').notNull().default(0),
    appointmentId: text('appointment_id').references(() => appointments.id),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    attempts: int('attempts').notNull(),
    leasedUntil: instant('leased_until'),
    leasedBy: text('leased_by'),
    lastError: text('last_error'),
    /** Whose fault the last failure was, when it is ours to mend: our sender, our password, a policy. */
    refused: text('refused').$type<'us'>(),
    sentAt: instant('sent_at'),
    /** Given up after the last attempt; the practice is shown it. */
    deadAt: instant('dead_at'),
    /** No longer true before it went out. */
    droppedAt: instant('dropped_at'),
    /** The message that told this along with its own news. */
    foldedInto: text('folded_into'),
  },
  (t) => [
    uniqueIndex('outbox_message_id').on(t.messageId),
    index('outbox_due').on(t.sentAt, t.deadAt, t.droppedAt, t.dueAt),
    // What waits of one series, which every look at what is due asks for.
    index('outbox_series')
      .on(t.seriesId, t.toEmail, t.seriesVersion)
      .where(sql`${t.sentAt} is null and ${t.deadAt} is null and ${t.droppedAt} is null`),
    index('outbox_recipient').on(t.toEmail, t.sentAt),
    check('outbox_lease', sql`(${t.leasedUntil} is null) = (${t.leasedBy} is null)`),
    check(
      'outbox_one_end',
      sql`(case when ${t.sentAt} is null then 0 else 1 end) + (case when ${t.deadAt} is null then 0 else 1 end) + (case when ${t.droppedAt} is null then 0 else 1 end) <= 1`,
    ),
  ],
);

export interface BookedAnswer {
  appointments: {
    uid: string;
    position: number;
    startsAt: number;
    endsAt: number;
    therapistId: string;
    serviceId: string;
  }[];
}

export const idempotency = table(
  'idempotency',
  {
    key: text('key').primaryKey(),
    bodyHash: text('body_hash').notNull(),
    /** No reference: the key is taken first, so that a second request with it waits before it takes any time. */
    seriesId: text('series_id').notNull(),
    /** What is needed to give the first answer again; never a token. */
    answer: json<BookedAnswer>('answer').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('idempotency_age').on(t.createdAt)],
);

export const auditEvents = table(
  'audit_events',
  {
    id: text('id').primaryKey(),
    at: instant('happened_at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    facts: json<Record<string, unknown>>('facts').notNull(),
  },
  (t) => [index('audit_events_subject').on(t.subject, t.at)],
);

// ── the question library: what readers ask of us, and what they read ──

/** What a reader asked, or said is wrong on a page. Health data in their own words: it stays out of logs and mail. */
export const askedQuestions = table(
  'asked_questions',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'question' | 'report'>().notNull(),
    /** The page a report is about. */
    aboutSlug: text('about_slug'),
    name: text('name'),
    email: text('email'),
    words: text('words').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The page that answers it; for a report, the page that was mended. */
    answeredSlug: text('answered_slug'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    index('asked_questions_open').on(t.answeredAt, t.createdAt),
    check('asked_questions_kind', sql`${t.kind} in ('question', 'report')`),
    check('asked_questions_about', sql`(${t.kind} = 'report') = (${t.aboutSlug} is not null)`),
    check('asked_questions_reach', sql`${t.kind} <> 'question' or ${t.email} is not null`),
    check('asked_questions_answer', sql`(${t.answeredSlug} is null) = (${t.answeredAt} is null)`),
  ],
);

/**
 * What somebody agreed to, written once and never changed: the words they were shown, and how they said yes. It belongs
 * to a series or to a question they asked.
 */
export const consents = table(
  'consents',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'booking' | 'question'>().notNull(),
    seriesId: text('series_id').references(() => series.id),
    askedId: text('asked_id').references(() => askedQuestions.id),
    words: text('words').notNull(),
    version: text('version').notNull(),
    way: text('way').$type<'page' | 'api'>().notNull(),
    at: instant('given_at').notNull(),
    /** SHA-256 over what it belongs to, the words, the version, the way and the time. */
    hash: text('hash').notNull(),
  },
  (t) => [
    index('consents_series').on(t.seriesId),
    index('consents_asked').on(t.askedId),
    check('consents_kind', sql`${t.kind} in ('booking', 'question')`),
    check('consents_way', sql`${t.way} in ('page', 'api')`),
    check('consents_subject', sql`(${t.seriesId} is null) <> (${t.askedId} is null)`),
  ],
);

/** How often a page was read, and its booking link followed, on a local day: a sum, and nothing of who. */
export const questionCounts = table(
  'question_counts',
  {
    on: text('counted_on').notNull(),
    slug: text('slug').notNull(),
    kind: text('kind').$type<'read' | 'followed'>().notNull(),
    times: int('times').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.on, t.slug, t.kind] }),
    check('question_counts_kind', sql`${t.kind} in ('read', 'followed')`),
    check('question_counts_times', sql`${t.times} > 0`),
  ],
);

// ── how often somebody may ask ──

/** Uses of a limit by an address, shared by all servers of one PostgreSQL; on SQLite the one server counts for itself. */
export const rateLimits = table('rate_limits', {
  key: text('key').primaryKey(),
  points: int('points').notNull().default(0),
  expire: instant('expire'),
});
