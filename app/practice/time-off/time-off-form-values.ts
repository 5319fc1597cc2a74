import type { TimeOffKind, TimeOffRequest } from '@/db/booking/time-off-span';
import { addDays, daysBetween, isDayWithinSupportedYears, listDays, mondayOf } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { toInstant } from '@/scheduling/zone-conversion';

// A request for time off as fields of a form and of an address. Days are local, and the first and the last are both
// included. Without times it runs from the start of the first day to the end of the last.

export interface TimeOffFormValues {
  who: string;
  from: string;
  at: string;
  until: string;
  to: string;
  kind: AbsenceKind;
  /**
   * What hours over several days mean: those hours of each day, or one block from first to last. Empty until somebody
   * chose.
   */
  span: '' | 'each' | 'one';
}

/** `leaving`: a therapist leaves for good, so there is no last day. */
type AbsenceKind = TimeOffKind | 'leaving';

export const TIME_OFF_KIND_LABELS: Record<TimeOffKind, string> = {
  leave: 'Leave',
  break: 'A break',
  closure: 'Closed',
};
export const TIME_OFF_KIND_OPTIONS: Record<AbsenceKind, string> = {
  ...TIME_OFF_KIND_LABELS,
  leave: 'Leave, or ill',
  leaving: 'Leaving for good',
};
/** The buttons that ask for time off with one press. */
export const TIME_OFF_SHORTCUTS: Record<string, string> = {
  today: 'Ill today',
  tomorrow: 'Ill tomorrow',
  week: 'Away this week',
};
export const EVERYONE = 'everyone';
/** The most days whose hours can be taken at once. */
const MOST_DAYS = 62;
const FURTHEST = 366;

/** Reads an address or a form, with defaults in place of nonsense. `today`: the local day. */
export function readTimeOffFormValues(
  field: (name: string) => unknown,
  therapistIds: string[],
  today: string,
): TimeOffFormValues {
  const text = (name: string) => {
    const value = field(name);
    return typeof value === 'string' ? value : '';
  };
  const who = therapistIds.includes(text('who')) ? text('who') : (therapistIds[0] ?? '');
  if (Object.hasOwn(TIME_OFF_SHORTCUTS, text('quick'))) {
    const from = text('quick') === 'tomorrow' ? addDays(today, 1) : today;
    const until = text('quick') === 'week' ? addDays(mondayOf(today), 6) : from;
    return { who, from, at: '', until, to: '', kind: 'leave', span: '' };
  }
  const day = (name: string) => (isDayWithinSupportedYears(text(name)) ? text(name) : '');
  const time = (name: string) => (isTimeOfDay(text(name)) ? text(name) : '');
  const from = day('from');
  const kind = Object.hasOwn(TIME_OFF_KIND_OPTIONS, text('kind')) ? (text('kind') as AbsenceKind) : 'leave';
  if (kind === 'leaving') return { who, from, at: time('at'), until: '', to: '', kind, span: '' };
  const span = text('span') === 'each' || text('span') === 'one' ? (text('span') as 'each' | 'one') : '';
  return { who, from, at: time('at'), until: day('until') || from, to: time('to'), kind, span };
}

/**
 * Does a form name a known therapist and a known kind? A field may be missing only where the form did not ask for it.
 */
export function hasKnownWhoAndKind(field: (name: string) => unknown, therapistIds: string[]): boolean {
  const who = field('who');
  const isKnown = typeof who === 'string' ? therapistIds.includes(who) : who === null && therapistIds.length === 1;
  return (
    isKnown &&
    (Object.hasOwn(TIME_OFF_SHORTCUTS, String(field('quick'))) ||
      Object.hasOwn(TIME_OFF_KIND_OPTIONS, String(field('kind'))))
  );
}

/**
 * "Mon 12:30 to Fri 13:00" may be half an hour on five days, or four days and a half: whoever entered it has to say
 * which.
 */
export function needsTimeOffSpanChoice({ from, at, until, to, span }: TimeOffFormValues): boolean {
  return span === '' && from !== '' && from < until && at !== '' && at < to && daysBetween(from, until) < MOST_DAYS;
}

/** Null as long as no day is named. */
export function toTimeOffRequest(
  fields: TimeOffFormValues,
  timeZone: string,
  everyone: string[],
): TimeOffRequest | null {
  const { who, from, at, until, to, kind } = fields;
  if (!from) return null;
  const therapistIds = who === EVERYONE ? everyone : [who];
  const start = toInstant(timeZone, from, at || '00:00');
  if (kind === 'leaving') return { therapistIds, start, end: null, kind: 'leave' };
  if (fields.span === 'each' && at && to && from < until && daysBetween(from, until) < FURTHEST) {
    const days = listDays(from, daysBetween(from, until) + 1);
    const parts = days.map((on) => ({ start: toInstant(timeZone, on, at), end: toInstant(timeZone, on, to) }));
    return { therapistIds, start, end: parts.at(-1)!.end, parts, kind };
  }
  const end = to ? toInstant(timeZone, until, to) : toInstant(timeZone, addDays(until, 1), '00:00');
  return { therapistIds, start, end, kind };
}

/** What is wrong with the days themselves, apart from any bookings; null where nothing is. */
export function getTimeOffDaysProblem(
  { start, end }: Pick<TimeOffRequest, 'start' | 'end'>,
  now: number,
): string | null {
  if (end === null) return null;
  if (start >= end) return 'It ends before it begins';
  return end <= now ? 'That is over already' : null;
}

export function timeOffHref(fields: Partial<TimeOffFormValues>): string {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  return `/practice/time-off?${query}`;
}
