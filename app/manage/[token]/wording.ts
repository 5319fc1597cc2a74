import type { AppointmentView, SeriesView } from '@/db/appointments/series';
import { weekdayOf } from '@/scheduling/day';
import { sayCadence, sayClock, sayCount, sayDay, sayMoney, sayTime, sayWeekdays } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 'Eight Thursdays at 17:30'; 'Eight dates, six of them Fridays at 9:00' once what follows was moved and not all. */
export function saySeries(series: SeriesView, locale: string): string {
  const { appointments, sessions, cadence, firstOn, time } = series;
  const [first] = appointments;
  if (sessions === 1 && first) return sayMoment(first, locale);
  const rhythm = cadence === 'biweekly' ? `, ${sayCadence('biweekly')}` : '';
  const plan = `${sayWeekdays(firstOn)} at ${sayClock(time, locale)}${rhythm}`;
  const others = appointments.filter((one) => {
    const nominal = toWall(one.timeZone, one.nominalStartsAt);
    return weekdayOf(nominal.on) !== weekdayOf(firstOn) || nominal.time !== time;
  }).length;
  if (others === 0) return `${capital(sayCount(sessions))} ${plan}`;
  const dates = `${capital(sayCount(sessions))} dates`;
  return sessions - others > 1 ? `${dates}, ${sayCount(sessions - others)} of them ${plan}` : dates;
}

/** 'Thursday 3 December at 17:30'. */
export function sayMoment(one: { startsAt: number; timeZone: string }, locale: string): string {
  const { on } = toWall(one.timeZone, one.startsAt);
  return `${sayDay(on, 'long', locale)} at ${sayTime(one.timeZone, one.startsAt, locale)}`;
}

/** 'Thu 3 Dec'. */
export function sayShortDay(one: { startsAt: number }, practice: { timeZone: string; locale: string }): string {
  return sayDay(toWall(practice.timeZone, one.startsAt).on, 'short', practice.locale);
}

export function sayHours(one: AppointmentView, locale: string): string {
  return `${sayTime(one.timeZone, one.startsAt, locale)} to ${sayTime(one.timeZone, one.endsAt, locale)}`;
}

/** 'Thu 24 Dec', where the plan had it on another day; its hour, where only that is another. */
export function sayMovedFrom(one: AppointmentView, locale: string): string | null {
  if (!one.isMoved) return null;
  const [was, is] = [toWall(one.timeZone, one.nominalStartsAt), toWall(one.timeZone, one.startsAt)];
  if (was.on !== is.on) return sayDay(was.on, 'short', locale);
  return was.time === is.time ? null : sayTime(one.timeZone, one.nominalStartsAt, locale);
}

export function sumOf(appointments: AppointmentView[], locale: string): string {
  const cents = appointments.reduce((sum, one) => sum + one.priceCents, 0);
  return sayMoney(cents, appointments[0]?.currency ?? 'EUR', locale);
}
