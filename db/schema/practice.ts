import { sql } from 'drizzle-orm';
import type { MailLanguage } from '@/scheduling/mail-language';
import { users } from './access';
import { bool, check, instant, int, json, primaryKey, table, text } from './engine-column-types';

// The practice, and what it offers: which massages, by whom and where.

/** Pictures of the practice and its people. The id is a hash of the bytes, so a changed picture has a new address. */
export const pictures = table('pictures', {
  id: text('id').primaryKey(),
  type: text('type').$type<'image/jpeg' | 'image/png' | 'image/webp'>().notNull(),
  /** Base64, because both engines store text alike. */
  bytes: text('bytes').notNull(),
  createdAt: instant('created_at').notNull(),
});

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
  /**
   * The sites that may show the standing times in a frame, separated by spaces: sent to the browser exactly as stored.
   */
  embedOrigins: text('embed_origins').notNull().default(''),
  /** Whether a new client is booked at once, confirms their e-mail address first, or waits for the practice. */
  newClients: text('new_clients').$type<'book' | 'confirm' | 'approve'>().notNull().default('book'),
  /** Open sessions that one sender may book in a day for unconfirmed addresses. */
  unconfirmedPerSender: int('unconfirmed_per_sender').notNull().default(12),
  /** Open sessions that one e-mail address may have in unconfirmed bookings. */
  unconfirmedPerEmail: int('unconfirmed_per_email').notNull().default(26),
  /** The share of a therapist's open hours in a week that all unconfirmed addresses together may book. */
  unconfirmedWeekPercent: int('unconfirmed_week_percent').notNull().default(20),
  /** Minutes that one sender may hold while booking, over all days and therapists. */
  heldMinutesPerSender: int('held_minutes_per_sender').notNull().default(420),
  /** The share of a therapist's open hours on a day that may be held by everyone who is booking. */
  heldDayPercent: int('held_day_percent').notNull().default(50),
  /** The sender address of its e-mail; empty: `email`. The mail server must allow us to send from this address. */
  mailFrom: text('mail_from').notNull().default(''),
  /** Where replies to its e-mail go; empty: to the sender address. */
  mailReplyTo: text('mail_reply_to').notNull().default(''),
  /** The practice's own words in its e-mails to clients: below the greeting, and at the end. */
  mailOpening: text('mail_opening').notNull().default(''),
  mailClosing: text('mail_closing').notNull().default(''),
  /** The language of its e-mails, where the reader has not chosen another. */
  mailLanguage: text('mail_language').$type<MailLanguage>().notNull().default('en'),
  /** ISO 3166 alpha-2; empty: the one its time zone and locale point to. */
  country: text('country').notNull().default(''),
  /** How often a client may move one date online; 0 is no limit. */
  movesPerDate: int('moves_per_date').notNull().default(0),
  /** Minutes after the start within which a late client still gets the appointment. */
  graceMinutes: int('grace_minutes').notNull().default(10),
  /** What the practice tells clients about late cancellations and missed appointments. */
  noShowWords: text('no_show_words').notNull().default(''),
  /** One of the palettes of app/globals.css. */
  colour: text('colour').notNull().default('green'),
  /** Its own mark, shown in place of the first letter of its name. */
  markId: text('mark_id').references(() => pictures.id),
  /** Whether the last line of each page names the software. */
  namesSoftware: bool('names_software').notNull().default(true),
  /** How long freed time is held for somebody on the waiting list. */
  offerMinutes: int('offer_minutes').notNull().default(30),
  /**
   * Since when clients are told after a plan that they can book again, and (below) after a date that they were missed;
   * null: never.
   */
  followUpAgainSince: instant('follow_up_again_since').default(0),
  followUpMissedSince: instant('follow_up_missed_since'),
  /** For how many days the same time is held for a client who is told that; 0: not at all. */
  followUpHoldDays: int('follow_up_hold_days').notNull().default(0),
  createdAt: instant('created_at').notNull(),
});

/** Days on which the whole practice is closed. */
export const holidays = table('holidays', {
  on: text('closed_on').primaryKey(),
  name: text('name').notNull(),
});

export const therapists = table('therapists', {
  id: text('id').primaryKey(),
  userId: text('user_id').references(() => users.id),
  name: text('name').notNull(),
  about: text('about').notNull(),
  colour: text('colour').notNull(),
  portraitId: text('portrait_id').references(() => pictures.id),
  isActive: bool('is_active').notNull(),
  /** When they were added to the team; null for those who were there when the practice was set up. */
  joinedAt: instant('joined_at'),
  /** When they last stopped giving massages; null while they do, and where it was before this was noted. */
  inactiveSince: instant('inactive_since'),
  position: int('position').notNull(),
  /** The most minutes of massage they give in a day or a week, set-up and clean-up aside; null is no cap. */
  capDayMinutes: int('cap_day_minutes'),
  capWeekMinutes: int('cap_week_minutes'),
  /** The same for deep tissue alone. */
  capDeepDayMinutes: int('cap_deep_day_minutes'),
  capDeepWeekMinutes: int('cap_deep_week_minutes'),
  /**
   * Trained to massage people who are pregnant or have just given birth. Clients who say so are sent to therapists with
   * this training.
   */
  trainedForPregnancy: bool('trained_for_pregnancy').notNull().default(false),
});

export type ServiceBookingMode = 'online' | 'approval' | 'known' | 'phone';

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
    /** Who may book it online: anybody, anybody the practice approves, returning clients, or nobody. */
    booking: text('booking').$type<ServiceBookingMode>().notNull().default('online'),
    /** Its own notice, booking window and latest local start; null: the practice's. */
    noticeMinutes: int('notice_minutes'),
    windowDays: int('window_days'),
    latestStart: text('latest_start'),
  },
  (t) => [
    check('services_booking', sql`${t.booking} in ('online', 'approval', 'known', 'phone')`),
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

/** The price of a massage with one therapist, where it differs from the usual price. */
export const therapistPrices = table(
  'therapist_prices',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    minutes: int('minutes').notNull(),
    priceCents: int('price_cents').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.therapistId, t.serviceId, t.minutes] }),
    check('therapist_prices_price', sql`${t.priceCents} >= 0`),
  ],
);

export const rooms = table('rooms', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  isActive: bool('is_active').notNull().default(true),
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

/** The answers so far while a practice is being set up; deleted when the practice is created. */
export const setupDrafts = table('setup_drafts', {
  id: text('id').primaryKey(),
  answers: json<Record<string, string>>('answers').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
