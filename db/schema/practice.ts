import { sql } from 'drizzle-orm';
import type { MailLanguage } from '@/scheduling/mail-language';
import { users } from './access';
import { bool, check, instant, int, json, primaryKey, table, text } from './engine-column-types';

// The practice, and what it offers: by whom and where.

/** What a practice shows of itself and its people. The id is a hash of the bytes: another picture has another address. */
export const pictures = table('pictures', {
  id: text('id').primaryKey(),
  type: text('type').$type<'image/jpeg' | 'image/png' | 'image/webp'>().notNull(),
  /** In base64: the same on both engines. */
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
  /** Its own words around the facts of its e-mails to clients: below the greeting, and at the end. */
  mailOpening: text('mail_opening').notNull().default(''),
  mailClosing: text('mail_closing').notNull().default(''),
  /** What its e-mails are written in, where their reader has no other language. */
  mailLanguage: text('mail_language').$type<MailLanguage>().notNull().default('en'),
  /** ISO 3166 alpha-2; empty: the one its time zone and locale point to. */
  country: text('country').notNull().default(''),
  /** How often a client may move one date online; 0 is no limit. */
  movesPerDate: int('moves_per_date').notNull().default(0),
  /** Minutes after its start that a client who is late still gets the appointment. */
  graceMinutes: int('grace_minutes').notNull().default(10),
  /** What the practice tells clients of late cancelling and not coming. */
  noShowWords: text('no_show_words').notNull().default(''),
  /** One of the palettes of app/globals.css. */
  colour: text('colour').notNull().default('green'),
  /** Its own mark, in the place of the first letter of its name. */
  markId: text('mark_id').references(() => pictures.id),
  /** Whether pages say in their last line what they run on. */
  namesSoftware: bool('names_software').notNull().default(true),
  /** How long freed time is held for somebody on the waiting list. */
  offerMinutes: int('offer_minutes').notNull().default(30),
  /** Since when clients are told after a plan that it can be booked again, and after a date that they were missed; null: not. */
  followUpAgainSince: instant('follow_up_again_since').default(0),
  followUpMissedSince: instant('follow_up_missed_since'),
  /** For how many days the same time is held for whoever is told so; 0 is none. */
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
  position: int('position').notNull(),
  /** The most minutes of massage they give in a day or a week, set-up and clean-up aside; null is no cap. */
  capDayMinutes: int('cap_day_minutes'),
  capWeekMinutes: int('cap_week_minutes'),
  /** Of deep tissue alone. */
  capDeepDayMinutes: int('cap_deep_day_minutes'),
  capDeepWeekMinutes: int('cap_deep_week_minutes'),
  /** Trained to massage who is pregnant or has just given birth: without it, clients who say so go to colleagues. */
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
    /** Who may book it online: anybody, anybody the practice approves, clients who have come before, or nobody. */
    booking: text('booking').$type<ServiceBookingMode>().notNull().default('online'),
    /** Its own notice and window, and the latest local time it may start; null: as the practice has it. */
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

/** What a massage costs with one therapist, where that is not its usual price. */
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

/** What the owner of a practice that is being set up has answered so far; gone when it is made. */
export const setupDrafts = table('setup_drafts', {
  id: text('id').primaryKey(),
  answers: json<Record<string, string>>('answers').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
