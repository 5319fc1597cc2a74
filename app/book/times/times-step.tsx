import { randomUUID } from 'node:crypto';
import { type BookingContext, getOwnHoldParam } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import { formatCost, formatGiverNames, formatList, formatSecondMassage } from '@/app/book/booking-wording';
import { getShownDays, type ShownDays } from '@/app/book/get-shown-days';
import { encodeTherapistsParam, parseTherapistsParam } from '@/app/book/query-params';
import { buildShortPlanHref } from '@/app/book/short-booking-url';
import { buildBesideQuery, canComeAsTwo, filterTherapistsGivingAll } from '@/app/book/side-by-side';
import { ContactPhrase } from '@/components/contact-phrase';
import { PageHeader } from '@/components/page-header';
import { VisitorZoneNote } from '@/components/visitor-time';
import { listStandingTimes } from '@/db/availability/standing-times';
import { findSeriesByIdempotencyKey } from '@/db/booking/idempotency';
import { listPracticeHolidays } from '@/db/practice/practice';
import { listSeriesDays } from '@/scheduling/cadence';
import { addDays, daysBetween } from '@/scheduling/day';
import {
  capitalizeFirstLetter,
  formatCadence,
  formatDateWithoutWeekday,
  formatWeekdayPlural,
  formatZoneCity,
} from '@/scheduling/formatting';
import { toInstant } from '@/scheduling/zone-conversion';
import { BestTimesList } from './best-times-list';
import { dayPartNames, filterByDayPart, formatDayPart, formatDayPartTimesLabel, listDayPartOptions } from './day-parts';
import { DAY_PLACEHOLDER } from './day-placeholder';
import { DayStripWithTimes } from './day-strip-with-times';
import { type DrawnDay, encodeTimeCells } from './encode-time-cells';
import { NoTimesInDayPartNotice, NoTimesNotice } from './no-times-notice';
import { formatShownWeeks, StartWeekLinks } from './start-week-links';
import { TimeAndTherapistFilter } from './time-and-therapist-filter';
import { buildBestTime, buildTimeCellHrefBase, buildTimeCellLabels } from './time-cell-labels';
import {
  buildTimesGrid,
  chooseInitialDay,
  countTimes,
  listBestCells,
  type TimesGrid,
  type TimesGridDayData,
} from './times-grid';
import { TimesLegend } from './times-legend';
import { TimesTable } from './times-table';

export async function TimesStep({ booking }: { booking: BookingContext }) {
  const { choice, practice, offer, names, now } = booking;
  const { locale } = practice;
  const { cadence, sessions, minutes, therapistId } = choice;
  const window = getShownDays({ cadence, week: choice.week, today: offer.today, windowDays: practice.windowDays });
  const [found, holidays] = await Promise.all([
    listStandingTimes(
      {
        serviceIds: choice.ladder,
        minutes,
        cadence,
        from: window.from,
        among: booking.among,
        isForTwo: choice.isForTwo,
        ...buildBesideQuery(choice),
        ...(therapistId ? { therapistId } : {}),
        ...getOwnHoldParam(booking),
      },
      now,
    ),
    listPracticeHolidays(),
  ]);
  const offered = (found.ok ? found.standingTimes : []).map((standing) => {
    return { ...standing, therapistId: encodeTherapistsParam(standing) };
  });
  const who = namesOfGivers(offered, names);
  const grid: TimesGrid = buildTimesGrid(offered, {
    from: window.from,
    until: window.until,
    notBefore: now + practice.noticeMinutes * 60_000,
    order: offer.therapists.map(({ id }) => id),
    everyStart: choice.everyStart,
  });

  const fitting = filterByDayPart(grid.days, choice.part);
  // Where no time fits the chosen part of the day, all times are shown.
  const part = hasCells(fitting) ? choice.part : 'all';
  const shownDays = part === 'all' ? grid.days : fitting;
  const day = chooseInitialDay(shownDays, [choice.day, choice.standing?.on]);
  const best = listBestCells(grid.days, 1)[0];
  const planKey = booking.planKey;
  const isBooked = planKey !== null && (await findSeriesByIdempotencyKey(planKey)) !== null;
  const links = buildTimeCellHrefBase(isBooked ? { ...choice, key: null } : choice, randomUUID().slice(0, 8));
  const chosen = choice.standing && { on: choice.standing.on, time: choice.standing.time };
  const drawn = (days: TimesGridDayData[]): DrawnDay[] =>
    days
      .filter(({ cells }) => cells.length > 0)
      .map(({ on, cells }) => ({
        on,
        cells: cells.map((cell) => buildTimeCellLabels(cell, { names: who, cadence, locale })),
      }));
  const second = formatSecondMassage(choice, offer.services);
  const daysOff = holidays.map(({ on }) => on);
  const ends = listSeriesDays({ cadence, firstOn: addDays(window.until, -1), sessions }).at(-1) ?? window.until;
  const closed = holidays
    .filter(({ on }) => on >= window.from && on <= ends)
    .map(({ on }) => formatDateWithoutWeekday(on, 'short', locale));
  const without = daysOf(window).filter((on) => !grid.days.some((shown) => shown.on === on));

  return (
    <>
      <PageHeader
        takesFocus="unlessHash"
        title={sessions === 1 ? 'Choose a time' : 'Choose your regular time'}
        from={
          <>
            <b>
              {sessions === 1 ? 'One session' : `${sessions} sessions, ${formatCadence(cadence)}`}, {minutes} minutes
              {choice.isForTwo && ', for two side by side'}
              {second && `, the second with ${second}`}
            </b>
            , with {therapistId ? names[therapistId] : 'anyone'}
            {choice.isForTwo && therapistId && ' and a colleague'}.{' '}
            {capitalizeFirstLetter(formatCost(choice, offer, practice))}
            {sessions > 1 && ' in total'}. <a href={bookingHref(choice, 'massage')}>Change</a>
          </>
        }
      />
      <TimeAndTherapistFilter {...suitLines(booking, best ? grid.days : null)} />
      <NoTimesNotice booking={booking} window={window} best={best} />
      {best && part !== choice.part && <NoTimesInDayPartNotice booking={booking} window={window} />}
      {best && part === choice.part && (
        <BestTimesList
          best={listBestCells(fitting).map((cell) => buildBestTime(cell, { names: who, daysOff, locale }))}
          among={part === 'all' ? undefined : formatDayPart(part, locale)}
          plan={{ cadence, sessions, minutes }}
          window={{ from: window.from, weekB: window.weekB }}
          locale={locale}
          links={links}
        />
      )}
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
            <DayStripWithTimes
              weeks={weeksOf(shownDays, window, locale).map(({ aside: _, days, ...week }) => ({
                ...week,
                days: days.map(countTimes),
              }))}
              locale={locale}
              shown={countTimes(day)}
              plan={{ cadence, sessions }}
              dayHref={
                choice.standing || choice.key
                  ? bookingHref(choice, 'time', { day: DAY_PLACEHOLDER })
                  : `${buildShortPlanHref(choice)}&day=${DAY_PLACEHOLDER}&step=time`
              }
              list={{ times: encodeTimeCells(drawn([day])), links, chosen, cadence }}
            />
            <TimesTable
              weeks={weeksOf(shownDays, window, locale)
                .map(({ days, ...week }) => ({ ...week, times: encodeTimeCells(drawn(days)) }))
                .filter(({ times }) => times.days.length > 0)}
              caption={`${sessions > 1 ? 'Regular times' : 'Times'}. ${formatShownWeeks(window, offer.today, locale)}. ${sessions > 1 ? 'Each cell says how many of your dates are free. ' : ''}The arrow keys go from cell to cell.`}
              links={links}
              chosen={chosen}
              isSeries={sessions > 1}
              cadence={cadence}
              locale={locale}
            />
            <div className="mt-6">
              <TimesLegend sessions={sessions} />
            </div>
          </>
        )}
        <p className="mt-4 text-small text-soft">
          {(grid.isThinned || choice.everyStart) && (
            <>
              <a
                href={`${bookingHref(choice, 'time', { everyStart: !choice.everyStart })}#times`}
                className="inline-flex min-h-11 items-center"
              >
                {choice.everyStart ? 'Show only the half hours' : 'Show the quarter hours too'}
              </a>
              <br />
            </>
          )}
          {without.length > 0 && best && <>No times on {formatList(without.map((on) => formatWeekdayPlural(on)))}. </>}
          {closed.length > 0 && <>Closed on {formatList(closed)}. </>}
          Times are {formatZoneCity(practice.timeZone)}.{' '}
          {choice.isForTwo ? (
            <>
              <a href={`${bookingHref(choice, 'massage')}#second`}>
                {second ? 'Change the massage of the second person' : 'The second person would like another massage'}
              </a>
              . Nothing that suits you both? <ContactPhrase practice={practice} capital />, or{' '}
              <a href={bookingHref(choice, 'time', { isForTwo: false, second: null, standing: null })}>
                look at times for one
              </a>
              .
            </>
          ) : (
            <>
              Nothing that suits you? <a href={waitlistHref({ ...choice, standing: null })}>Wait for a time</a>.
            </>
          )}
          {!choice.isForTwo && canComeAsTwo(choice.ladder, offer) && (
            <>
              {' '}
              Coming with somebody?{' '}
              <a href={bookingHref(choice, 'time', { isForTwo: true, standing: null })}>
                Look for times for two, side by side
              </a>
              .
            </>
          )}
          {best && (
            <VisitorZoneNote
              instant={toInstant(practice.timeZone, best.on, best.time)}
              timeZone={practice.timeZone}
              locale={locale}
            />
          )}
        </p>
      </section>
    </>
  );
}

/** The names of all who give one of these times; two who give it together are named together. */
function namesOfGivers(offered: { therapistId: string }[], names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    offered.map(({ therapistId: id }) => [id, formatGiverNames(parseTherapistsParam(id), names)]),
  );
}

/**
 * The first questions: when, and with whom where there are several therapists. Without any time, "when" is not asked.
 */
function suitLines({ choice, offer, names }: BookingContext, days: TimesGridDayData[] | null) {
  const people = filterTherapistsGivingAll(choice.ladder, offer);
  return {
    time: days && {
      href: bookingHref(choice, 'time', { part: 'all', day: null }),
      param: 'part',
      chosen: choice.part === 'all' ? '' : choice.part,
      chips: listDayPartOptions(days, choice.part).map((part) => ({
        key: part === 'all' ? '' : part,
        label: dayPartNames[part],
      })),
    },
    person:
      people.length > 1
        ? {
            href: bookingHref(choice, 'time', { therapistId: null, standing: null, day: null }),
            param: 'therapist',
            chosen: choice.therapistId ?? '',
            chips: [{ key: '', label: 'Anyone' }, ...people.map(({ id }) => ({ key: id, label: names[id] ?? '' }))],
          }
        : null,
  };
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

function hasCells(days: TimesGridDayData[]): boolean {
  return days.some(({ cells }) => cells.length > 0);
}

function daysOf(window: ShownDays): string[] {
  return Array.from({ length: Math.min(daysBetween(window.from, window.until), 7) }, (_, n) => addDays(window.from, n));
}
