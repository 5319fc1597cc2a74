import type { Cadence } from '@/scheduling/cadence';
import { daysBetween, weekdayOf } from '@/scheduling/day';
import type { WaitlistWording } from '@/scheduling/format-waitlist-request';
import { getDayPartBit, PARTS_OF_DAY } from '@/scheduling/waitlist-matching';
import {
  getRepeatedHourOrder,
  isSecondOfRepeatedTime,
  removeRepeatMark,
  toWallTime,
} from '@/scheduling/zone-conversion';
import { canonicalZoneName } from '@/scheduling/zone-names';
import type { Words } from './en';

/** How a language writes days and times. Weekdays begin with Sunday, months with January. */
export interface DateForms {
  language: string;
  weekdays: string[];
  shortWeekdays: string[];
  months: string[];
  shortMonths: string[];
  date: (day: number, month: string, year: number | null) => string;
  weekdayAndDate: (weekday: string, date: string) => string;
  everyWeekday: (weekday: string) => string;
  clock: (hour: number, minute: string, locale: string) => string;
  /** Marks for an hour that comes twice when the clocks are put back. */
  repeated: { first: string; second: string };
  dayAtTime: (day: string, time: string) => string;
  dayAtTimeInText: (day: string, time: string) => string;
  range: (from: string, to: string) => string;
  onOneDay: (day: string) => string;
  fromTo: (from: string, to: string) => string;
  /** Words for numbers from two on; larger numbers are in digits. */
  numbers: string[];
  cadences: Record<Cadence, string>;
  units: Record<'minute' | 'hour' | 'day', { one: string; other: string }>;
  zone: string;
  parts: Record<(typeof PARTS_OF_DAY)[number], string>;
  and: string;
  betweenDays: string;
  anyTime: string;
}

const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];

export function makeDates(forms: DateForms): Words['dates'] {
  const plurals = new Intl.PluralRules(forms.language);
  const count = (many: number, unit: { one: string; other: string }) =>
    `${many} ${plurals.select(many) === 'one' ? unit.one : unit.other}`;
  const dateOf = (on: string, isShort: boolean, withYear: boolean) => {
    const months = isShort ? forms.shortMonths : forms.months;
    const year = withYear ? Number(on.slice(0, 4)) : null;
    return forms.date(Number(on.slice(8)), months[Number(on.slice(5, 7)) - 1]!, year);
  };
  const clock = (time: string, locale: string) => forms.clock(Number(time.slice(0, 2)), time.slice(3), locale);
  const wallTime = (time: string, locale: string) =>
    isSecondOfRepeatedTime(time)
      ? `${clock(removeRepeatMark(time), locale)} (${forms.repeated.second})`
      : clock(time, locale);
  return {
    day: (on, form) => {
      const weekdays = form === 'short' ? forms.shortWeekdays : forms.weekdays;
      return forms.weekdayAndDate(weekdays[weekdayOf(on)]!, dateOf(on, form === 'short', form === 'full'));
    },
    weekday: (on) => forms.weekdays[weekdayOf(on)]!,
    everyWeekday: (on) => forms.everyWeekday(forms.weekdays[weekdayOf(on)]!),
    wallTime,
    time: (timeZone, instant, locale) => {
      const time = clock(toWallTime(timeZone, instant).time, locale);
      const order = getRepeatedHourOrder(timeZone, instant);
      return order === null ? time : `${time} (${forms.repeated[order]})`;
    },
    dayAtTime: forms.dayAtTime,
    dayAtTimeInText: forms.dayAtTimeInText,
    dayRange: (from, to) => {
      const withYear = Math.abs(daysBetween(from, to)) >= 330;
      return forms.range(dateOf(from, true, withYear), dateOf(to, true, withYear));
    },
    number: (many) => forms.numbers[many - 2] ?? String(many),
    cadence: (cadence) => forms.cadences[cadence],
    duration: (minutes) => {
      if (minutes > 2880 && minutes % 1440 === 0) return count(minutes / 1440, forms.units.day);
      if (minutes >= 60 && minutes % 60 === 0) return count(minutes / 60, forms.units.hour);
      return count(minutes, forms.units.minute);
    },
    zone: () => forms.zone,
    zoneInFull: (timeZone) => `${forms.zone} (${zoneName(timeZone)})`,
    dayParts: ({ dayParts, atTime }, locale) => {
      const byDay = listDayParts(dayParts).map(({ weekday, parts }) => ({ day: forms.shortWeekdays[weekday]!, parts }));
      if (atTime !== null) return forms.dayAtTime(byDay.map(({ day }) => day).join(', '), wallTime(atTime, locale));
      if (byDay.length === 7 && byDay.every(({ parts }) => parts.length === PARTS_OF_DAY.length)) return forms.anyTime;
      const daysByParts = new Map<string, string[]>();
      for (const { day, parts } of byDay) {
        const isWhole = parts.length === PARTS_OF_DAY.length;
        const when = isWhole ? '' : ` ${parts.map((part) => forms.parts[part]).join(` ${forms.and} `)}`;
        daysByParts.set(when, [...(daysByParts.get(when) ?? []), day]);
      }
      return [...daysByParts].map(([when, days]) => `${days.join(', ')}${when}`).join(forms.betweenDays);
    },
    waitingRange: ({ fromOn, untilOn }) => {
      const until = dateOf(untilOn, true, false);
      return fromOn === untilOn ? forms.onOneDay(until) : forms.fromTo(dateOf(fromOn, true, false), until);
    },
  };
}

/** The weekdays with at least one part of the day, from Monday on. */
function listDayParts(dayParts: WaitlistWording['dayParts']) {
  return FROM_MONDAY.map((weekday) => ({
    weekday,
    parts: PARTS_OF_DAY.filter((part) => Math.floor(dayParts / getDayPartBit(weekday, part)) % 2 === 1),
  })).filter(({ parts }) => parts.length > 0);
}

/** A place by its IANA name; a zone without a place by its offset from UTC: `Etc/GMT+5` lies west, and is UTC−5. */
function zoneName(timeZone: string): string {
  const name = canonicalZoneName(timeZone);
  const away = /^Etc\/GMT([+-])(\d+)$/.exec(name);
  return away ? `UTC${away[1] === '+' ? '−' : '+'}${away[2]}` : name.replace(/^Etc\//, '');
}
