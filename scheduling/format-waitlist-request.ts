// What does somebody wait for, in words? Which massage and with whom, on which weekdays and parts of the day, and between
// which days: as the pages of the waiting list say it, and its e-mails.

import type { Cadence } from './cadence';
import { formatNumberInWords } from './count-wording';
import { formatCadence, formatDateWithoutWeekday, formatWallTime } from './formatting';
import { getDayPartBit, PARTS_OF_DAY } from './waitlist-matching';

/** A request in the names that people read. Days are local, `dayParts` has a bit for each part of each weekday. */
export interface WaitlistWording {
  minutes: number;
  service: string;
  /** Null is anyone. */
  therapist: string | null;
  cadence: Cadence;
  sessions: number;
  fromOn: string;
  untilOn: string;
  dayParts: number;
  /** `18:00`: this time of day alone; the parts say on which weekdays. */
  atTime: string | null;
}

const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];

/**
 * Describes which massage a client waits for, with whom, and how many dates for a regular time.
 *
 * @example
 * formatWaitlistMassage({ service: 'Swedish', minutes: 60, therapist: 'Mira', cadence: 'once', sessions: 1 }) //=> 'Swedish, 60 minutes, with Mira'
 */
export function formatWaitlistMassage({
  service,
  minutes,
  therapist,
  cadence,
  sessions,
}: Pick<WaitlistWording, 'service' | 'minutes' | 'therapist' | 'cadence' | 'sessions'>): string {
  const many = cadence === 'once' ? '' : `, ${formatNumberInWords(sessions)} dates, one ${formatCadence(cadence)}`;
  return `${service}, ${minutes} minutes, with ${therapist ?? 'any therapist'}${many}`;
}

/**
 * Formats the requested weekdays and parts of the day, from Monday on. Days with the same parts are grouped.
 *
 * @example
 * formatDayParts({ dayParts: getDayPartBit(1, 'morning') + getDayPartBit(1, 'evening'), atTime: null }, 'en-IE') //=> 'Mon mornings and evenings'
 */
export function formatDayParts(
  { dayParts, atTime }: Pick<WaitlistWording, 'dayParts' | 'atTime'>,
  locale: string,
): string {
  const isTicked = (weekday: number, part: (typeof PARTS_OF_DAY)[number]) =>
    Math.floor(dayParts / getDayPartBit(weekday, part)) % 2 === 1;
  const byDay = FROM_MONDAY.map((weekday) => ({
    day: SHORT_DAYS[weekday]!,
    parts: PARTS_OF_DAY.filter((part) => isTicked(weekday, part)),
  })).filter(({ parts }) => parts.length > 0);
  if (atTime !== null) return `${byDay.map(({ day }) => day).join(', ')} at ${formatWallTime(atTime, locale)}`;
  if (byDay.length === 7 && byDay.every(({ parts }) => parts.length === 3)) return 'any day and time';
  const daysByParts = new Map<string, string[]>();
  for (const { day, parts } of byDay) {
    const when = parts.length === 3 ? '' : ` ${parts.map((part) => `${part}s`).join(' and ')}`;
    daysByParts.set(when, [...(daysByParts.get(when) ?? []), day]);
  }
  return [...daysByParts].map(([when, days]) => `${days.join(', ')}${when}`).join('; ');
}

/**
 * Formats the range of local days, both included, that the first date must lie in.
 *
 * @example
 * formatWaitlistDateRange({ fromOn: '2026-12-01', untilOn: '2026-12-31' }, 'en-IE') //=> 'from 1 Dec to 31 Dec'
 */
export function formatWaitlistDateRange(
  { fromOn, untilOn }: Pick<WaitlistWording, 'fromOn' | 'untilOn'>,
  locale: string,
): string {
  const until = formatDateWithoutWeekday(untilOn, 'short', locale);
  return fromOn === untilOn ? `on ${until}` : `from ${formatDateWithoutWeekday(fromOn, 'short', locale)} to ${until}`;
}
