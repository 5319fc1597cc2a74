import type { ReactNode } from 'react';
import { bookingHref, waitHref } from '@/app/book/booking-url';
import type { Booking } from '@/app/book/load';
import type { ShownDays } from '@/app/book/weeks';
import { sayWhen } from '@/app/book/wording';
import { Notice } from '@/components/notice';
import { datesOf } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import { sayDate, sayDay, sayReach } from '@/scheduling/wording';
import type { Cell } from './grid';

/** No time at all, or none for the whole series: what there is instead. */
export function NothingFits(props: { booking: Booking; window: ShownDays; best: Cell | undefined }) {
  const { booking, window, best } = props;
  const { choice, practice, offer, names } = booking;
  const { locale } = practice;
  if (best && best.open === best.sessions) return null;
  const later = window.later && (
    <a href={bookingHref(choice, 'time', { week: window.later, day: null })}>
      {choice.cadence === 'once' ? 'Later days' : `Start the week of ${sayDate(window.later, 'short', locale)}`}
    </a>
  );
  const runsOut = addDays(offer.today, practice.windowDays);
  const isTooLong =
    (datesOf({ cadence: choice.cadence, firstOn: window.from, sessions: choice.sessions }).at(-1) ?? '') > runsOut;
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
          <a href={waitHref({ ...choice, standing: null })}>Wait for a time</a>
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
    return say(`No free time${who} on these days`, `Look a little later, or ${sayReach(practice)}.`);
  }
  return say(
    `No time fits all ${best.sessions} on these days`,
    `${sayWhen(best, choice.cadence, locale)} have ${best.open} of ${best.sessions}. Choose it and change the rest, or start later.`,
  );
}
