import type { Metadata } from 'next';
import { connection } from 'next/server';
import { DatesStep } from '@/app/book/dates/dates-step';
import { DetailsStep } from '@/app/book/details/details-step';
import { MassageStep } from '@/app/book/massage/massage-step';
import { TimesStep } from '@/app/book/times/times-step';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import type { Practice } from '@/db/practice/practice';
import { forgetOwnPlans } from './actions';
import { bookingSteps } from './booking-choice';
import { loadBookingContext } from './booking-context';
import { BookingSteps } from './booking-steps';
import type { QueryParams } from './query-params';
import { expandShortParams } from './short-booking-url';

const titles = {
  massage: 'Which massage, and how often?',
  time: 'Choose your regular time',
  dates: 'Your dates',
  you: 'Your dates and you',
};

interface BookPage {
  searchParams: Promise<QueryParams>;
}

export async function generateMetadata({ searchParams }: BookPage): Promise<Metadata> {
  const title = titleOf(expandShortParams(await searchParams));
  // The plain page may be indexed; the choices of one reader should not be.
  return {
    title,
    description: 'Book a massage once, or the same time every week for a whole series.',
    alternates: { canonical: '/book' },
  };
}

/** Gives no reason, because somebody else may see this screen. */
function LeftOut({ practice }: { practice: Practice }) {
  return (
    <div className="pt-6">
      <Notice tone="quiet" title="Some choices are left out for you">
        <p>
          The page of your dates says which, and why. To book one of them, <ContactPhrase practice={practice} />.
        </p>
        <ActionForm action={forgetOwnPlans}>
          <Button kind="plain" slim>
            I’m someone else: show everything
          </Button>
        </ActionForm>
      </Notice>
    </div>
  );
}

/** Without a chosen time the times are shown instead of the dates. */
function titleOf(params: QueryParams): string {
  const requested = bookingSteps.find((step) => step === params.step) ?? 'massage';
  const hasTime = [params.on, params.time, params.with].every((text) => typeof text === 'string');
  const step = requested === 'massage' || hasTime ? requested : 'time';
  return step === 'time' && params.cadence === 'once' ? 'Choose a time' : titles[step];
}

export default async function BookPage({ searchParams }: BookPage) {
  await connection();
  const params = expandShortParams(await searchParams);
  const booking = await loadBookingContext(params, Date.now());
  const { practice, offer, choice } = booking;
  if (offer.services.length === 0) {
    return (
      <Shell practice={practice} current="book">
        <PageHeader title={booking.isLimited ? 'Please talk to us first' : 'Nothing to book yet'} />
        {booking.isLimited ? (
          <LeftOut practice={practice} />
        ) : (
          <Notice tone="quiet" title="No massage is offered online for now">
            Please <ContactPhrase practice={practice} />.
          </Notice>
        )}
      </Shell>
    );
  }
  return (
    <Shell practice={practice} current="book" under={<BookingSteps choice={choice} />}>
      {booking.isLimited && <LeftOut practice={practice} />}
      {choice.step === 'massage' && <MassageStep booking={booking} />}
      {choice.step === 'time' && <TimesStep booking={booking} />}
      {choice.step === 'dates' && <DatesStep booking={booking} isBack={params.lost === '1'} />}
      {choice.step === 'you' && <DetailsStep booking={booking} requestedUntil={params.held} />}
    </Shell>
  );
}
