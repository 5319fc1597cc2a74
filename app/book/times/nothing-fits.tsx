import type { ReactNode } from 'react';
import type { BookingContext } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import { sayCellTime } from '@/app/book/booking-wording';
import type { ShownDays } from '@/app/book/shown-days';
import { Notice } from '@/components/notice';
import { listSeriesDays } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import { sayDateWithoutWeekday, sayDay, sayHowToContact } from '@/scheduling/formatting';
import type { Cell } from './grid';

/** No time at all, or none for the whole series: what there is instead. */
export function NothingFits(props: { booking: BookingContext; window: ShownDays; best: Cell | undefined }) {
  const { booking, window, best } = props;
  const { choice, practice, offer, names } = booking;
  const { locale } = practice;
  if (best && best.open === best.sessions) return null;
  const later = window.later && (
    <a href={bookingHref(choice, 'time', { week: window.later, day: null })}>
      {choice.cadence === 'once'
        ? 'Later days'
        : `Start the week of ${sayDateWithoutWeekday(window.later, 'short', locale)}`}
    </a>
  );
  const runsOut = addDays(offer.today, practice.windowDays);
  const isTooLong =
    (listSeriesDays({ cadence: choice.cadence, firstOn: window.from, sessions: choice.sessions }).at(-1) ?? '') >
    runsOut;
  const others = choice.therapistId && (
    <a href={bookingHref(choice, 'time', { therapistId: null })}>Look with anyone</a>
  );
  const say = (title: string, text: string, link: ReactNode = later): ReactNode => (
    <div className="pb-10">
      <Notice tone="quiet" title={title}>
        <p>{text}</p>
        <p className="flex flex-wrap gap-x-6">
          {link}
          {others}
          <a href={waitlistHref({ ...choice, standing: null })}>Wait for a time</a>
        </p>
      </Notice>
    </div>
  );
  if (isTooLong) {
    return say(
      'That runs further ahead than we book',
      `We book until ${sayDay(runsOut, 'full', locale)}. Choose fewer sessions, or start earlier.`,
      <a href={bookingHref(choice, 'massage')}>Change the number of sessions</a>,
    );
  }
  if (!best) {
    const who = choice.therapistId ? ` with ${names[choice.therapistId]}` : '';
    return say(`No free time${who} on these days`, `Look a little later, or ${sayHowToContact(practice)}.`);
  }
  return say(
    `No time fits all ${best.sessions} on these days`,
    `${sayCellTime(best, choice.cadence, locale)} have ${best.open} of ${best.sessions}. Choose it and change the rest, or start later.`,
  );
}
