import type { DateRow } from '@/app/book/dates/date-rows';
import { toAlternativeOption } from '@/app/book/dates/date-rows';
import { describeClashReason } from '@/app/book/dates/describe-clash';
import type { ProposedDate } from '@/db/booking/propose-move';
import { formatDay, formatStartAndEndTime, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export interface ProposedRowsInput {
  timeZone: string;
  locale: string;
  /** The therapists' names as they are shown, by id. */
  names: Record<string, string>;
  /** The massage of a date, by its uid. */
  massages: Record<string, string>;
  /** The therapist of the plan. A row names its therapist only where it is another. */
  usual: string;
}

/** Every date that would be moved, in words: its new time, its old time, and the chosen repair where it clashes. */
export function buildProposedRows(
  dates: ProposedDate[],
  picks: Record<number, string>,
  words: ProposedRowsInput,
): DateRow[] {
  const { timeZone, locale, names, massages, usual } = words;
  return dates.map((date): DateRow => {
    const { position, startsAt, endsAt, therapistId, clash, movedFrom } = date;
    const who = names[therapistId] ?? therapistId;
    const on = toWallTime(timeZone, startsAt).on;
    const was = toWallTime(timeZone, movedFrom).on;
    const row: DateRow = {
      position,
      state: 'free',
      day: formatDay(on, 'short', locale),
      hours: formatStartAndEndTime(timeZone, { start: startsAt, end: endsAt }, locale),
      startsAt,
      endsAt,
      serviceId: '',
      therapistId,
      massage: massages[date.uid] ?? '',
      who: therapistId === usual ? null : who,
      insteadOf: on === was ? formatTime(timeZone, movedFrom, locale) : formatDay(was, 'short', locale),
      why: null,
      options: [],
      pick: null,
      mayFreeUp: false,
    };
    if (!clash) return row;
    const options = repairsOf(date, words);
    const chosen = options.find(({ value }) => value === picks[position]) ?? options[0];
    const why = describeClashReason({ reason: clash.reason, detail: clash.reasonDetail }, who);
    const what =
      options.length > 0 ? ' What would you like for this one?' : ' Choose another day or hour for them all.';
    return { ...row, state: 'clash', why: `${why}${what}`, options, pick: chosen?.value ?? null };
  });
}

function repairsOf(date: ProposedDate, { timeZone, locale, names }: ProposedRowsInput): DateRow['options'] {
  const { startsAt, movedFrom, alternatives, mayStay, maySkip } = date;
  const where = `${formatDay(toWallTime(timeZone, movedFrom).on, 'short', locale)}, ${formatTime(timeZone, movedFrom, locale)}`;
  return [
    ...alternatives.map((alternative) => toAlternativeOption(alternative, { startsAt }, { timeZone, locale, names })),
    ...(mayStay ? [{ value: 'stay', title: `Leave it on ${where}`, hint: 'as it is booked now' }] : []),
    ...(maySkip ? [{ value: 'skip', title: 'Cancel this date', hint: 'nothing to pay for it' }] : []),
  ];
}
