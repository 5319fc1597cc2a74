import { type DateRow, toAlternativeOption } from '@/app/book/dates/date-rows';
import { describeClashReason } from '@/app/book/dates/describe-clash';
import type { ExtensionProposal } from '@/db/booking/propose-extension';
import { formatDay, formatStartAndEndTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

type ProposedDates = Extract<ExtensionProposal, { ok: true }>;

interface AddedRowsInput {
  timeZone: string;
  locale: string;
  /** The therapists' names as they are shown, by id. */
  names: Record<string, string>;
  /** The massage that all of them get. */
  massage: { id: string; name: string };
  /** The therapist of the plan. */
  therapistId: string;
  /** The names of holidays, by day. */
  holidays: Record<string, string>;
  /** The repairs chosen for dates that clash, by position. */
  picks: Record<number, string>;
}

/** Every date that would be added, in words, with other times for one that is not free. */
export function buildAddedRows({ dates, minutes }: ProposedDates, input: AddedRowsInput): DateRow[] {
  const { timeZone, locale, names, massage, therapistId, holidays, picks } = input;
  return dates.map(({ position, startsAt, clash, alternatives }): DateRow => {
    const { on } = toWallTime(timeZone, startsAt);
    const endsAt = startsAt + minutes * 60_000;
    const row: DateRow = {
      position,
      state: 'free',
      day: formatDay(on, 'short', locale),
      hours: formatStartAndEndTime(timeZone, { start: startsAt, end: endsAt }, locale),
      startsAt,
      endsAt,
      serviceId: massage.id,
      therapistId,
      massage: massage.name,
      who: null,
      insteadOf: null,
      why: null,
      options: [],
      pick: null,
      mayFreeUp: false,
    };
    if (clash === null) return row;
    const options = [
      ...alternatives.map((alternative) => toAlternativeOption(alternative, { startsAt }, { timeZone, locale, names })),
      { value: 'skip', title: 'Leave this date out', hint: 'it is offered on your page if it frees up' },
    ];
    const chosen = options.find(({ value }) => value === picks[position]) ?? options[0]!;
    const holiday = holidays[on];
    const reason = holiday && clash === 'closed' ? 'holiday' : clash;
    const why = describeClashReason({ reason, detail: holiday }, names[therapistId] ?? '');
    return { ...row, state: 'clash', why: `${why} What would you like for this one?`, options, pick: chosen.value };
  });
}
