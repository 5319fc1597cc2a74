import { makeShortNames } from '@/app/book/booking-wording';
import type { WeeklyHours } from '@/scheduling/availability';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { addDays } from '@/scheduling/day';
import { formatDateWithoutWeekday, formatDay } from '@/scheduling/formatting';
import type { HoursPlan } from '@/scheduling/hours-plan';
import type { WeeklyHoursVersion } from '@/scheduling/repeating-breaks';
import { formatTimeRange, formatWeekdayList, formatWeeklyHours } from './format-hours';
import {
  breakWeekdayFieldName,
  getHoursChangeKind,
  type HoursFormValues,
  normaliseTypedTime,
  WEEKDAYS_FROM_MONDAY,
} from './hours-form-values';

// Describes a therapist's plan of hours, and what a change would make of them, in sentences.

/** The weekly hours that apply on a day. */
export function findWeeklySetOn({ sets }: HoursPlan, on: string): WeeklyHoursVersion {
  return sets.findLast(({ validFrom }) => validFrom <= on)!;
}

/** 'Now until 3 January: Mon, Tue and Thu 09:00 to 18:00.' */
export function describeCurrentWeeklyHours(plan: HoursPlan, today: string, locale: string): string {
  const { week } = findWeeklySetOn(plan, today);
  const next = plan.sets.find(({ validFrom }) => validFrom > today);
  const until = next ? ` until ${formatDateWithoutWeekday(addDays(next.validFrom, -1), 'long', locale)}` : '';
  return `Now${until}: ${formatWeeklyHours(week, locale)}.`;
}

/** The hours of one therapist; for several therapists, the days of each: 'Mira Mon to Thu, Tom Tue and Sat'. */
export function describeHoursOfTeam(weeks: { id: string; name: string; week: WeeklyHours }[], locale: string): string {
  const [first, ...others] = weeks;
  if (!first) return 'No therapist yet';
  if (others.length === 0) return capitalizeFirstLetter(formatWeeklyHours(first.week, locale));
  const shortNames = makeShortNames(weeks);
  return weeks
    .map(({ id, week }) => {
      const days = WEEKDAYS_FROM_MONDAY.filter((weekday) => (week[weekday] ?? []).length > 0);
      return `${shortNames[id]} ${days.length > 0 ? formatWeekdayList(days) : 'no hours'}`;
    })
    .join('; ');
}

/** What saving the change would do, in a sentence. */
export function describeHoursChange(fields: HoursFormValues, plan: HoursPlan, locale: string): string {
  const { from = '', until = from } = fields;
  const first = formatDay(from, 'long', locale);
  const days = from === until ? first : `${first} to ${formatDay(until, 'long', locale)}`;
  switch (getHoursChangeKind(fields)) {
    case 'week': {
      const next = plan.sets.find(({ validFrom }) => validFrom > from);
      return next
        ? `From ${first} until ${formatDateWithoutWeekday(addDays(next.validFrom, -1), 'long', locale)}, the day before the next that are planned.`
        : `From ${first} on.`;
    }
    case 'no_week':
      return `What is planned from ${first} does not begin. The hours before it go on.`;
    case 'break':
      return `${fields.name ?? ''}, ${formatWeekdayList(WEEKDAYS_FROM_MONDAY.filter((weekday) => fields[breakWeekdayFieldName(weekday)] === 'yes'))} ${formatTimeRange({ from: normaliseTypedTime(fields.at), until: normaliseTypedTime(fields.to) }, locale)}, from ${first}${fields.until ? ` until ${formatDay(until, 'long', locale)}` : ' on'}.`;
    case 'no_break': {
      const ended = plan.breaks.find(({ id }) => id === fields.break);
      return ended
        ? `${ended.name}, ${formatWeekdayList(ended.weekdays)}, is not taken any more from ${first} on.`
        : 'That break has ended already.';
    }
    case 'days':
      return `${days}: ${fields.open === 'yes' ? 'hours of its own' : 'off'}.`;
    default:
      return `${days}: the weekly hours again.`;
  }
}

export function formatSaveHoursButtonLabel(fields: HoursFormValues, today: string, locale: string): string {
  const { from = '' } = fields;
  switch (getHoursChangeKind(fields)) {
    case 'week':
      return from === today ? 'Save from today' : `Save from ${formatDateWithoutWeekday(from, 'long', locale)}`;
    case 'days':
    case 'break':
      return 'Save';
    case 'no_break':
      return 'End it';
    default:
      return 'Remove';
  }
}
