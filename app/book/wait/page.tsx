import type { Metadata } from 'next';
import { connection } from 'next/server';
import { loadBookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import type { QueryParams } from '@/app/book/query-params';
import { toDayPartBits } from '@/app/book/times/day-parts';
import { findDemoMailLink } from '@/app/find-demo-mail-link';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { WaitlistForm } from '@/components/waitlist/waitlist-form';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { canJoinWaitlistFor } from '@/db/waitlist/join-request-issues';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { addDays, weekdayOf } from '@/scheduling/day';
import { formatWallTime, formatWeekdayPlural } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { getDayPartBit, getPartOfDay } from '@/scheduling/waitlist-matching';
import { removeRepeatMark } from '@/scheduling/zone-conversion';
import { submitWaitlistRequest } from './actions';

export const metadata: Metadata = { title: 'Wait for a time', robots: { index: false } };

/** The usual number of days that a waitlist request looks ahead; clients may change it. */
const LOOK_DAYS = 56;

interface WaitPage {
  searchParams: Promise<QueryParams>;
}

/** For a reader who finds no time that fits: what they looked for is filled in. */
export default async function WaitPage({ searchParams }: WaitPage) {
  await connection();
  const { practice, offer, names, choice } = await loadBookingContext(await searchParams, Date.now());
  const goesOut = isMailEnabled();
  const services = offer.services.filter(canJoinWaitlistFor);
  const { standing, cadence, therapistId } = choice;
  const time = standing && removeRepeatMark(standing.time);
  const only =
    standing && time && cadence !== 'once'
      ? {
          value: `${standing.on} ${time}`,
          label: `${formatWeekdayPlural(standing.on)} at ${formatWallTime(time, practice.locale)}`,
        }
      : null;
  // A single date is waited for on its own day, in its part of the day.
  const single = cadence === 'once' ? standing : null;
  const untouched: WaitlistFormState = {
    values: {
      massage: `${choice.serviceId} ${choice.minutes}`,
      therapist: standing && standing.therapistId !== 'any' ? standing.therapistId : (therapistId ?? ''),
      cadence,
      sessions: String(cadence === 'once' ? choice.wanted : choice.sessions),
      from: single?.on ?? offer.today,
      until: single?.on ?? addDays(offer.today, Math.min(LOOK_DAYS, practice.windowDays)),
      only: only?.value ?? '',
      urgent: '',
      for: 'me',
      otherName: '',
      name: '',
      email: '',
      phone: '',
    },
    dayParts: single && time ? getDayPartBit(weekdayOf(single.on), getPartOfDay(time)) : toDayPartBits(choice.part),
    errors: {},
    problem: null,
    done: null,
    answer: 0,
  };
  return (
    <Shell practice={practice} current="book">
      <PageHeader
        title="Wait for a time"
        from={`When it becomes free we hold it for you, and ${goesOut ? 'write to' : 'call'} you. Nothing is booked before you say yes.`}
        crumbs={[{ href: bookingHref({ ...choice, standing: null, picks: {} }, 'time'), label: 'All times' }]}
      />
      {services.length === 0 ? (
        <Notice tone="quiet" title="There is no waiting list for now">
          Please <ContactPhrase practice={practice} />.
        </Notice>
      ) : (
        <WaitlistForm
          action={submitWaitlistRequest}
          untouched={untouched}
          massages={services.flatMap(({ id, name, lengths }) =>
            lengths.map(({ minutes }) => ({ value: `${id} ${minutes}`, label: `${name}, ${minutes} minutes` })),
          )}
          therapists={offer.therapists.map(({ id }) => ({ id, name: names[id]! }))}
          only={only}
          maxSessions={practice.maxSessions}
          locale={practice.locale}
          practiceName={practice.name}
          sendsMail={goesOut}
          demoMail={await findDemoMailLink(practice)}
          reach={formatHowToContact(practice)}
        />
      )}
    </Shell>
  );
}
