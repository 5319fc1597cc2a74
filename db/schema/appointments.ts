import { sql } from 'drizzle-orm';
import { clients } from './clients';
import { bool, check, index, instant, int, table, text, uniqueIndex } from './engine-column-types';
import { rooms, services, therapists } from './practice';
import { series } from './series';

// The dates of a series: where each was promised, where it is, and what became of it.

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
    // For the plans that were broken off in a period (db/reports/report-conditions.ts).
    index('appointments_cancelled').on(t.cancelledAt).where(sql`${t.cancelledAt} is not null`),
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
