import { z } from 'zod';
import type { BookingChoice, ReplacementDate } from '@/app/book/booking-choice';
import { formatGiverNames, formatServiceNameInSentence } from '@/app/book/booking-wording';
import { formatReplacement } from '@/app/book/query-params';
import { buildBesideQuery } from '@/app/book/side-by-side';
import type { DateAlternative } from '@/db/availability/find-clash';
import type { ClashReason } from '@/scheduling/availability';
import { listSeriesDays } from '@/scheduling/cadence';
import { daysBetween } from '@/scheduling/day';
import { formatDay, formatStartAndEndTime, formatTime, formatWallTime } from '@/scheduling/formatting';
import { isSecondOfRepeatedTime, toInstant, toWallTime, toWallTimeWithRepeatMark } from '@/scheduling/zone-conversion';

// Every date of a series as the reader decides on it: when it is, why it clashes, and what could replace it.

type Givers = Pick<BookingDate, 'therapistId' | 'besideId'>;

export interface BookingDate {
  position: number;
  on: string;
  startsAt: number;
  endsAt: number;
  serviceId: string;
  therapistId: string;
  /** The therapist of the second person, where two come at the same time. */
  besideId?: string | undefined;
  /** The second person's massage and its length, where they differ from the first person's. */
  besideServiceId?: string | undefined;
  besideMinutes?: number | undefined;
}

/** Why one date cannot be booked, and what could replace it. */
export interface DateClashDetails {
  position: number;
  reason: ClashReason;
  /** The holiday's name, or "from 13:00". */
  detail?: string | undefined;
  /** Of two massages at the same time, it is the second that is not available. */
  isOfOther?: boolean | undefined;
  alternatives: DateAlternative[];
}

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
    const why = describeTrouble(cause, names[lostId] ?? lostId, {
      isForTwo: date.besideId !== undefined,
      hasOther: options.length > 0,
      isOnly,
    });
    // The waiting list takes one person alone, so dates for two people do not offer it.
    const mayFreeUp = MAY_FREE_UP.has(cause.reason) && date.besideId === undefined;
    const hint = mayFreeUp ? 'we write to you if it frees up' : 'the other dates stay';
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

/** The dates of the standing time, before any repair. */
export function listDatesBeforeRepairs(choice: BookingChoice, timeZone: string): BookingDate[] {
  const { standing, cadence, sessions, minutes, ladder } = choice;
  if (!standing) return [];
  const { beside } = buildBesideQuery(choice);
  return listSeriesDays({ cadence, firstOn: standing.on, sessions }).map((on, index) => {
    const startsAt = toInstant(timeZone, on, standing.time);
    return {
      position: index + 1,
      on,
      startsAt,
      endsAt: startsAt + minutes * 60_000,
      serviceId: ladder[index] ?? choice.serviceId,
      therapistId: standing.therapistId,
      ...(standing.besideId !== undefined && { besideId: standing.besideId }),
      ...(beside && { besideServiceId: beside.serviceIds[index]!, besideMinutes: beside.minutes }),
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

/**
 * Built from the address alone, so a form that is sent again after it was booked makes the same request and gets the
 * same answer.
 */
export function buildBookingRequest(choice: BookingChoice, timeZone: string) {
  const planned = listDatesBeforeRepairs(choice, timeZone);
  const { beside } = buildBesideQuery(choice);
  const pickAt = (position: number) => choice.picks[position];
  const dates = planned
    .filter(({ position }) => pickAt(position)?.kind !== 'skip')
    .map(({ position, startsAt, serviceId, therapistId, besideId }) => {
      const pick = pickAt(position);
      return pick?.kind === 'move'
        ? { ...pick, position, serviceId, startsAt: toInstant(timeZone, pick.on, pick.time) }
        : { position, serviceId, startsAt, therapistId, besideId };
    });
  return {
    cadence: choice.cadence,
    minutes: choice.minutes,
    appointments: dates.map(({ position, startsAt, serviceId, therapistId }) => {
      return { position, serviceId, startsAt, therapistId };
    }),
    ...(choice.isForTwo && {
      beside: {
        therapistIds: dates.map(({ besideId = 'any' }) => besideId),
        ...(beside && {
          serviceIds: dates.map(({ position }) => beside.serviceIds[position - 1]!),
          minutes: beside.minutes,
        }),
      },
    }),
    // The standing time gives only local times, so the second of two hours with the same clock time is requested by its
    // instant alone.
    standing:
      choice.standing && !isSecondOfRepeatedTime(choice.standing.time)
        ? { firstOn: choice.standing.on, time: choice.standing.time, therapistId: choice.standing.therapistId }
        : null,
    skipped: planned
      .filter(({ position }) => pickAt(position)?.kind === 'skip')
      .map(({ position, on }) => ({ position, on })),
  };
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

/** Why a date is not available, in a sentence. */
export function describeClashReason(
  { reason, detail }: Pick<DateClashDetails, 'reason' | 'detail'>,
  who: string,
): string {
  const why: Record<ClashReason, string> = {
    booked: `${who} is booked at that time.`,
    time_off: `${who} is off ${formatDayOff(detail)}.`,
    holiday: `We are closed that day${detail ? `: ${detail}` : ''}.`,
    closed: `${who} does not work at that hour that day.`,
    room: 'Every room is taken at that time.',
    too_soon: 'That is too soon to book online.',
    too_far: 'That is further ahead than we book.',
  };
  return why[reason];
}

function describeTrouble(
  problem: DateClashDetails,
  who: string,
  { hasOther, isOnly, isForTwo }: { hasOther: boolean; isOnly: boolean; isForTwo: boolean },
): string {
  const why =
    isForTwo && problem.reason === 'room'
      ? 'There is no second room free at that time.'
      : describeClashReason(problem, who);
  if (hasOther) return `${why} Choose another time${isOnly ? '.' : ' for this one, or skip it.'}`;
  // Beyond the booking window nothing is free at all. Otherwise a colleague may be free at another hour.
  const rest =
    problem.reason === 'too_far'
      ? ''
      : isForTwo
        ? ' No two are free near it.'
        : ` ${who} is not free near it, nor is anyone else at that hour.`;
  return `${why}${rest}${isOnly ? '' : ' You can skip this one.'}`;
}

function formatDayOff(detail: string | undefined): string {
  if (!detail || detail === 'all day') return 'that day';
  return /\d\d:\d\d$/.test(detail) ? `${detail} that day` : detail;
}
