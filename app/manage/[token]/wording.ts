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
  const others = appointments.filter((appointment) => {
    const nominal = toWall(appointment.timeZone, appointment.nominalStartsAt);
    return weekdayOf(nominal.on) !== weekdayOf(firstOn) || nominal.time !== time;
  }).length;
  if (others === 0) return `${capital(sayCount(sessions))} ${plan}`;
  const dates = `${capital(sayCount(sessions))} dates`;
  return sessions - others > 1 ? `${dates}, ${sayCount(sessions - others)} of them ${plan}` : dates;
}

/** 'Thursday 3 December at 17:30'. */
export function sayMoment(appointment: { startsAt: number; timeZone: string }, locale: string): string {
  const { on } = toWall(appointment.timeZone, appointment.startsAt);
  return `${sayDay(on, 'long', locale)} at ${sayTime(appointment.timeZone, appointment.startsAt, locale)}`;
}

/** 'Thu 3 Dec'. */
export function sayShortDay(appointment: { startsAt: number }, practice: { timeZone: string; locale: string }): string {
  return sayDay(toWall(practice.timeZone, appointment.startsAt).on, 'short', practice.locale);
}

export function sayHours(appointment: AppointmentView, locale: string): string {
  return `${sayTime(appointment.timeZone, appointment.startsAt, locale)} to ${sayTime(appointment.timeZone, appointment.endsAt, locale)}`;
}

/** 'Thu 24 Dec', where the plan had it on another day; its hour, where only that is another. */
export function sayMovedFrom(appointment: AppointmentView, locale: string): string | null {
  if (!appointment.isMoved) return null;
  const [was, is] = [
    toWall(appointment.timeZone, appointment.nominalStartsAt),
    toWall(appointment.timeZone, appointment.startsAt),
  ];
  if (was.on !== is.on) return sayDay(was.on, 'short', locale);
  return was.time === is.time ? null : sayTime(appointment.timeZone, appointment.nominalStartsAt, locale);
}

export function sumOf(appointments: AppointmentView[], locale: string): string {
  const cents = appointments.reduce((sum, appointment) => sum + appointment.priceCents, 0);
  return sayMoney(cents, appointments[0]?.currency ?? 'EUR', locale);
}
