'use client';

import type { Cadence } from '@/scheduling/cadence';
import { capitalizeFirstLetter, formatWallTime } from '@/scheduling/formatting';
import { decodeTimeCells, type EncodedTimeCells } from './encode-time-cells';
import { TimeCell } from './time-cell';
import type { TimeCellHrefBase } from './time-cell-href';
import { groupTimesByDayPart } from './times-grid';

export interface TimesOfDayListProps {
  /** The times of one day. */
  times: EncodedTimeCells;
  links: TimeCellHrefBase;
  chosen: { on: string; time: string } | null;
  cadence: Cadence;
  locale: string;
}

/** The times of one day, hour by hour. The browser's script draws it from compact data, as it draws the table. */
export function TimesOfDayList({ times, links, chosen, cadence, locale }: TimesOfDayListProps) {
  const days = decodeTimeCells(times, { cadence, locale });
  const cells = days.flatMap((day) => day.cells);
  return groupTimesByDayPart(days).map(({ part, times: ofPart }) => (
    <div key={part}>
      <h4 className="pt-4 pb-1.5 text-small text-soft">{capitalizeFirstLetter(part)}</h4>
      <ul className="grid gap-[3px]">
        {cells
          .filter(({ time }) => ofPart.includes(time))
          .map((cell) => (
            <li key={cell.time}>
              <TimeCell
                cell={cell}
                links={links}
                clock={formatWallTime(cell.time, locale)}
                isChosen={chosen?.on === cell.on && chosen.time === cell.time}
                shape="day"
              />
            </li>
          ))}
      </ul>
    </div>
  ));
}
