import type { BookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import { formatLowestTotalCost, formatSecondMassage } from '@/app/book/booking-wording';
import { filterTherapistsGivingAll } from '@/app/book/side-by-side';
import { PageHeader } from '@/components/page-header';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatCadence } from '@/scheduling/formatting';
import { AllTimes } from './all-times';
import { BestTimesList } from './best-times-list';
import { dayPartNames, formatDayPart, listDayPartOptions } from './day-parts';
import { loadTimes } from './load-times';
import { NoTimesInDayPartNotice, NoTimesNotice } from './no-times-notice';
import { TimeAndTherapistFilter } from './time-and-therapist-filter';
import { buildBestTime } from './time-cell-labels';
import { listBestCells, type TimesGridDayData } from './times-grid';

/** The second step of booking: the best of the times, and all of them. */
export async function TimesStep({ booking }: { booking: BookingContext }) {
  const { choice, practice } = booking;
  const { locale } = practice;
  const { cadence, sessions, minutes } = choice;
  const times = await loadTimes(booking);
  const { window, grid, part, fitting, best, daysOff, names } = times;
  return (
    <>
      <Heading booking={booking} />
      <TimeAndTherapistFilter {...toFilterFields(booking, best ? grid.days : null)} />
      <NoTimesNotice booking={booking} window={window} best={best} />
      {best && part !== choice.part && <NoTimesInDayPartNotice booking={booking} window={window} />}
      {best && part === choice.part && (
        <BestTimesList
          best={listBestCells(fitting).map((cell) => buildBestTime(cell, { names, daysOff, locale }))}
          among={part === 'all' ? undefined : formatDayPart(part, locale)}
          plan={{ cadence, sessions, minutes }}
          window={{ from: window.from, weekB: window.weekB }}
          locale={locale}
          links={times.links}
        />
      )}
      <AllTimes booking={booking} times={times} />
    </>
  );
}

function Heading({ booking: { choice, practice, offer, names } }: { booking: BookingContext }) {
  const { cadence, sessions, minutes, therapistId } = choice;
  const givers = filterTherapistsGivingAll(choice.ladder, offer);
  const namedId = therapistId ?? (givers.length === 1 ? givers[0]!.id : null);
  const second = formatSecondMassage(choice, offer.services);
  return (
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
          , with {namedId ? names[namedId] : 'anyone'}
          {choice.isForTwo && therapistId && ' and a colleague'}.{' '}
          {capitalizeFirstLetter(formatLowestTotalCost(choice, offer, practice))}
          {sessions > 1 && ' in total'}. <a href={bookingHref(choice, 'massage')}>Change</a>
        </>
      }
    />
  );
}

/**
 * The first questions: when, and with whom where there are several therapists. Without any time, "when" is not asked.
 */
function toFilterFields({ choice, offer, names }: BookingContext, days: TimesGridDayData[] | null) {
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
