import type { WallRange, WeeklyHours } from '@/scheduling/availability';
import { isDayWithinSupportedYears, type Weekday } from '@/scheduling/day';
import type { BreakTimes } from '@/scheduling/repeating-breaks';

// A change of hours as fields of a form and of an address. The browser loads this file too, to draw a day's bar.

/** The kinds of change; each has its own fields. */
const KINDS = ['week', 'no_week', 'days', 'no_days', 'break', 'no_break'] as const;
type Kind = (typeof KINDS)[number];

export type HoursFormValues = Record<string, string>;

/** The weekdays in the order in which a week is written, from Monday; a `DayKey` of `day` means one-off days. */
export const WEEKDAYS_FROM_MONDAY: Weekday[] = [1, 2, 3, 4, 5, 6, 0];
export const BREAK_NUMBERS = [1, 2, 3];

type DayKey = Weekday | 'day';

/** The names of a day's fields. */
export const startTimeFieldName = (day: DayKey) => `from${day}`;
export const untilFieldName = (day: DayKey) => `until${day}`;
export const breakFieldNames = (day: DayKey, n: number) => [`break${day}-${n}`, `back${day}-${n}`] as const;

const DAY_KEYS: DayKey[] = [...WEEKDAYS_FROM_MONDAY, 'day'];
export const listTimeFieldNames = (day: DayKey) => [
  startTimeFieldName(day),
  untilFieldName(day),
  ...BREAK_NUMBERS.flatMap((n) => breakFieldNames(day, n)),
];
const TIME_FIELDS = DAY_KEYS.flatMap(listTimeFieldNames);
/** The field that says whether a break is taken on this weekday. */
export const breakWeekdayFieldName = (weekday: Weekday) => `on${weekday}`;
const FIELDS = [
  'do',
  'who',
  'from',
  'until',
  'open',
  ...TIME_FIELDS,
  'break',
  'name',
  'at',
  'to',
  ...WEEKDAYS_FROM_MONDAY.map(breakWeekdayFieldName),
];

/** Reads an address or a form. Unknown fields and values that are not text are left out. */
export function readHoursFormValues(field: (name: string) => unknown): HoursFormValues {
  const fields: HoursFormValues = {};
  for (const name of FIELDS) {
    const value = field(name);
    if (typeof value === 'string' && value.trim() !== '') fields[name] = value.trim().slice(0, 64);
  }
  return fields;
}

export function getHoursChangeKind(fields: HoursFormValues): Kind | null {
  return KINDS.find((kind) => kind === fields.do) ?? null;
}

/**
 * The requested change, not yet validated: the function that carries it out checks it. Null where none is requested.
 */
export function toHoursChange(fields: HoursFormValues): unknown {
  const kind = getHoursChangeKind(fields);
  const { who: therapistId = '', from = '' } = fields;
  if (!kind) return null;
  if (kind === 'no_week') return { kind, therapistId, validFrom: from };
  if (kind === 'week') {
    const week = Object.fromEntries(WEEKDAYS_FROM_MONDAY.map((day) => [day, getDayRanges(fields, day)]));
    return { kind, therapistId, validFrom: from, week };
  }
  if (kind === 'no_break') return { kind, therapistId, breakId: fields.break ?? '', from };
  if (kind === 'break') {
    return {
      kind,
      therapistId,
      replaces: fields.break ?? null,
      name: fields.name ?? '',
      weekdays: WEEKDAYS_FROM_MONDAY.filter((weekday) => fields[breakWeekdayFieldName(weekday)] === 'yes'),
      from: normaliseTypedTime(fields.at),
      until: normaliseTypedTime(fields.to),
      validFrom: from,
      validUntil: fields.until ?? null,
    };
  }
  const hours = fields.open === 'yes' ? getDayRanges(fields, 'day') : [];
  return { kind, therapistId, from, until: fields.until ?? from, ...(kind === 'days' && { hours }) };
}

/** The hours of one day without its breaks; a day without any times is a day off. */
export function getDayRanges(fields: HoursFormValues, day: DayKey): WallRange[] {
  const [from, until] = [
    normaliseTypedTime(fields[startTimeFieldName(day)]),
    normaliseTypedTime(fields[untilFieldName(day)]),
  ];
  const breaks = BREAK_NUMBERS.map((n) => breakFieldNames(day, n).map((name) => normaliseTypedTime(fields[name])))
    .filter(([begin, end]) => begin || end)
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  if (!from && !until && breaks.length === 0) return [];
  const edges = [from, ...breaks.flat(), until] as string[];
  return Array.from({ length: edges.length / 2 }, (_, k) => [edges[2 * k]!, edges[2 * k + 1]!]);
}

/** The form fields for these hours. */
function fieldsOfDay(ranges: WallRange[], day: DayKey): HoursFormValues {
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (!first || !last) return {};
  const fields: HoursFormValues = { [startTimeFieldName(day)]: first[0], [untilFieldName(day)]: last[1] };
  for (const [k, [, begin]] of ranges.slice(0, -1).entries()) {
    const [beginField, endField] = breakFieldNames(day, k + 1);
    fields[beginField] = begin;
    fields[endField] = ranges[k + 1]![0];
  }
  return fields;
}

/** The form fields for this break, without the day from which it is to change: whoever changes it enters that. */
export function toBreakFormValues(times: BreakTimes & { id: string; name: string }): HoursFormValues {
  return {
    break: times.id,
    name: times.name,
    at: times.from,
    to: times.until,
    ...(times.validUntil !== null && { until: times.validUntil }),
    ...Object.fromEntries(times.weekdays.map((weekday) => [breakWeekdayFieldName(weekday), 'yes'])),
  };
}

export function toWeekFormValues(week: WeeklyHours): HoursFormValues {
  return Object.assign({}, ...WEEKDAYS_FROM_MONDAY.map((day) => fieldsOfDay(week[day] ?? [], day)));
}

/**
 * `9`, `930`, `9.30`, `5 pm` and `17:00` as HH:MM. Text that is no time stays as it was typed, so that it can be shown.
 */
export function normaliseTypedTime(values = ''): string {
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(values) ?? [];
  if (hour === undefined) return values;
  const isHalved = half !== undefined && Number(hour) >= 1 && Number(hour) <= 12;
  const hour24 = isHalved ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return `${String(hour24).padStart(2, '0')}:${minute}`;
}

/** The day in a field of an address; empty where it is no valid day. */
export function parseDayParam(fields: HoursFormValues, name: string): string {
  const value = fields[name];
  return isDayWithinSupportedYears(value) ? (value as string) : '';
}

export function hoursSettingsHref(fields: HoursFormValues, more: Record<string, string> = {}): string {
  return `/practice/settings/hours?${new URLSearchParams({ ...fields, ...more })}`;
}
