import { formatWallTime } from '@/scheduling/formatting';

/** The weekday and the hour of an instant on the clock of the practice, or of this computer: "Thu 17:30". */
function readClock(instant: number, timeZone?: string): [weekday: string, time: string] {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(instant)
    .replace(',', '')
    .split(' ');
  return [parts[0] ?? '', parts[1] ?? ''];
}

/**
 * The instant on the clock of this computer, in the practice's locale, as all times of a page are: "12:30", or
 * "Wed 23:30" on another day. Null where it is the same as on the practice's clock.
 */
export function formatVisitorTime(instant: number, timeZone: string, locale: string): string | null {
  const [day, time] = readClock(instant, timeZone);
  const [ownDay, ownTime] = readClock(instant);
  if (ownDay === day && ownTime === time) return null;
  const clock = formatWallTime(ownTime, locale);
  return ownDay === day ? clock : `${ownDay} ${clock}`;
}

/** The instant on the practice's clock: "17:30". */
export function formatPracticeTime(instant: number, timeZone: string, locale: string): string {
  return formatWallTime(readClock(instant, timeZone)[1], locale);
}
