import type { WeeklySet } from '@/db/practice/hours';
import type { PlannedHours } from '@/db/practice/weekly-hours';
import { addDays } from '@/scheduling/day';
import { sayDate, sayDay } from '@/scheduling/wording';
import { type HoursFields, kindOf, onField, readTime, WEEKDAYS } from './hours-fields';
import { sayTimes, sayWeek, sayWeekdays } from './hours-words';

// What is planned of somebody's hours, and what a change would make of it, in sentences.

/** The weekly hours of a day. */
export function weeklySetOn({ sets }: PlannedHours, on: string): WeeklySet {
  return sets.findLast(({ validFrom }) => validFrom <= on)!;
}

/** 'Now until 3 January: Mon, Tue and Thu 09:00 to 18:00.' */
export function sayNow(planned: PlannedHours, today: string, locale: string): string {
  const { week } = weeklySetOn(planned, today);
  const next = planned.sets.find(({ validFrom }) => validFrom > today);
  const until = next ? ` until ${sayDate(addDays(next.validFrom, -1), 'long', locale)}` : '';
  return `Now${until}: ${sayWeek(week, locale)}.`;
}

/** What a press would do, in a sentence. */
export function sayChange(fields: HoursFields, planned: PlannedHours, locale: string): string {
  const { from = '', until = from } = fields;
  const first = sayDay(from, 'long', locale);
  const days = from === until ? first : `${first} to ${sayDay(until, 'long', locale)}`;
  switch (kindOf(fields)) {
    case 'week': {
      const next = planned.sets.find(({ validFrom }) => validFrom > from);
      return next
        ? `From ${first} until ${sayDate(addDays(next.validFrom, -1), 'long', locale)}, the day before the next that are planned.`
        : `From ${first} on.`;
    }
    case 'no_week':
      return `What is planned from ${first} does not begin. The hours before it go on.`;
    case 'break':
      return `${fields.name ?? ''}, ${sayWeekdays(WEEKDAYS.filter((weekday) => fields[onField(weekday)] === 'yes'))} ${sayTimes({ from: readTime(fields.at), until: readTime(fields.to) }, locale)}, from ${first}${fields.until ? ` until ${sayDay(until, 'long', locale)}` : ' on'}.`;
    case 'no_break': {
      const ended = planned.breaks.find(({ id }) => id === fields.break);
      return ended
        ? `${ended.name}, ${sayWeekdays(ended.weekdays)}, is not taken any more from ${first} on.`
        : 'That break has ended already.';
    }
    case 'days':
      return `${days}: ${fields.open === 'yes' ? 'hours of its own' : 'off'}.`;
    default:
      return `${days}: the weekly hours again.`;
  }
}

export function sayButton(fields: HoursFields, today: string, locale: string): string {
  const { from = '' } = fields;
  switch (kindOf(fields)) {
    case 'week':
      return from === today ? 'Save from today' : `Save from ${sayDate(from, 'long', locale)}`;
    case 'days':
    case 'break':
      return 'Save';
    case 'no_break':
      return 'End it';
    default:
      return 'Remove';
  }
}
