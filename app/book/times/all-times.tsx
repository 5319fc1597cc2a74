import type { BookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import type { ShownDays } from '@/app/book/get-shown-days';
import { buildShortPlanHref } from '@/app/book/short-booking-url';
import { PageScript } from '@/components/page-script';
import { addDays } from '@/scheduling/day';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { formatDayPartTimesLabel } from './day-parts';
import { DayStripWithTimes } from './day-strip-with-times';
import type { ShownTimes } from './load-times';
import { formatShownWeeks, StartWeekLinks } from './start-week-links';
import { buildTimeCellLabels, type DayOfLabels } from './time-cell-labels';
import { countTimes, groupTimesByDayPart, partAnchorId, type TimesGridDayData } from './times-grid';
import { TimesLegend } from './times-legend';
import { TimesNotes } from './times-notes';
import { TimesTable } from './times-table';

/** Every time of the days that are shown: a day at a time on a small screen, as a table where a week fits. */
export function AllTimes({ booking, times }: { booking: BookingContext; times: ShownTimes }) {
  const { choice, practice, offer } = booking;
  const { locale } = practice;
  const { sessions } = choice;
  const { window, grid, part, best, day } = times;
  return (
    <section id="times" tabIndex={-1} className="border-t border-line pt-8 outline-none">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2>All {formatDayPartTimesLabel(part)}</h2>
        <StartWeekLinks choice={choice} window={window} today={offer.today} locale={locale} />
      </div>
      {sessions > 1 && best && (
        <p className="mb-6 max-w-[44rem] text-small text-soft">
          Each number says how many of your {sessions} dates are free at that day and hour. Pick one with a clash too:
          you can change it on the next page.
        </p>
      )}
      {part !== 'all' && (
        <p className="mb-6 text-small text-soft">
          <a
            href={`${bookingHref(choice, 'time', { part: 'all', day: null })}#times`}
            className="inline-flex min-h-11 items-center"
          >
            Show all {grid.days.reduce((sum, { cells }) => sum + cells.length, 0)} times
          </a>
        </p>
      )}
      {day && (
        <>
          <SkipLinks times={times} />
          <StripAndTable booking={booking} times={times} day={day} />
          <div id="after-times" className="mt-6">
            <TimesLegend sessions={sessions} />
          </div>
        </>
      )}
      <TimesNotes booking={booking} times={times} />
      <PageScript name="times" />
    </section>
  );
}

/** With script the table is one stop of the Tab key; without, these lead past the times of an earlier part of the day. */
function SkipLinks({ times: { shownDays, window } }: { times: ShownTimes }) {
  const [, ...later] = groupTimesByDayPart(shownDays);
  return (
    <noscript>
      <p className={`mb-4 hidden flex-wrap gap-x-6 text-small ${window.weekB ? 'board:flex' : 'wide:flex'}`}>
        {later.map(({ part }) => (
          <a key={part} href={`#${partAnchorId(part)}`} className="inline-flex min-h-11 items-center">
            Go to the {part}
          </a>
        ))}
        <a href="#after-times" className="inline-flex min-h-11 items-center">
          Go past the times
        </a>
      </p>
    </noscript>
  );
}

function StripAndTable({
  booking: { choice, practice, offer },
  times: { window, shownDays, names, links },
  day,
}: {
  booking: BookingContext;
  times: ShownTimes;
  day: TimesGridDayData;
}) {
  const { locale } = practice;
  const { cadence, sessions } = choice;
  const chosen = choice.standing && { on: choice.standing.on, time: choice.standing.time };
  const weeks = weeksOf(shownDays, window, locale);
  const label = ({ on, cells }: TimesGridDayData): DayOfLabels => ({
    on,
    cells: cells.map((cell) => buildTimeCellLabels(cell, { names, cadence, locale })),
  });
  return (
    <>
      <DayStripWithTimes
        weeks={weeks.map(({ aside: _, days, ...week }) => ({ ...week, days: days.map(countTimes) }))}
        locale={locale}
        shown={countTimes(day)}
        plan={{ cadence, sessions }}
        dayHref={(on) =>
          choice.standing || choice.key
            ? bookingHref(choice, 'time', { day: on })
            : `${buildShortPlanHref(choice)}&day=${on}&step=time`
        }
        list={{ day: label(day), links, chosen }}
      />
      <TimesTable
        weeks={weeks
          .map(({ days, ...week }) => ({ ...week, days: days.filter(({ cells }) => cells.length > 0).map(label) }))
          .filter(({ days }) => days.length > 0)}
        caption={`${sessions > 1 ? 'Regular times' : 'Times'}. ${formatShownWeeks(window, offer.today, locale)}. ${sessions > 1 ? 'Each cell says how many of your dates are free. ' : ''}The arrow keys go from cell to cell.`}
        links={links}
        chosen={chosen}
        isSeries={sessions > 1}
        locale={locale}
      />
    </>
  );
}

function weeksOf(days: TimesGridDayData[], window: ShownDays, locale: string) {
  const { weekB } = window;
  if (!weekB) return [{ days, aside: undefined }];
  const week = (title: string, first: string, ofWeek: TimesGridDayData[]) => ({
    title,
    aside: `${[0, 14, 28].map((later) => formatDateWithoutWeekday(addDays(first, later), 'short', locale)).join(', ')} and on`,
    days: ofWeek,
  });
  return [
    week(
      'Week A',
      window.from,
      days.filter(({ on }) => on < weekB),
    ),
    week(
      'Week B',
      weekB,
      days.filter(({ on }) => on >= weekB),
    ),
  ].filter((entry) => entry.days.length > 0);
}
