import { sayCadence, sayDateWithoutWeekday, sayNumberInWords, sayWallTime } from '@/scheduling/formatting';
import { dayPartBit, PARTS_OF_DAY } from '@/scheduling/waitlist';

interface WaitlistRequest {
  minutes: number;
  service: string;
  therapist: string | null;
  cadence: 'once' | 'weekly' | 'biweekly';
  sessions: number;
  fromOn: string;
  untilOn: string;
  dayParts: number;
  atTime: string | null;
}

const SHORT_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];

/** 'Swedish, 60 minutes, with Mira' and how many. */
export function sayWaitlistMassage({ service, minutes, therapist, cadence, sessions }: WaitlistRequest): string {
  const many = cadence === 'once' ? '' : `, ${sayNumberInWords(sessions)} dates ${sayCadence(cadence)}`;
  return `${service}, ${minutes} minutes, with ${therapist ?? 'anyone'}${many}`;
}

/** 'Tue, Thu at 18:00', 'Mon mornings and evenings; Sat', 'any day'. */
export function sayDayParts(
  { dayParts, atTime }: Pick<WaitlistRequest, 'dayParts' | 'atTime'>,
  locale: string,
): string {
  const isTicked = (weekday: number, part: (typeof PARTS_OF_DAY)[number]) =>
    Math.floor(dayParts / dayPartBit(weekday, part)) % 2 === 1;
  const byDay = FROM_MONDAY.map((weekday) => ({
    day: SHORT_DAYS[weekday]!,
    parts: PARTS_OF_DAY.filter((part) => isTicked(weekday, part)),
  })).filter(({ parts }) => parts.length > 0);
  if (atTime !== null) return `${byDay.map(({ day }) => day).join(', ')} at ${sayWallTime(atTime, locale)}`;
  if (byDay.length === 7 && byDay.every(({ parts }) => parts.length === 3)) return 'any day and time';
  const daysByTime = new Map<string, string[]>();
  for (const { day, parts } of byDay) {
    const when = parts.length === 3 ? '' : ` ${parts.map((part) => `${part}s`).join(' and ')}`;
    daysByTime.set(when, [...(daysByTime.get(when) ?? []), day]);
  }
  return [...daysByTime].map(([when, days]) => `${days.join(', ')}${when}`).join('; ');
}

export function sayWaitlistDateRange(
  { fromOn, untilOn }: Pick<WaitlistRequest, 'fromOn' | 'untilOn'>,
  locale: string,
): string {
  const until = sayDateWithoutWeekday(untilOn, 'short', locale);
  return fromOn === untilOn ? `on ${until}` : `from ${sayDateWithoutWeekday(fromOn, 'short', locale)} to ${until}`;
}
