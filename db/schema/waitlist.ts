import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { clients } from './clients';
import { bool, check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';
import { services, therapists } from './practice';
import { series } from './series';

// Who waits for time that is taken, which time was freed, and to whom it was offered.

export const waitlistEntries = table(
  'waitlist_entries',
  {
    id: text('id').primaryKey(),
    /** Null until the address is confirmed: until then there is no client. */
    clientId: text('client_id').references(() => clients.id),
    /** The name as typed by the person who asked, until they confirm. */
    pendingName: text('pending_name'),
    /** Lower case. */
    pendingEmail: text('pending_email'),
    pendingPhone: text('pending_phone'),
    /** The name of the person who asked on the client's behalf; null where the client asked. */
    bookedBy: text('booked_by'),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    minutes: int('minutes').notNull(),
    /** Null: any therapist. */
    therapistId: text('therapist_id').references(() => therapists.id),
    cadence: text('cadence').$type<'once' | 'weekly' | 'biweekly'>().notNull(),
    sessions: int('sessions').notNull(),
    /**
     * Local days, both included, between which the first date must lie. After the last day the entry ends by itself.
     */
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on').notNull(),
    /** A bit for each part of each weekday, as `getDayPartBit` of scheduling/waitlist-matching.ts numbers them. */
    dayParts: int('day_parts').notNull(),
    /** `18:00`: only a standing time that starts exactly then. */
    atTime: text('at_time'),
    /** A booked appointment that moves to the sooner time. */
    swapAppointmentId: text('swap_appointment_id').references(() => appointments.id),
    isUrgent: bool('is_urgent').notNull(),
    source: text('source').$type<'online' | 'desk'>().notNull(),
    /** Where the request came from, as `hashIp` gives it; null where staff entered it, or the client was known. */
    sender: text('sender'),
    createdAt: instant('created_at').notNull(),
    /** When the client proved that they read the address, or staff entered it: nothing is offered before. */
    confirmedAt: instant('confirmed_at'),
    endedAt: instant('ended_at'),
    endedAs: text('ended_as').$type<'booked' | 'left' | 'removed'>(),
  },
  (t) => [
    index('waitlist_entries_client').on(t.clientId),
    index('waitlist_entries_pending').on(t.pendingEmail),
    index('waitlist_entries_waiting').on(t.endedAt, t.untilOn),
    index('waitlist_entries_sender').on(t.sender, t.createdAt),
    check('waitlist_entries_cadence', sql`${t.cadence} in ('once', 'weekly', 'biweekly')`),
    check('waitlist_entries_sessions', sql`${t.sessions} >= 1 and (${t.cadence} <> 'once' or ${t.sessions} = 1)`),
    check('waitlist_entries_days', sql`${t.untilOn} >= ${t.fromOn} and ${t.dayParts} between 1 and 2097151`),
    check('waitlist_entries_swap', sql`${t.swapAppointmentId} is null or ${t.cadence} = 'once'`),
    check(
      'waitlist_entries_who',
      sql`(${t.clientId} is null) = (${t.pendingEmail} is not null) and (${t.confirmedAt} is null or ${t.clientId} is not null)`,
    ),
    check('waitlist_entries_source', sql`${t.source} in ('online', 'desk')`),
    check(
      'waitlist_entries_end',
      sql`(${t.endedAt} is null) = (${t.endedAs} is null) and (${t.endedAs} is null or ${t.endedAs} in ('booked', 'left', 'removed'))`,
    ),
  ],
);

export interface OfferedDate {
  startsAt: number;
  /** The time held for therapist and room, including set-up and clean-up. */
  paddedStartAt: number;
  paddedEndAt: number;
  roomId: string;
}

/**
 * `withdrawn`: nobody is left to answer. `taken_back`: withdrawn by the practice. `unsent`: the e-mail never went out,
 * so nobody was asked.
 */
export type OfferOutcome = 'accepted' | 'declined' | 'expired' | 'lost' | 'withdrawn' | 'taken_back' | 'unsent';

/**
 * Freed time that is held for somebody on the waiting list. While the offer is open its dates are claimed by
 * `offer:<id>`.
 */
export const waitlistOffers = table(
  'waitlist_offers',
  {
    id: text('id').primaryKey(),
    entryId: text('entry_id').references(() => waitlistEntries.id),
    /** Instead of an entry: the date of a series that was skipped, offered again. */
    skipSeriesId: text('skip_series_id').references(() => series.id),
    skipPosition: int('skip_position'),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    minutes: int('minutes').notNull(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    dates: json<OfferedDate[]>('dates').notNull(),
    firstStartAt: instant('first_start_at').notNull(),
    sessions: int('sessions').notNull(),
    source: text('source').$type<'worker' | 'desk'>().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    answeredAt: instant('answered_at'),
    answer: text('answer').$type<OfferOutcome>(),
    /** The e-mail with the offer, while the outbox still has it; null where there was no address. */
    outboxId: text('outbox_id'),
    /** The series that took the dates. */
    seriesId: text('series_id').references(() => series.id),
  },
  (t) => [
    // An entry has at most one open offer.
    uniqueIndex('waitlist_offers_open').on(t.entryId).where(sql`${t.answeredAt} is null and ${t.entryId} is not null`),
    uniqueIndex('waitlist_offers_open_skip')
      .on(t.skipSeriesId)
      .where(sql`${t.answeredAt} is null and ${t.skipSeriesId} is not null`),
    index('waitlist_offers_entry').on(t.entryId, t.createdAt),
    index('waitlist_offers_skip_date').on(t.skipSeriesId, t.skipPosition),
    index('waitlist_offers_series').on(t.seriesId),
    index('waitlist_offers_answer').on(t.answer, t.answeredAt),
    check('waitlist_offers_whose', sql`(${t.entryId} is null) = (${t.skipSeriesId} is not null)`),
    check('waitlist_offers_skip', sql`(${t.skipSeriesId} is null) = (${t.skipPosition} is null)`),
    check('waitlist_offers_source', sql`${t.source} in ('worker', 'desk')`),
    check(
      'waitlist_offers_answer_known',
      sql`(${t.answeredAt} is null) = (${t.answer} is null) and (${t.answer} is null or ${t.answer} in ('accepted', 'declined', 'expired', 'lost', 'withdrawn', 'taken_back', 'unsent'))`,
    ),
    check('waitlist_offers_booked', sql`${t.seriesId} is null or ${t.answer} = 'accepted'`),
  ],
);

/** A therapist's time that was freed, until it has been matched against the waiting list. */
export const freedTimes = table(
  'freed_times',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    startAt: instant('start_at').notNull(),
    endAt: instant('end_at').notNull(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    leasedUntil: instant('leased_until'),
    leasedBy: text('leased_by'),
  },
  (t) => [
    index('freed_times_due').on(t.dueAt),
    index('freed_times_therapist').on(t.therapistId),
    check('freed_times_span', sql`${t.endAt} > ${t.startAt}`),
    check('freed_times_lease', sql`(${t.leasedUntil} is null) = (${t.leasedBy} is null)`),
  ],
);
