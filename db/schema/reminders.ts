import { sql } from 'drizzle-orm';
import type { ReminderChannel } from '@/scheduling/reminder-schedule';
import { appointments, series } from './booking';
import { check, index, instant, int, json, primaryKey, table, text } from './engine-column-types';
import { outbox } from './messages';
import { services } from './practice';

// Who is reminded of a date, and when; what was written of it; and who has said that they come.

export type ReminderStepChannels = Record<string, ReminderChannel>;

/** When clients are reminded: of all dates, in the row called `all`, or of one massage alone. */
export const reminderRules = table('reminder_rules', {
  id: text('id').primaryKey(),
  /** Of this massage alone; null in the row of all. */
  serviceId: text('service_id').references(() => services.id),
  /** Minutes before, the longest first; none is no reminder. Null of a massage that is as all again. */
  steps: json<number[]>('steps'),
  /** How each step is sent, by its minutes; those that are not named go by e-mail. */
  channels: json<ReminderStepChannels | null>('channels'),
  /** What was due before is not sent because of it. */
  changedAt: instant('changed_at').notNull(),
});

/** What a client chose for one plan; without a row it is as the practice has it. */
export const reminderChoices = table(
  'reminder_choices',
  {
    seriesId: text('series_id')
      .primaryKey()
      .references(() => series.id),
    mode: text('mode').$type<'each' | 'weekly' | 'none'>().notNull(),
    /** Steps of the practice that they do not want. */
    skipped: json<number[]>('skipped').notNull(),
    chosenAt: instant('chosen_at').notNull(),
  },
  (t) => [check('reminder_choices_mode', sql`${t.mode} in ('each', 'weekly', 'none')`)],
);

/** That a reminder was written. The row comes with the message, so that there is one of each date, way and step. */
export const reminders = table(
  'reminders',
  {
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => appointments.id),
    /** When the date was to begin: where it has moved since, the new date has reminders of its own. */
    startAt: instant('start_at').notNull(),
    channel: text('channel').$type<'email' | 'text'>().notNull(),
    /** Minutes before; 0 is the line of a week. */
    stepMinutes: int('step_minutes').notNull(),
    outboxId: text('outbox_id')
      .notNull()
      .references(() => outbox.id),
    writtenAt: instant('written_at').notNull(),
    /** Of the short link of a text, as a SHA-256. */
    tokenHash: text('token_hash'),
  },
  (t) => [
    primaryKey({ columns: [t.appointmentId, t.startAt, t.channel, t.stepMinutes] }),
    index('reminders_token').on(t.tokenHash),
    index('reminders_outbox').on(t.outboxId),
    check('reminders_channel', sql`${t.channel} in ('email', 'text')`),
  ],
);

/** That a client has said by the link of a reminder that they come to a date, as it stood then. */
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
