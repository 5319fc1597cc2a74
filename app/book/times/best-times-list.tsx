import { Section } from '@/components/section';
import { SeriesAvailabilityLine } from '@/components/series-availability-line';
import { type Cadence, listSeriesDays } from '@/scheduling/cadence';
import {
  formatDateWithoutWeekday,
  formatDay,
  formatDayRange,
  formatWallTime,
  formatWeekdayPlural,
} from '@/scheduling/formatting';
import { type TimeCellHrefBase, timeCellHref } from './time-cell-href';
import type { TimeCellData } from './times-grid';

/** One of the best times: `with` is the therapist it is booked with, `who` their name. */
export interface BestTime extends Pick<TimeCellData, 'on' | 'time' | 'open' | 'sessions' | 'level'> {
  with: string;
  who: string;
  /** In words: '24 Dec clashes'. */
  clashes: string;
  /** Run lengths of free and clashing dates, as for the line of a cell (`encodeRunLengths`). */
  line: number[];
}

/** The five best times, in words. */
export function BestTimesList(props: {
  best: BestTime[];
  plan: { cadence: Cadence; sessions: number; minutes: number };
  window: { from: string; weekB: string | null };
  /** The part of the day, where only that is shown. */
  among?: string | undefined;
  locale: string;
  links: TimeCellHrefBase;
}) {
  const { best, window, among, locale, links } = props;
  const { cadence, sessions, minutes } = props.plan;
  const isOneADay = new Set(best.map(({ on }) => on)).size === best.length;
  const aside = window.weekB
    ? `Week A starts ${formatDateWithoutWeekday(window.from, 'short', locale)}, week B ${formatDateWithoutWeekday(window.weekB, 'short', locale)}.`
    : `${sessions === 1 ? 'The soonest' : 'The most free dates'}${isOneADay ? ', on different days' : ' first'}.`;
  return (
    <Section title="Best fits" aside={among ? `${among}. ${aside}` : aside} id="best">
      <ul className="@container border-t border-ink">
        {best.map((cell) => {
          const last = listSeriesDays({ cadence, firstOn: cell.on, sessions }).at(-1) ?? cell.on;
          const week = window.weekB ? (cell.on < window.weekB ? 'week A, ' : 'week B, ') : '';
          return (
            <li key={`${cell.on}${cell.time}`} className="border-b border-line">
              <a
                href={timeCellHref(links, cell)}
                className={`group grid items-baseline gap-x-4 pt-3.5 pb-3 text-ink no-underline hover:text-ink @min-[14rem]:grid-cols-[minmax(0,1fr)_auto] ${
                  cadence === 'once'
                    ? '@min-[40rem]:grid-cols-[minmax(0,1fr)_6rem_4rem_5rem]'
                    : window.weekB
                      ? '@min-[40rem]:grid-cols-[minmax(0,1fr)_14rem_6rem_4rem]'
                      : '@min-[40rem]:grid-cols-[minmax(0,1fr)_13rem_6rem_4rem]'
                }`}
              >
                <span className="font-serif text-item font-medium tracking-[-0.005em] group-hover:underline group-hover:decoration-1">
                  {cadence === 'once' ? formatDay(cell.on, 'long', locale) : formatWeekdayPlural(cell.on)} at{' '}
                  {formatWallTime(cell.time, locale)} <span className="font-normal text-soft">with {cell.who}</span>
                </span>
                <span className="text-small @min-[14rem]:col-start-1 text-soft @min-[40rem]:col-start-2 @min-[40rem]:row-start-1 @min-[40rem]:text-ui">
                  {cadence === 'once' ? `${minutes} minutes` : `${week}${formatDayRange(cell.on, last, locale)}`}
                  {cell.clashes && <span className="block text-small text-clay">{cell.clashes}</span>}
                </span>
                <span className="font-semibold whitespace-nowrap text-euc-deep @min-[14rem]:col-start-2 @min-[14rem]:row-start-1 @min-[14rem]:text-right @min-[40rem]:col-start-3 @min-[40rem]:text-left">
                  {cell.sessions === 1
                    ? 'free'
                    : cell.open === cell.sessions
                      ? `all ${cell.sessions}`
                      : `${cell.open} of ${cell.sessions}`}
                  {cell.sessions > 1 && (
                    <span
                      aria-hidden="true"
                      className="mt-1.5 block w-20 text-euc @min-[14rem]:ml-auto @min-[40rem]:ml-0"
                    >
                      <SeriesAvailabilityLine line={cell.line} />
                    </span>
                  )}
                </span>
                <span className="col-start-4 row-start-1 hidden text-right text-small text-euc underline underline-offset-[0.2em] @min-[40rem]:inline">
                  Choose
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
