import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatWallTime } from '@/scheduling/formatting';
import { TimeCell } from './time-cell';
import type { TimeCellHrefBase } from './time-cell-href';
import type { DayOfLabels } from './time-cell-labels';
import { groupTimesByDayPart } from './times-grid';

export interface TimesOfDayListProps {
  day: DayOfLabels;
  links: TimeCellHrefBase;
  chosen: { on: string; time: string } | null;
  locale: string;
}

/** The times of one day, hour by hour. */
export function TimesOfDayList({ day, links, chosen, locale }: TimesOfDayListProps) {
  return groupTimesByDayPart([day]).map(({ part, times: ofPart }) => (
    <div key={part}>
      <h4 className="pt-4 pb-1.5 text-small text-soft">{capitalizeFirstLetter(part)}</h4>
      <ul className="grid gap-[3px]">
        {day.cells
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
