import { describePlanDates, formatList } from '@/app/book/booking-wording';
import type { AppointmentView, SeriesView } from '@/db/appointments/series';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { weekdayOf } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import {
  formatCadence,
  formatDay,
  formatDayAtTime,
  formatTime,
  formatWallTime,
  formatWeekdayPlural,
} from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { ManagedSeries } from './managed-series';

/**
 * The dates of a plan that are left: 'Seven Thursdays at 17:30' where one of eight was cancelled or skipped; 'Eight
 * dates, six of them Fridays at 9:00' where others are at other times. If none is left, what the plan was: 'Seven
 * Thursdays at 17:30, cancelled'.
 */
export function describeSeries(series: SeriesView, locale: string): string {
  const standing = series.appointments.filter(({ status }) => status !== 'cancelled');
  return standing.length > 0
    ? describeDates(series, standing, locale)
    : `${describeDates(series, series.appointments, locale)}, cancelled`;
}

function describeDates(
  { cadence, firstOn, time }: SeriesView,
  appointments: AppointmentView[],
  locale: string,
): string {
  const sessions = appointments.length;
  const [first] = appointments;
  if (sessions === 1 && first) return formatAppointmentTime(first, locale);
  const rhythm = cadence === 'biweekly' ? `, ${formatCadence('biweekly')}` : '';
  const places = appointments.map(({ timeZone, startsAt }) => toWallTime(timeZone, startsAt));
  const countAt = (place: { on: string; time: string }) =>
    places.filter(({ on, time: at }) => weekdayOf(on) === weekdayOf(place.on) && at === place.time).length;
  // The dates that a colleague took over may all be at another time than the plan was made for.
  const usual = places.reduce((most, place) => (countAt(place) > countAt(most) ? place : most), { on: firstOn, time });
  return describePlanDates(
    sessions,
    countAt(usual),
    `${formatWeekdayPlural(usual.on)} at ${formatWallTime(usual.time, locale)}${rhythm}`,
  );
}

/** The same inside a sentence: 'seven dates', or of one 'Thursday 3 December at 17:30'. */
export function describeSeriesInSentence(series: SeriesView, locale: string): string {
  const text = describeSeries(series, locale);
  return /^[A-Z][a-z]+day\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** 'Thursday 3 December at 17:30'. */
export function formatAppointmentTime(appointment: { startsAt: number; timeZone: string }, locale: string): string {
  return formatDayAtTime(appointment.timeZone, appointment.startsAt, 'long', locale);
}

/** 'Thu 3 Dec'. */
export function formatShortDay(
  appointment: { startsAt: number },
  practice: { timeZone: string; locale: string },
): string {
  return formatDay(toWallTime(practice.timeZone, appointment.startsAt).on, 'short', practice.locale);
}

/** 'Wed 3 Feb and Wed 10 Feb, 17:30'; with the time of each where they are at different times. */
export function formatDates(
  appointments: { startsAt: number }[],
  practice: { timeZone: string; locale: string },
): string {
  const times = appointments.map(({ startsAt }) => formatTime(practice.timeZone, startsAt, practice.locale));
  const isAtOneTime = new Set(times).size === 1;
  const days = appointments.map((appointment, at) => {
    const day = formatShortDay(appointment, practice);
    return isAtOneTime ? day : `${day}, ${times[at]}`;
  });
  return isAtOneTime ? `${formatList(days)}, ${times[0]}` : formatList(days);
}

/** 'Wednesday 3 February at 17:30 is booked', or 'Four dates are booked'. */
export function formatAddedTitle(
  added: { startsAt: number; timeZone: string }[],
  { locale }: { locale: string },
): string {
  const [first] = added;
  if (!first) return 'Booked';
  if (added.length === 1) return `${formatAppointmentTime(first, locale)} is booked`;
  return `${capitalizeFirstLetter(formatNumberInWords(added.length))} dates are booked`;
}

export function formatStartToEnd(appointment: AppointmentView, locale: string): string {
  return `${formatTime(appointment.timeZone, appointment.startsAt, locale)} to ${formatTime(appointment.timeZone, appointment.endsAt, locale)}`;
}

/**
 * How a date differs from the others. One that was moved after it was booked: 'in place of Thu 24 Dec', where it was on
 * another day; 'instead of 17:00', where only its hour differs. One that was never booked anywhere else: 'not on your
 * usual day'.
 */
export function formatMovedFrom(
  { uid, isMoved, timeZone, startsAt, nominalStartsAt }: AppointmentView,
  { series, lastMoves }: Pick<ManagedSeries, 'series' | 'lastMoves'>,
  locale: string,
): string | null {
  if (!isMoved) return null;
  const is = toWallTime(timeZone, startsAt);
  const from = lastMoves[uid]?.from;
  if (from !== undefined) {
    const was = toWallTime(timeZone, from);
    return was.on === is.on
      ? `instead of ${formatTime(timeZone, from, locale)}`
      : `in place of ${formatDay(was.on, 'short', locale)}`;
  }
  const planned = toWallTime(timeZone, nominalStartsAt);
  if (series.cadence === 'once') return null;
  if (weekdayOf(planned.on) !== weekdayOf(is.on)) return 'not on your usual day';
  return planned.time === is.time ? null : 'not at your usual time';
}

export function formatPriceSum(appointments: AppointmentView[], locale: string): string {
  const cents = appointments.reduce((sum, appointment) => sum + appointment.priceCents, 0);
  return formatMoney(cents, appointments[0]?.currency ?? 'EUR', locale);
}

/** Like `bookAgainHref`, but by way of the plan, so that the form has its names and address filled in. */
export function bookAgainByLinkHref(token: string, series: SeriesView): string {
  return bookAgainHref(series).replace('/book', `/manage/${token}/again`);
}

/** The step of times for the same massage, therapist, rhythm and number of sessions. */
export function bookAgainHref({ appointments, cadence, therapist }: SeriesView): string {
  const last = appointments.findLast(({ status }) => status !== 'cancelled') ?? appointments.at(-1);
  if (!last) return '/book';
  const { service, minutes } = last;
  const plan = { type: service.id, minutes: `${minutes}`, cadence, sessions: `${appointments.length}` };
  return `/book?${new URLSearchParams({ ...plan, therapist: therapist.id, step: 'time' })}`;
}
