import type { BookingContext } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import { formatList, formatSecondMassage } from '@/app/book/booking-wording';
import type { ShownDays } from '@/app/book/get-shown-days';
import { canComeAsTwo } from '@/app/book/side-by-side';
import { ContactPhrase } from '@/components/contact-phrase';
import { VisitorZoneNote } from '@/components/visitor-time';
import { listSeriesDays } from '@/scheduling/cadence';
import { addDays, daysBetween, listDays } from '@/scheduling/day';
import { formatDateWithoutWeekday, formatWeekdayPlural, formatZoneCity } from '@/scheduling/formatting';
import { toInstant } from '@/scheduling/zone-conversion';
import type { ShownTimes } from './load-times';

/** Below the times: days without any, the zone, and where to go on if nothing suits. */
export function TimesNotes({ booking, times }: { booking: BookingContext; times: ShownTimes }) {
  const { choice, practice, offer } = booking;
  const { locale } = practice;
  const { window, grid, best, daysOff } = times;
  const second = formatSecondMassage(choice, offer.services);
  const { cadence, sessions } = choice;
  const ends = listSeriesDays({ cadence, firstOn: addDays(window.until, -1), sessions }).at(-1) ?? window.until;
  const closed = daysOff
    .filter((on) => on >= window.from && on <= ends)
    .map((on) => formatDateWithoutWeekday(on, 'short', locale));
  const without = daysOf(window).filter((on) => !grid.days.some((shown) => shown.on === on));
  return (
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
  );
}

function daysOf({ from, until }: ShownDays): string[] {
  return listDays(from, Math.min(daysBetween(from, until), 7));
}
