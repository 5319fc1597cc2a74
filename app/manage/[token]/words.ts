import type { AppointmentView, SeriesView } from '@/db/series';
import { sayCadence, sayCount, sayDay, sayMoney, sayWeekdays } from '@/scheduling/words';
import { toWall } from '@/scheduling/zone';

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 'Eight Thursdays at 17:30'. */
export function saySeries(series: SeriesView): string {
  const [first] = series.appointments;
  if (series.sessions === 1 && first) return sayMoment(first);
  const rhythm = series.cadence === 'biweekly' ? `, ${sayCadence('biweekly')}` : '';
  return `${capital(sayCount(series.sessions))} ${sayWeekdays(series.firstOn)} at ${series.time}${rhythm}`;
}

/** 'Thursday 3 December at 17:30'. */
export function sayMoment(one: AppointmentView): string {
  const { on, time } = toWall(one.timeZone, one.startsAt);
  return `${sayDay(on, 'long')} at ${time}`;
}

/** 'Thu 3 Dec'. */
export function sayShortDay(one: { startsAt: number }, timeZone: string): string {
  return sayDay(toWall(timeZone, one.startsAt).on, 'short');
}

export function sayHours(one: AppointmentView): string {
  return `${toWall(one.timeZone, one.startsAt).time} to ${toWall(one.timeZone, one.endsAt).time}`;
}

/** 'Thu 24 Dec', where the plan had it on another day; its hour, where only that is another. */
export function sayMovedFrom(one: AppointmentView): string | null {
  if (!one.isMoved) return null;
  const [was, is] = [toWall(one.timeZone, one.nominalStartsAt), toWall(one.timeZone, one.startsAt)];
  if (was.on !== is.on) return sayDay(was.on, 'short');
  return was.time === is.time ? null : was.time;
}

export function sumOf(appointments: AppointmentView[], locale: string): string {
  const cents = appointments.reduce((sum, one) => sum + one.priceCents, 0);
  return sayMoney(cents, appointments[0]?.currency ?? 'EUR', locale);
}
