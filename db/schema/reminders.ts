import { sql } from 'drizzle-orm';
import type { ReminderChannel } from '@/scheduling/reminder-schedule';
import { appointments } from './appointments';
import { check, index, instant, int, json, primaryKey, table, text } from './engine-column-types';
import { outbox } from './messages';
import { services } from './practice';
import { series } from './series';

// Who is reminded of a date and when, which reminders were written, and which clients have confirmed that they will
// come.

export type ReminderStepChannels = Record<string, ReminderChannel>;

/** When clients are reminded: for all massages in the row called `all`, or for one massage. */
export const reminderRules = table('reminder_rules', {
  id: text('id').primaryKey(),
  /** The one massage; null in the row called `all`. */
  serviceId: text('service_id').references(() => services.id),
  /**
   * Minutes before the start, the longest first; an empty list means no reminder. Null: this massage follows the row
   * called `all` again.
   */
  steps: json<number[]>('steps'),
  /** The channel of each step, by its minutes; steps not listed go by e-mail. */
  channels: json<ReminderStepChannels | null>('channels'),
  /** Reminders that were due before this change are not sent because of it. */
  changedAt: instant('changed_at').notNull(),
});

/** What a client chose for one plan; without a row the practice's rules apply. */
export const reminderPreferences = table(
  'reminder_choices',
  {
    seriesId: text('series_id')
      .primaryKey()
      .references(() => series.id),
    mode: text('mode').$type<'each' | 'weekly' | 'none'>().notNull(),
    /** Steps of the practice that the client does not want. */
    skipped: json<number[]>('skipped').notNull(),
    chosenAt: instant('chosen_at').notNull(),
  },
  (t) => [check('reminder_choices_mode', sql`${t.mode} in ('each', 'weekly', 'none')`)],
);

/**
 * A reminder that was written. The row is written with the message, so there is only one for each date, channel and
 * step.
 */
export const reminders = table(
  'reminders',
  {
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointments.id),
    /** The start when it was written: after a move, the new time gets reminders of its own. */
    startAt: instant('start_at').notNull(),
    channel: text('channel').$type<'email' | 'text'>().notNull(),
    /** Minutes before the start; 0 is the weekly reminder. */
    stepMinutes: int('step_minutes').notNull(),
    outboxId: text('outbox_id')
      .notNull()
      .references(() => outbox.id),
    writtenAt: instant('written_at').notNull(),
    /** SHA-256 of the token in a text message's short link. */
    tokenHash: text('token_hash'),
  },
  (t) => [
    primaryKey({ columns: [t.appointmentId, t.startAt, t.channel, t.stepMinutes] }),
    index('reminders_token').on(t.tokenHash),
    index('reminders_outbox').on(t.outboxId),
    check('reminders_channel', sql`${t.channel} in ('email', 'text')`),
  ],
);

/** A client has confirmed through a reminder's link that they will come to a date, at the time that it had then. */
export const attendanceConfirmations = table(
  'attendances',
  {
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointments.id),
    startAt: instant('start_at').notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.appointmentId, t.startAt] })],
);
