import { z } from 'zod';
import { identifierSchema, localDaySchema } from '@/db/input/field-schemas';
import type { Issue } from '@/db/results';
import type { WallRange, WeeklyHours } from '@/scheduling/availability';
import { daysBetween, type Weekday } from '@/scheduling/day';
import type { HoursPlanChange } from '@/scheduling/hours-plan';
import { parseMinuteOfDayOrNaN } from '@/scheduling/time-of-day';

// The request to change a therapist's hours, and what can be wrong with it. scheduling/hours-plan.ts carries it out.

export type HoursChange = HoursPlanChange & { therapistId: string };

const MOST_RANGES = 4;
const FURTHEST_DAYS = 3 * 366;
const MOST_DAYS = 92;
export const MAX_BREAKS = 12;

const time = z
  .string()
  .refine((text) => parseMinuteOfDayOrNaN(text) % 5 === 0, 'Write times as 09:00, in steps of five minutes.');
/** The hours of one day, in order. Hours that touch are joined. */
export const dayHoursSchema = z
  .array(z.tuple([time, time]), 'Write from when until when.')
  .max(MOST_RANGES, 'A day has three breaks at most.')
  .superRefine((ranges, context) => {
    const problem = findProblem(ranges);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  })
  .transform((ranges) => [...ranges].sort(([a], [b]) => (a < b ? -1 : 1)))
  .refine((ranges) => ranges.every(([from], k) => k === 0 || ranges[k - 1]![1] <= from), 'Two hours of a day overlap.')
  .transform(joined);
const week = z.object({
  0: dayHoursSchema.optional(),
  1: dayHoursSchema.optional(),
  2: dayHoursSchema.optional(),
  3: dayHoursSchema.optional(),
  4: dayHoursSchema.optional(),
  5: dayHoursSchema.optional(),
  6: dayHoursSchema.optional(),
});
const weekday = z.union([0, 1, 2, 3, 4, 5, 6].map((n) => z.literal(n as Weekday)));
const repeatingBreak = z
  .object({
    kind: z.literal('break'),
    therapistId: identifierSchema,
    replaces: identifierSchema.nullable(),
    name: z
      .string()
      .trim()
      .min(1, 'Give it a name, such as Lunch.')
      .max(40, 'Forty letters at most.')
      .regex(/^[^\p{C}]*$/u, 'A name is letters and figures only.'),
    weekdays: z
      .array(weekday)
      .min(1, 'Choose the days of the week.')
      .transform((days) => [...new Set(days)].sort()),
    from: time,
    until: time,
    validFrom: localDaySchema,
    validUntil: localDaySchema.nullable(),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'It must end after it begins.' })
  .refine(({ validFrom, validUntil }) => validUntil === null || validFrom <= validUntil, {
    path: ['validUntil'],
    message: 'The last day must not be before the first.',
  });
const hoursChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('week'), therapistId: identifierSchema, validFrom: localDaySchema, week }),
  z.object({ kind: z.literal('no_week'), therapistId: identifierSchema, validFrom: localDaySchema }),
  z.object({
    kind: z.literal('days'),
    therapistId: identifierSchema,
    from: localDaySchema,
    until: localDaySchema,
    hours: dayHoursSchema,
  }),
  z.object({ kind: z.literal('no_days'), therapistId: identifierSchema, from: localDaySchema, until: localDaySchema }),
  repeatingBreak,
  z.object({
    kind: z.literal('no_break'),
    therapistId: identifierSchema,
    breakId: identifierSchema,
    from: localDaySchema,
  }),
]);

/** The change, if it is valid: its hours in order, and joined where they touch. */
export function parseHoursChange(
  input: unknown,
  today: string,
): { ok: true; change: HoursChange } | { ok: false; issues: Issue[] } {
  const parsed = hoursChange.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(asKey), message }));
    return { ok: false, issues };
  }
  const issue = issueOfDays(parsed.data, today);
  return issue ? { ok: false, issues: [issue] } : { ok: true, change: withoutDaysOff(parsed.data) };
}

/** Hours with breaks are given as the ranges between them: where the whole day is right, one of its breaks is not. */
function findProblem(ranges: WallRange[]): string | undefined {
  const at = ranges.findIndex(([from, until]) => from >= until);
  if (at < 0) return undefined;
  const [begin, end] = [ranges[0]![0], ranges.at(-1)![1]];
  const [before, after] = at > 0 ? [ranges[at - 1]!, ranges[at]!] : [ranges[0]!, ranges[1]];
  if (begin >= end || !after) return 'It must end after it begins.';
  return `The break from ${before[1]} to ${after[0]} must lie between the first hour and the last. Change it, or clear it.`;
}

/** Joins hours that touch: a break of no length is not a break. */
function joined(ranges: WallRange[]): WallRange[] {
  const joined: WallRange[] = [];
  for (const [from, until] of ranges) {
    const last = joined.at(-1);
    if (last?.[1] === from) last[1] = until;
    else joined.push([from, until]);
  }
  return joined;
}

/** Leaves out days off, as the weekly hours read from the database do. */
function withoutDaysOff(change: z.infer<typeof hoursChange>): HoursChange {
  if (change.kind !== 'week') return change;
  const week: WeeklyHours = {};
  for (const [weekday, ranges] of Object.entries(change.week)) {
    if (ranges && ranges.length > 0) week[Number(weekday) as Weekday] = ranges;
  }
  return { ...change, week };
}

function issueOfDays(change: z.infer<typeof hoursChange>, today: string): Issue | null {
  const [field, first] =
    'validFrom' in change ? (['validFrom', change.validFrom] as const) : (['from', change.from] as const);
  if (first < today) return { path: [field], message: 'This day is past. Choose today or a later one.' };
  if (daysBetween(today, first) > FURTHEST_DAYS)
    return { path: [field], message: 'Choose a day within the next three years.' };
  if (change.kind !== 'days' && change.kind !== 'no_days') return null;
  if (change.until < change.from) return { path: ['until'], message: 'It must not end before it begins.' };
  if (daysBetween(change.from, change.until) >= MOST_DAYS)
    return { path: ['until'], message: 'Three months at most. Take a longer time in parts.' };
  return null;
}

function asKey(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}
