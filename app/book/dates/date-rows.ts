import { z } from 'zod';
import type { ReplacementDate } from '@/app/book/booking-choice';
import { formatGiverNames, formatServiceNameInSentence } from '@/app/book/booking-wording';
import { formatReplacement } from '@/app/book/query-params';
import type { DateAlternative } from '@/db/availability/find-clash';
import type { ClashReason } from '@/scheduling/availability';
import { daysBetween } from '@/scheduling/day';
import { formatDay, formatStartAndEndTime, formatTime, formatWallTime } from '@/scheduling/formatting';
import { toInstant, toWallTime, toWallTimeWithRepeatMark } from '@/scheduling/zone-conversion';
import type { BookingDate } from './build-booking-request';
import { type DateClashDetails, describeClash } from './describe-clash';

// Every date of a series as the reader decides on it: when it is, why it clashes, and what could replace it.

type Givers = Pick<BookingDate, 'therapistId' | 'besideId'>;

/** A date in words, ready to be drawn by the server or in the browser. */
export const shownDateRowSchema = z.object({
  position: z.number(),
  state: z.enum(['free', 'clash', 'moved', 'skipped']),
  day: z.string(),
  hours: z.string(),
  startsAt: z.number(),
  endsAt: z.number(),
  serviceId: z.string(),
  therapistId: z.string().default(''),
  besideId: z.string().optional(),
  besideServiceId: z.string().optional(),
  besideMinutes: z.number().optional(),
  massage: z.string(),
  /** The therapist, where it is not the usual one. */
  who: z.string().nullable(),
  /** Where a moved date was before: 'Thu 24 Dec', or '17:30' if it was on the same day. */
  insteadOf: z.string().nullable(),
  why: z.string().nullable(),
  options: z.array(z.object({ value: z.string(), title: z.string(), hint: z.string() })),
  /** The repair as written in the address; for a clash, the option offered first. */
  pick: z.string().nullable(),
  /** Whether the time may become free again, because somebody may give it back. */
  mayFreeUp: z.boolean().default(false),
});
export type DateRow = z.infer<typeof shownDateRowSchema>;

export interface DateRowsInput {
  planned: BookingDate[];
  troubles: DateClashDetails[];
  picks: Record<number, ReplacementDate>;
  /** The positions whose chosen repair is not available. */
  refused: Set<number>;
  /** The therapists of the standing time. A row names its therapists only where they differ. */
  usual: { therapistId: string; besideId?: string | undefined } | undefined;
  /** The break that the practice needs between two massages. */
  apartMinutes: number;
  timeZone: string;
  locale: string;
  names: Record<string, string>;
  massages: Record<string, string>;
}

/** A holiday or a closed hour will not become free. */
const MAY_FREE_UP: ReadonlySet<ClashReason> = new Set(['booked', 'time_off', 'room']);

/** A repair counts only if it is available and keeps the dates of the series in order. */
export function buildDateRows(deciding: DateRowsInput): DateRow[] {
  const { planned, troubles, picks, refused, usual, apartMinutes, timeZone, locale, names, massages } = deciding;
  // Of two massages at the same time, the longer one decides when the next date may begin.
  const reachOf = ({ startsAt, endsAt, besideMinutes = 0 }: BookingDate) =>
    Math.max(endsAt - startsAt, besideMinutes * 60_000);
  const keptDates = planned
    .filter(({ position }) => !picks[position] && !troubles.some((trouble) => trouble.position === position))
    .map((date) => ({ ...date, endsAt: date.startsAt + reachOf(date) }));
  const fits = (position: number, start: number, reach: number) =>
    keptDates.every((other) =>
      other.position < position
        ? other.endsAt + apartMinutes * 60_000 <= start
        : start + reach + apartMinutes * 60_000 <= other.startsAt,
    );

  const isOnly = planned.length === 1;
  return planned.map((date) => {
    const { position } = date;
    const length = date.endsAt - date.startsAt;
    const reach = reachOf(date);
    const trouble = troubles.find((trouble) => trouble.position === position);
    const pick = picks[position];
    const addKept = (startsAt: number) => keptDates.push({ ...date, startsAt, endsAt: startsAt + reach });
    const row = (start: number, { therapistId, besideId }: Givers): DateRow => ({
      position,
      state: 'free',
      day: formatDay(toWallTime(timeZone, start).on, 'short', locale),
      hours: formatStartAndEndTime(timeZone, { start, end: start + length }, locale),
      startsAt: start,
      endsAt: start + length,
      serviceId: date.serviceId,
      therapistId,
      ...(besideId !== undefined && { besideId }),
      ...(date.besideServiceId !== undefined && { besideServiceId: date.besideServiceId }),
      ...(date.besideMinutes !== undefined && { besideMinutes: date.besideMinutes }),
      massage: formatMassages(date, massages),
      who:
        therapistId === usual?.therapistId && besideId === usual.besideId
          ? null
          : formatGiverNames({ therapistId, besideId }, names),
      insteadOf: null,
      why: null,
      options: [],
      pick: null,
      mayFreeUp: false,
    });
    const nominal = row(date.startsAt, date);
    if (!pick && !trouble) return nominal;
    if (pick?.kind === 'skip') return { ...nominal, state: 'skipped', pick: 'skip' };

    const clashing =
      pick &&
      `${formatDay(pick.on, 'short', locale)}, ${formatWallTime(pick.time, locale)} with ${formatGiverNames(pick, names)} is not available.`;
    if (pick) {
      const start = toInstant(timeZone, pick.on, pick.time);
      if (!refused.has(position) && fits(position, start, reach)) {
        addKept(start);
        const insteadOf = describeReplacement(nominal, pick, deciding);
        return { ...row(start, pick), state: 'moved', insteadOf, pick: formatReplacement(pick) };
      }
      if (!trouble) {
        addKept(date.startsAt);
        return { ...nominal, why: `${clashing} This date is back at its own time.` };
      }
    }
    const alternatives = (trouble?.alternatives ?? []).filter(({ start }) => fits(position, start, reach));
    const options = alternatives.map((alternative) => toAlternativeOption(alternative, date, deciding));
    if (alternatives[0]) addKept(alternatives[0].start);
    const cause = trouble as DateClashDetails;
    const lostId = (cause.isOfOther && date.besideId) || date.therapistId;
    const why = describeClash(cause, names[lostId] ?? lostId, {
      isForTwo: date.besideId !== undefined,
      hasOther: options.length > 0,
      isOnly,
    });
    // The waiting list takes one person alone, so dates for two people do not offer it.
    const mayFreeUp = MAY_FREE_UP.has(cause.reason) && date.besideId === undefined;
    const hint = mayFreeUp ? 'we tell you if it frees up' : 'the other dates stay';
    return {
      ...nominal,
      state: 'clash',
      why: clashing ? `${clashing} ${why}` : why,
      // A booking cannot skip its only date.
      options: isOnly ? options : [...options, { value: 'skip', title: 'Skip this date', hint }],
      pick: options[0]?.value ?? 'skip',
      mayFreeUp,
    };
  });
}

/** 'Swedish', or 'Swedish, and sports for 30 min' where two people have different massages. */
function formatMassages(
  { serviceId, startsAt, endsAt, besideServiceId = serviceId, besideMinutes }: BookingDate,
  massages: Record<string, string>,
): string {
  const nameOf = (id: string) => massages[id] ?? id;
  const length =
    besideMinutes === undefined || besideMinutes * 60_000 === endsAt - startsAt ? '' : ` for ${besideMinutes} min`;
  if (besideServiceId === serviceId && length === '') return nameOf(serviceId);
  return `${nameOf(serviceId)}, and ${formatServiceNameInSentence(nameOf(besideServiceId))}${length}`;
}

/** An alternative time for a date, as an option of a form. */
export function toAlternativeOption(
  alternative: DateAlternative,
  date: Pick<BookingDate, 'startsAt'>,
  { timeZone, locale, names }: Pick<DateRowsInput, 'timeZone' | 'locale' | 'names'>,
) {
  const { on, time } = toWallTime(timeZone, alternative.start);
  const planned = toWallTime(timeZone, date.startsAt);
  const days = daysBetween(planned.on, on);
  const isSameHour = time === planned.time;
  const hint =
    days === 0
      ? isSameHour
        ? 'same day and hour'
        : `same day, ${time < planned.time ? 'earlier' : 'later'}`
      : `${formatDistance(days)}${isSameHour ? ', same hour' : ''}`;
  return {
    value: formatReplacement({
      kind: 'move',
      on,
      time: toWallTimeWithRepeatMark(timeZone, alternative.start),
      therapistId: alternative.therapistId,
      ...(alternative.besideId !== undefined && { besideId: alternative.besideId }),
    }),
    title: `${formatDay(on, 'short', locale)}, ${formatTime(timeZone, alternative.start, locale)} with ${formatGiverNames(alternative, names)}`,
    hint,
  };
}

function describeReplacement(nominal: DateRow, to: { on: string; time: string }, input: DateRowsInput): string | null {
  const was = toWallTime(input.timeZone, nominal.startsAt);
  if (to.on !== was.on) return nominal.day;
  return toWallTimeWithRepeatMark(input.timeZone, nominal.startsAt) === to.time
    ? null
    : formatTime(input.timeZone, nominal.startsAt, input.locale);
}

function formatDistance(days: number): string {
  const side = days < 0 ? 'before' : 'after';
  return Math.abs(days) === 1 ? `the day ${side}` : `${Math.abs(days)} days ${side}`;
}
