import { sql } from 'drizzle-orm';
import { check, index, instant, int, json, primaryKey, table, text } from './engine-column-types';
import { therapists } from './practice';

// When each therapist works: weekly hours, different hours on single days, breaks, time off; and the notes on a day.

export type WallRange = [from: string, until: string];

/** The first local day of a therapist's initial weekly hours. */
export const INITIAL_HOURS_VALID_FROM = '0001-01-01';

/**
 * The local days from which other weekly hours apply. A version without rows in `workingHours` means no weekly hours at
 * all.
 */
export const weeklyHoursChanges = table(
  'weekly_hours_changes',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    validFrom: text('valid_from').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.therapistId, t.validFrom] })],
);

export const workingHours = table(
  'working_hours',
  {
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    /** Applies until the next row in `weeklyHoursChanges`. */
    validFrom: text('valid_from').notNull().default(INITIAL_HOURS_VALID_FROM),
    weekday: int('weekday').notNull(),
    from: text('from_time').notNull(),
    until: text('until_time').notNull(),
    timeZone: text('time_zone').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.therapistId, t.validFrom, t.weekday, t.from] }),
    check('working_hours_weekday', sql`${t.weekday} between 0 and 6`),
    check('working_hours_forward', sql`${t.from} < ${t.until}`),
  ],
);

export const hoursOverrides = table(
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

/**
 * A break on some weekdays, such as lunch, taken out of the weekly hours. It does not apply on days that have hours of
 * their own.
 */
export const repeatingBreaks = table(
  'repeating_breaks',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    /** Its name in the calendar: "Lunch". */
    name: text('name').notNull(),
    /** A bit for each weekday, 1 for Sunday to 64 for Saturday. */
    weekdays: int('weekdays').notNull(),
    from: text('from_time').notNull(),
    until: text('until_time').notNull(),
    timeZone: text('time_zone').notNull(),
    /** The first and the last local day; null as the last day means until further notice. */
    validFrom: text('valid_from').notNull(),
    validUntil: text('valid_until'),
  },
  (t) => [
    index('repeating_breaks_therapist').on(t.therapistId),
    check('repeating_breaks_weekdays', sql`${t.weekdays} between 1 and 127`),
    check('repeating_breaks_forward', sql`${t.from} < ${t.until}`),
    check('repeating_breaks_days', sql`${t.validUntil} is null or ${t.validFrom} <= ${t.validUntil}`),
  ],
);

/** What staff write on a day of the calendar: "Plumber at 14:00". */
export const dayNotes = table(
  'day_notes',
  {
    id: text('id').primaryKey(),
    on: text('note_on').notNull(),
    /** Null: for everyone. */
    therapistId: text('therapist_id').references(() => therapists.id),
    words: text('words').notNull(),
    version: int('version').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('day_notes_day').on(t.on)],
);
