import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatDateWithoutWeekday, formatWallTime, formatWeekday } from '@/scheduling/formatting';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { EmptyTimeCell, TimeCell } from './time-cell';
import type { TimeCellHrefBase } from './time-cell-href';
import type { DayOfLabels } from './time-cell-labels';
import { groupTimesByDayPart, partAnchorId } from './times-grid';

interface TimesTableProps {
  /** One group of days, or week A and week B. */
  weeks: { title?: string; aside?: string | undefined; days: DayOfLabels[] }[];
  caption: string;
  links: TimeCellHrefBase;
  chosen: { on: string; time: string } | null;
  isSeries: boolean;
  locale: string;
}

/**
 * Days across and hours down, for pages wide enough for a week. With script it is one stop of the Tab key, and the arrow
 * keys go from cell to cell (browser/arrow-keys.ts).
 */
export function TimesTable(props: TimesTableProps) {
  const isDuo = props.weeks.length > 1;
  const className = `times ${isDuo ? 'duo' : 'week'} -mx-[3px] hidden w-[calc(100%+6px)] table-fixed border-separate border-spacing-[3px] [&_tbody_td]:p-0 ${isDuo ? 'board:table [&_tbody_td]:h-[58px]' : 'wide:table [&_tbody_td]:h-[46px]'}`;
  return (
    <table data-arrow-keys="cells" className={className}>
      <CaptionAndCells {...props} />
    </table>
  );
}

function CaptionAndCells({ weeks, caption, links, chosen, isSeries, locale }: TimesTableProps) {
  const isDuo = weeks.length > 1;
  const rows = groupTimesByDayPart(weeks.flatMap(({ days }) => days));
  const columns = weeks.reduce((sum, { days }) => sum + days.length, 0) + weeks.length;
  const hours = getLocaleDateConventions(locale).halves ? 'w-[5.5rem]' : 'w-[4rem]';
  const head = 'border-b border-ink pb-2 text-left align-bottom font-serif font-medium';
  return (
    <>
      <caption className="sr-only">{caption}</caption>
      <thead>
        {isDuo && (
          <tr>
            <td className={hours} />
            {weeks.map((week, index) => [
              index > 0 && <td key="gap" className="w-5" />,
              <th
                key={week.title}
                colSpan={week.days.length}
                scope="colgroup"
                className="pb-3 pl-1.5 text-left font-serif text-hang font-medium"
              >
                {week.title}
                <span className="mt-0.5 block font-sans text-small font-normal text-soft">{week.aside}</span>
              </th>,
            ])}
          </tr>
        )}
        <tr>
          <td className={hours} />
          {weeks.map(({ days }, index) => [
            index > 0 && <td key="gap" className="w-5" />,
            ...days.map(({ on, cells }) => {
              const weekday = formatWeekday(on);
              return (
                <th
                  key={on}
                  scope="col"
                  className={`${head} ${isDuo ? 'pl-1.5 text-ui' : 'pl-2.5 text-[1.125rem] leading-6'}`}
                >
                  {isDuo ? (
                    <>
                      <span aria-hidden="true">{weekday?.slice(0, 3)}</span>
                      <span className="sr-only">{weekday}</span>
                    </>
                  ) : (
                    weekday
                  )}
                  <span className="block font-sans text-tiny font-normal text-soft">
                    {isSeries && !isDuo ? 'from ' : ''}
                    {formatDateWithoutWeekday(on, 'short', locale)}
                    <span className={isDuo ? 'sr-only' : ''}>
                      , {cells.length} {cells.length === 1 ? 'time' : 'times'}
                    </span>
                  </span>
                </th>
              );
            }),
          ])}
        </tr>
      </thead>
      {rows.map((group) => (
        <tbody key={group.part} id={partAnchorId(group.part)}>
          <tr>
            <th
              colSpan={columns}
              scope="rowgroup"
              className="pt-4 pb-1 text-left font-serif text-[1.0625rem] font-medium"
            >
              {capitalizeFirstLetter(group.part)}
            </th>
          </tr>
          {group.times.map((time) => (
            <tr key={time}>
              <th
                scope="row"
                className={`pr-2.5 text-right align-middle text-small leading-none font-[450] ${time.endsWith(':00') ? 'text-ink' : 'text-soft'}`}
              >
                {formatWallTime(time, locale)}
              </th>
              {weeks.map(({ days }, index) => [
                index > 0 && <td key="gap" />,
                ...days.map(({ on, cells }) => {
                  const cell = cells.find((cell) => cell.time === time);
                  if (!cell) return <EmptyTimeCell key={on} />;
                  return (
                    <td key={on}>
                      <TimeCell
                        cell={cell}
                        links={links}
                        isChosen={chosen?.on === on && chosen.time === time}
                        shape="table"
                      />
                    </td>
                  );
                }),
              ])}
            </tr>
          ))}
        </tbody>
      ))}
    </>
  );
}
