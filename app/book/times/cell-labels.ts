import type { BookingChoice } from '@/app/book/booking-url';
import { sayCellTime, sayClashes, sayClashesInShort, sayFreeCount, sayTherapists } from '@/app/book/booking-wording';
import { shortPlanHref } from '@/app/book/short-address';
import type { Cadence } from '@/scheduling/cadence';
import type { BestFit } from './best-fits';
import type { CellHrefBase } from './cell-href';
import { type Cell, runLengths } from './grid';

// A page of times has hundreds of cells, and carries each twice: as HTML, and as what its script draws it from. So what
// is carried is only what is shown.

/** A cell in words. */
export interface CellLabels {
  on: string;
  time: string;
  when: string;
  who: string;
  open: string;
  isSeries: boolean;
  clashes: string;
  level: Cell['level'];
  /** Neighbours alike in one number: so many dates that are free, then so many that clash, and so on. */
  line: number[];
  /** Whom a press books with. */
  with: string;
}

interface LabelContext {
  names: Record<string, string>;
  cadence: Cadence;
  locale: string;
}

export function labelCell(cell: Cell, { names, cadence, locale }: LabelContext): CellLabels {
  return {
    on: cell.on,
    time: cell.time,
    when: sayCellTime(cell, cadence, locale),
    who: sayTherapists(cell.therapists, names),
    open: sayFreeCount(cell),
    isSeries: cell.sessions > 1,
    clashes: sayClashes(cell.clashes, locale),
    level: cell.level,
    line: runLengths(cell.line),
    with: cell.therapists[0] ?? '',
  };
}

/** One of the few that fit best, in words; of days on which nobody works it says so. */
export function labelBestFit(
  { therapists: [first = ''], line, clashes, ...cell }: Cell,
  { names, daysOff, locale }: { names: Record<string, string>; daysOff: string[]; locale: string },
): BestFit {
  return {
    ...cell,
    with: first,
    who: names[first] ?? '',
    line: runLengths(line),
    clashes: sayClashesInShort(clashes, daysOff, locale),
  };
}

/** A choice that has a key is one plan, whichever time it is moved to. */
export function cellHrefBaseOf(choice: BookingChoice, base: string): CellHrefBase {
  return { start: shortPlanHref(choice), base: choice.key ? '' : base };
}
