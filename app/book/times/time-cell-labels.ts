import type { BookingChoice } from '@/app/book/booking-choice';
import {
  formatCellDayAndTime,
  formatClashes,
  formatClashesInShort,
  formatFreeCount,
  formatTherapistChoice,
} from '@/app/book/booking-wording';
import { buildShortPlanHref } from '@/app/book/short-booking-url';
import type { Cadence } from '@/scheduling/cadence';
import type { BestTime } from './best-times-list';
import type { TimeCellHrefBase } from './time-cell-href';
import { encodeRunLengths, type TimeCellData } from './times-grid';

/** A cell in words. */
export interface TimeCellLabels {
  on: string;
  time: string;
  when: string;
  who: string;
  open: string;
  isSeries: boolean;
  clashes: string;
  level: TimeCellData['level'];
  /** Run lengths: the number of free dates, then of clashing ones, and so on. */
  line: number[];
  /** The therapist that the time is booked with. */
  with: string;
}

/** A day and its times in words. */
export interface DayOfLabels {
  on: string;
  cells: TimeCellLabels[];
}

interface LabelContext {
  names: Record<string, string>;
  cadence: Cadence;
  locale: string;
}

export function buildTimeCellLabels(cell: TimeCellData, { names, cadence, locale }: LabelContext): TimeCellLabels {
  return {
    on: cell.on,
    time: cell.time,
    when: formatCellDayAndTime(cell, cadence, locale),
    who: formatTherapistChoice(cell.therapists, names),
    open: formatFreeCount(cell),
    isSeries: cell.sessions > 1,
    clashes: formatClashes(cell.clashes, locale),
    level: cell.level,
    line: encodeRunLengths(cell.line),
    with: cell.therapists[0] ?? '',
  };
}

/** One of the best times, in words. Days on which nobody works are called closed. */
export function buildBestTime(
  { therapists: [first = ''], line, clashes, ...cell }: TimeCellData,
  { names, daysOff, locale }: { names: Record<string, string>; daysOff: string[]; locale: string },
): BestTime {
  return {
    ...cell,
    with: first,
    who: names[first] ?? '',
    line: encodeRunLengths(line),
    clashes: formatClashesInShort(clashes, daysOff, locale),
  };
}

/** A choice with a key stays one plan, even if it is moved to another time. */
export function buildTimeCellHrefBase(choice: BookingChoice, base: string): TimeCellHrefBase {
  return { start: buildShortPlanHref(choice), base: choice.key ? '' : base };
}
