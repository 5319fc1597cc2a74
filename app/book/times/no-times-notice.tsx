import type { ReactNode } from 'react';
import type { BookingChoice } from '@/app/book/booking-choice';
import type { BookingContext } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import { formatCellDayAndTime } from '@/app/book/booking-wording';
import type { ShownDays } from '@/app/book/get-shown-days';
import { filterTherapistsGivingAll } from '@/app/book/side-by-side';
import { Notice } from '@/components/notice';
import { listSeriesDays } from '@/scheduling/cadence';
import { formatAllOf } from '@/scheduling/count-wording';
import { addDays } from '@/scheduling/day';
import { formatDateWithoutWeekday, formatDay } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { formatDayPartTimesLabel } from './day-parts';
import type { TimeCellData } from './times-grid';

/** There is no time at all, or none for the whole series: this offers other ways to book. */
export function NoTimesNotice(props: { booking: BookingContext; window: ShownDays; best: TimeCellData | undefined }) {
  const { booking, window, best } = props;
  const { choice, practice, offer, names } = booking;
  const { locale } = practice;
  if (best && best.open === best.sessions) return null;
  const later = laterLink(booking, window);
  const runsOut = addDays(offer.today, practice.windowDays);
  const isTooLong =
    (listSeriesDays({ cadence: choice.cadence, firstOn: window.from, sessions: choice.sessions }).at(-1) ?? '') >
    runsOut;
  const others = mayLookWithAnyone(booking) && (
    <a href={bookingHref(choice, 'time', { therapistId: null })}>Look with anyone</a>
  );
  const format = (title: string, text: string, link: ReactNode = later): ReactNode => (
    <div className="pb-10">
      <Notice tone="quiet" title={title}>
        <p>{text}</p>
        <p className="flex flex-wrap gap-x-6">
          {link}
          {others}
          <OtherWay choice={choice} />
        </p>
      </Notice>
    </div>
  );
  if (isTooLong) {
    return format(
      'That is further ahead than we take bookings',
      `We book until ${formatDay(runsOut, 'full', locale)}. Choose fewer sessions, or start earlier.`,
      <a href={bookingHref(choice, 'massage')}>Change the number of sessions</a>,
    );
  }
  if (!best) {
    const who = choice.therapistId ? ` with ${names[choice.therapistId]}` : '';
    return format(`No free time${who} on these days`, `Look a little later, or ${formatHowToContact(practice)}.`);
  }
  return format(
    `No time fits ${formatAllOf(best.sessions)} on these days`,
    `${formatCellDayAndTime(best, choice.cadence, locale)} have ${best.open} of ${best.sessions}. Choose it and change the rest, or start later.`,
  );
}

/** There are times, but none in the chosen part of the day. */
export function NoTimesInDayPartNotice({ booking, window }: { booking: BookingContext; window: ShownDays }) {
  const { choice, names } = booking;
  const who = choice.therapistId ? ` with ${names[choice.therapistId]}` : '';
  return (
    <section id="best" className="border-t border-line pt-8 pb-10">
      <Notice tone="quiet" title={`No free ${formatDayPartTimesLabel(choice.part)}${who} on these days`}>
        <p>
          {choice.isForTwo
            ? 'Choose another part of the day, or look later.'
            : 'Choose another part of the day, look later, or wait for a time: we tell you when one becomes free.'}
        </p>
        <p className="flex flex-wrap gap-x-6">
          <a href={`${bookingHref(choice, 'time', { part: 'all', day: null })}#suits`}>Any time of day</a>
          {laterLink(booking, window)}
          {mayLookWithAnyone(booking) && (
            <a href={`${bookingHref(choice, 'time', { therapistId: null })}#suits`}>Look with anyone</a>
          )}
          <OtherWay choice={choice} />
        </p>
      </Notice>
    </section>
  );
}

/** Whether somebody else than the chosen therapist gives these massages too. */
function mayLookWithAnyone({ choice, offer }: BookingContext): boolean {
  return choice.therapistId !== null && filterTherapistsGivingAll(choice.ladder, offer).length > 1;
}

/** One person may wait for a time. Two people cannot, so they are led to the times for one. */
function OtherWay({ choice }: { choice: BookingChoice }) {
  return choice.isForTwo ? (
    <a href={bookingHref(choice, 'time', { isForTwo: false, second: null, standing: null })}>Look at times for one</a>
  ) : (
    <a href={waitlistHref({ ...choice, standing: null })}>Wait for a time</a>
  );
}

function laterLink({ choice, practice }: BookingContext, { later }: ShownDays): ReactNode {
  return (
    later && (
      <a href={bookingHref(choice, 'time', { week: later, day: null })}>
        {choice.cadence === 'once'
          ? 'Later days'
          : `Start the week of ${formatDateWithoutWeekday(later, 'short', practice.locale)}`}
      </a>
    )
  );
}
