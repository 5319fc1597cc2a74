// When is a client reminded of a date? A step is so many minutes before it; a step of whole days keeps the hour of the
// day over a clock change. Nothing goes out in the night of the practice's zone, and nothing about what its reader has
// only just been told. Instants are ms since the epoch, UTC.

import { addDays, mondayOf } from './day';
import { checkArray, checkInstant, checkWholeNumber } from './input-checks';
import { toInstant, toWallTime } from './zone-conversion';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;

/** The shortest step that a practice may choose, in minutes. */
export const MIN_REMINDER_LEAD_MINUTES = 60;
/** The longest, in minutes. */
export const MAX_REMINDER_LEAD_MINUTES = 14 * DAY_MINUTES;
/** How many steps it may have. */
export const MAX_REMINDER_STEPS = 3;
/** The steps of a practice that has not chosen any. */
export const DEFAULT_REMINDER_STEPS: readonly number[] = [DAY_MINUTES];

/** In place of a step: one line a week, on the Sunday before, with all dates of that week. */
export const WEEKLY_REMINDER_STEP = 0;

/** Nothing is sent between these times of the practice's clock. */
const NIGHT = { from: '20:00', until: '08:00' };
/** A reminder that falls in the night and cannot wait for the morning is sent this time the evening before. */
const EVENING = '19:00';
/** What waits for the morning must still come this long before the date. */
const SHORTEST_MORNING_MS = 30 * MINUTE;
/** No reminder is sent nearer to its date than this. */
const SHORTEST_LEAD_MS = 15 * MINUTE;
const WEEK_LINE_AT = '17:00';
/** By how much the night, and a day that is an hour longer, can bring a reminder forward or put it off. */
const SHIFT_MS = 15 * HOUR;

/**
 * Whether an instant lies in the night of a zone: from 20:00 until 08:00, exclusive.
 *
 * @example
 * isQuietHours('Europe/Dublin', Date.UTC(2026, 11, 1, 20)) //=> true
 */
export function isQuietHours(timeZone: string, instant: number): boolean {
  const { time } = toWallTime(timeZone, instant);
  return time >= NIGHT.from || time < NIGHT.until;
}

/**
 * Gives the first instant, not before this one, that lies in no night: itself, or 08:00.
 *
 * @example
 * getNextTimeOutsideQuietHours('Europe/Dublin', Date.UTC(2026, 11, 1, 21)) //=> Date.UTC(2026, 11, 2, 8)
 */
export function getNextTimeOutsideQuietHours(timeZone: string, instant: number): number {
  const { on, time } = toWallTime(timeZone, instant);
  if (time < NIGHT.until) return toInstant(timeZone, on, NIGHT.until);
  return time < NIGHT.from ? instant : toInstant(timeZone, addDays(on, 1), NIGHT.until);
}

/**
 * Gives when a reminder of a date is due. One that would fall in the night comes in the morning, or the evening before
 * where the morning is less than half an hour before the date. `WEEKLY_REMINDER_STEP` is due at 17:00 on the Sunday before the week of the
 * date. Throws a RangeError for a malformed field.
 *
 * @example
 * getReminderDueTime('Europe/Dublin', Date.UTC(2026, 11, 2, 18), 1440) //=> Date.UTC(2026, 11, 1, 18)
 */
export function getReminderDueTime(timeZone: string, start: number, step: number): number {
  checkInstant('start', start);
  checkWholeNumber('step', step, 0);
  const { on, time } = toWallTime(timeZone, start);
  if (step === WEEKLY_REMINDER_STEP) return toInstant(timeZone, addDays(mondayOf(on), -1), WEEK_LINE_AT);
  const isDays = step % DAY_MINUTES === 0;
  const preferred = isDays ? toInstant(timeZone, addDays(on, -step / DAY_MINUTES), time) : start - step * MINUTE;
  if (!isQuietHours(timeZone, preferred)) return preferred;
  const morning = getNextTimeOutsideQuietHours(timeZone, preferred);
  if (start - morning >= SHORTEST_MORNING_MS) return morning;
  const night = toWallTime(timeZone, preferred);
  const evening = night.time >= NIGHT.from ? night.on : addDays(night.on, -1);
  return toInstant(timeZone, evening, EVENING);
}

/** A date, and what decides of its reminders. */
export interface ReminderQuery {
  timeZone: string;
  start: number;
  /** Since when its client knows of this date, and these steps are to be: what was due by then is not sent. */
  since: number;
  /** Minutes before, or `WEEKLY_REMINDER_STEP`. */
  steps: readonly number[];
  /** Since when its client wants a line a week: in that week the line comes then, for what is left of it. */
  weekLineSince?: number;
  now: number;
}

function dueAtOf({ timeZone, start, weekLineSince = 0 }: Omit<ReminderQuery, 'since' | 'steps' | 'now'>, step: number) {
  const dueAt = getReminderDueTime(timeZone, start, step);
  return step === WEEKLY_REMINDER_STEP && weekLineSince > dueAt
    ? getNextTimeOutsideQuietHours(timeZone, weekLineSince)
    : dueAt;
}

/**
 * Finds the step to send now; null where none is. Of several that are due the one nearest to the date counts, so that
 * what was put off is not sent together with what came after it. None in the night, none in the last quarter of an hour,
 * and none that was due when the date was made. Whether it was sent already is for the caller to know.
 *
 * @example
 * findDueReminderStep({ timeZone: 'Europe/Dublin', start: Date.UTC(2026, 11, 2, 18), since: 0, steps: [1440], now: Date.UTC(2026, 11, 1, 18, 1) }) //=> 1440
 */
export function findDueReminderStep(query: ReminderQuery): number | null {
  const { timeZone, start, since, steps, now } = query;
  checkInstant('since', since);
  checkInstant('now', now);
  checkArray('steps', steps);
  if (start - now < SHORTEST_LEAD_MS || isQuietHours(timeZone, now)) return null;
  const due = steps.filter((step) => dueAtOf(query, step) <= now);
  if (due.length === 0) return null;
  const step = Math.min(...due);
  return dueAtOf(query, step) > since ? step : null;
}

/**
 * Whether a reminder in the outbox may still be sent: its date is upcoming, and no later step is due by now. The night
 * and when the date was booked do not count: both were checked when the reminder was written.
 *
 * @example
 * isReminderStillDue({ timeZone: 'Europe/Dublin', start: Date.UTC(2026, 11, 2, 18), step: 1440, steps: [1440, 120], now: Date.UTC(2026, 11, 2, 16) }) //=> false
 */
export function isReminderStillDue(query: Omit<ReminderQuery, 'since'> & { step: number }): boolean {
  const { timeZone, start, step, steps, now } = query;
  if (start - now < SHORTEST_LEAD_MS || !steps.includes(step)) return false;
  return !steps.some((other) => other < step && getReminderDueTime(timeZone, start, other) <= now);
}

/**
 * Lists what is still to be sent of a date, the next first: what its practice is shown.
 *
 * @example
 * listPendingReminders({ timeZone: 'Europe/Dublin', start: Date.UTC(2026, 11, 2, 18), since: 0, steps: [1440], now: Date.UTC(2026, 11, 1) }) //=> [{ step: 1440, dueAt: Date.UTC(2026, 11, 1, 18) }]
 */
export function listPendingReminders(query: ReminderQuery): { step: number; dueAt: number }[] {
  const { since, steps, now } = query;
  checkInstant('since', since);
  checkInstant('now', now);
  checkArray('steps', steps);
  return steps
    .map((step) => ({ step, dueAt: dueAtOf(query, step) }))
    .filter(({ dueAt }) => dueAt > now && dueAt > since)
    .sort((a, b) => a.dueAt - b.dueAt);
}

/**
 * Gives the stretches of starts, half-open and apart, in which every date lies of which a step became due within
 * `lookbackMs`: what has to be looked through at `now`. Without end, all that a step may be due of.
 *
 * @example
 * listReminderSearchSpans([120], { now: 0, lookbackMs: 3_600_000 }) //=> [{ start: 0, end: 61_200_000 }]
 */
export function listReminderSearchSpans(
  steps: readonly number[],
  { now, lookbackMs }: { now: number; lookbackMs: number },
): { start: number; end: number }[] {
  checkInstant('now', now);
  const stretches = [...steps]
    .sort((a, b) => a - b)
    .map((step) => {
      checkWholeNumber('steps', step, 0);
      // The week of a line begins up to seven days before its last date.
      const [least, most] =
        step === WEEKLY_REMINDER_STEP ? [0, 8 * 24 * HOUR] : [step * MINUTE - SHIFT_MS, step * MINUTE + SHIFT_MS];
      return { start: Math.max(now, now + least - lookbackMs), end: now + most };
    });
  const joined: { start: number; end: number }[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last && stretch.start <= last.end) last.end = Math.max(last.end, stretch.end);
    else joined.push(stretch);
  }
  return joined;
}

/**
 * Gives the steps that a client has left of those of the practice: fewer, one line a week, or none. Where the practice
 * reminds nobody, nor does a week.
 *
 * @example
 * listReminderStepsForClient([1440, 120], { mode: 'each', skipped: [120] }) //=> [1440]
 */
export function listReminderStepsForClient(
  steps: readonly number[],
  choice: { mode: 'each' | 'weekly' | 'none'; skipped: readonly number[] } | null,
): number[] {
  if (choice?.mode === 'none') return [];
  if (choice?.mode === 'weekly') return steps.length > 0 ? [WEEKLY_REMINDER_STEP] : [];
  return steps.filter((step) => !choice?.skipped.includes(step));
}

/** A text is retried for this long; then the e-mail is sent. */
const TEXT_TRIED_MS = 20 * MINUTE;

/**
 * Whether a failed text is worth another try at `nextTryAt`: soon after it was written, outside the night, and early
 * enough that an e-mail in its place would still be useful.
 *
 * @example
 * shouldRetryText({ timeZone: 'Europe/Dublin', start: Date.UTC(2026, 11, 2, 18), writtenAt: Date.UTC(2026, 11, 1, 18), nextTryAt: Date.UTC(2026, 11, 1, 18, 5) }) //=> true
 */
export function shouldRetryText(text: {
  timeZone: string;
  start: number;
  writtenAt: number;
  nextTryAt: number;
}): boolean {
  const triedAt = getNextTimeOutsideQuietHours(text.timeZone, text.nextTryAt);
  return triedAt <= text.writtenAt + TEXT_TRIED_MS && text.start - triedAt >= SHORTEST_MORNING_MS;
}

/** How a practice sends a step: to all by e-mail, or by text to those who want texts, or both to them. */
export type ReminderChannel = 'email' | 'text' | 'both';

/**
 * Lists the channels of a step for one client. `text` is the state of its text so far; `lost` means given up. A client
 * who cannot get a text gets the e-mail, and so does one whose text was lost. A text that was written is not written
 * again.
 *
 * @example
 * listReminderChannelsForClient('text', { mayText: true, text: 'none' }) //=> ['text']
 */
export function listReminderChannelsForClient(
  channel: ReminderChannel,
  { mayText, text }: { mayText: boolean; text: 'none' | 'written' | 'lost' },
): ('email' | 'text')[] {
  if (channel === 'email' || text === 'lost') return ['email'];
  if (text === 'none' && !mayText) return ['email'];
  return channel === 'both' ? ['email', 'text'] : ['text'];
}
