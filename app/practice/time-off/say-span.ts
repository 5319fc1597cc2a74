import { sayDay, sayTime } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';

interface Place {
  timeZone: string;
  locale: string;
}

/** 'Tue 8 Dec at 12:00'. */
function sayMoment({ timeZone, locale }: Place, instant: number): string {
  return `${sayDay(toWall(timeZone, instant).on, 'short', locale)} at ${sayTime(timeZone, instant, locale)}`;
}

/** 'Tue 8 Dec', 'Tue 8 Dec to Thu 10 Dec', with hours where they are not whole days, or 'From Tue 8 Dec on'. */
export function saySpanOf({ start, end }: { start: number; end: number | null }, practice: Place): string {
  const { timeZone, locale } = practice;
  const from = toWall(timeZone, start);
  if (end === null) {
    return `From ${from.time === '00:00' ? sayDay(from.on, 'short', locale) : sayMoment(practice, start)} on`;
  }
  const until = toWall(timeZone, end);
  if (from.time !== '00:00' || until.time !== '00:00') {
    const isOneDay = from.on === until.on;
    return `${sayMoment(practice, start)} to ${isOneDay ? sayTime(timeZone, end, locale) : sayMoment(practice, end)}`;
  }
  const last = toWall(timeZone, end - 1).on;
  return from.on === last
    ? sayDay(from.on, 'short', locale)
    : `${sayDay(from.on, 'short', locale)} to ${sayDay(last, 'short', locale)}`;
}
