import { formatCellDayAndTime, formatFreeCount } from '@/app/book/booking-wording';
import type { Cadence } from '@/scheduling/cadence';
import type { TimeCellLabels } from './time-cell-labels';
import { getAvailabilityLevel } from './times-grid';

// The page carries its cells twice: as HTML, and as data from which the browser's script draws them anew. Each cell is
// therefore only a few characters of data: its hour, its therapist, its line and its clashes. Therapist and clashes are
// numbers into a list.

export interface DrawnDay {
  on: string;
  cells: TimeCellLabels[];
}

export interface EncodedTimeCells {
  /** The therapist that a time is booked with, and the names of all who could give it. */
  givers: [id: string, who: string][];
  clashes: string[];
  /** `10:00|0|0,2,2|1;10:30|0|4|0`. */
  days: [on: string, cells: string][];
}

export function encodeTimeCells(days: DrawnDay[]): EncodedTimeCells {
  const givers = new Map<string, { at: number; giver: [string, string] }>();
  const clashes = new Map<string, number>();
  const numberOf = <K>(list: Map<K, number>, key: K) => {
    if (!list.has(key)) list.set(key, list.size);
    return list.get(key);
  };
  const giverOf = (cell: TimeCellLabels) => {
    const key = `${cell.with}|${cell.who}`;
    const known = givers.get(key) ?? { at: givers.size, giver: [cell.with, cell.who] };
    givers.set(key, known);
    return known.at;
  };
  const packed = days.map(({ on, cells }): [string, string] => [
    on,
    cells
      .map((cell) => [cell.time, giverOf(cell), cell.line.join(','), numberOf(clashes, cell.clashes)].join('|'))
      .join(';'),
  ]);
  return { givers: [...givers.values()].map(({ giver }) => giver), clashes: [...clashes.keys()], days: packed };
}

export function decodeTimeCells(
  { givers, clashes, days }: EncodedTimeCells,
  { cadence, locale }: { cadence: Cadence; locale: string },
): DrawnDay[] {
  return days.map(([on, cells]) => ({
    on,
    cells: cells.split(';').flatMap((cell): TimeCellLabels[] => {
      const [time = '', giver, line = '', clash] = cell.split('|');
      if (!time) return [];
      const [id, who] = givers[Number(giver)] ?? ['', ''];
      const stretches = line.split(',').map(Number);
      const sessions = sum(stretches);
      const open = sum(stretches.filter((_, at) => at % 2 === 0));
      return [
        {
          on,
          time,
          when: formatCellDayAndTime({ on, time }, cadence, locale),
          who,
          open: formatFreeCount({ open, sessions }),
          isSeries: sessions > 1,
          clashes: clashes[Number(clash)] ?? '',
          level: getAvailabilityLevel(open, sessions),
          line: stretches,
          with: id,
        },
      ];
    }),
  }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
