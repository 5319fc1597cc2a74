import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { EmailedLinkPage } from '@/app/manage/emailed-link-page';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Section } from '@/components/section';
import { getPractice, type Practice } from '@/db/practice/practice';
import { findOfferByLink, type OfferView } from '@/db/waitlist/waitlist-link-views';
import { capitalizeFirstLetter, formatAllOf, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDayAtTime, formatTime, formatZoneCity } from '@/scheduling/formatting';
import { acceptOfferByLink, declineOfferByLink } from './actions';
import { describeWhyOfferEnded } from './describe-why-offer-ended';

export const metadata: Metadata = { title: 'A time is held for you' };

interface OfferPage {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

/** Shows the time that is held; only its buttons answer, because mail programs open links before their readers do. */
export default async function OfferPage({ params, searchParams }: OfferPage) {
  await connection();
  const [{ token }, { flash }] = await Promise.all([params, searchParams]);
  const [practice, offer] = await Promise.all([getPractice(), findOfferByLink(token)]);
  if (!offer) notFound();
  const isOpen = offer.answer === null && offer.expiresAt > Date.now();
  if (!isOpen) return <Ended practice={practice} offer={offer} />;
  const { timeZone, locale } = practice;
  const count = offer.starts.length;
  const until = formatTime(timeZone, offer.expiresAt, locale);
  return (
    <EmailedLinkPage
      practice={practice}
      isBusy={flash === 'busy'}
      title={
        count === 1
          ? 'A time is held for you'
          : `${capitalizeFirstLetter(formatNumberInWords(count))} dates are held for you`
      }
      from={
        <>
          {offer.service}, {offer.minutes} minutes, with <b>{offer.therapist}</b>
          {offer.forClient !== null && (
            <>
              , for <bdi>{offer.forClient}</bdi>
            </>
          )}
          . Held until <b>{until}</b>, then we offer it to the next person.
        </>
      }
    >
      <Section title={count === 1 ? 'The time' : 'The dates'} aside={`Times are ${formatZoneCity(timeZone)}.`}>
        <Dates practice={practice} starts={offer.starts} />
        {offer.swaps !== null && (
          <p className="mt-4 max-w-measure">
            It is in place of {formatDayAtTime(practice.timeZone, offer.swaps, 'long', practice.locale)}, which you then
            no longer have.
          </p>
        )}
        {offer.isSkipped && (
          <p className="mt-4 max-w-measure">
            {offer.forClient === null ? 'You had skipped it. Your' : 'It had been skipped. The'} other dates stay as
            they are.
          </p>
        )}
        <div className="mt-6 flex flex-wrap gap-3">
          <ActionForm action={acceptOfferByLink}>
            <input type="hidden" name="token" value={token} />
            <Button broad>
              {offer.swaps === null ? (count === 1 ? 'Yes, book it' : `Yes, book ${formatAllOf(count)}`) : 'Yes, swap'}
            </Button>
          </ActionForm>
          <ActionForm action={declineOfferByLink}>
            <input type="hidden" name="token" value={token} />
            <Button kind="plain" broad>
              No, thank you
            </Button>
          </ActionForm>
        </div>
      </Section>
    </EmailedLinkPage>
  );
}

function Ended({ practice, offer }: { practice: Practice; offer: OfferView }) {
  if (offer.answer === 'accepted' && offer.manageToken)
    return (
      <EmailedLinkPage practice={practice} title="It is yours">
        <div className="pb-10">
          <p className="mb-6 max-w-measure">You said yes, and it is booked.</p>
          <ButtonLink href={`/manage/${offer.manageToken}`}>See your dates</ButtonLink>
        </div>
      </EmailedLinkPage>
    );
  if (offer.answer === 'declined')
    return (
      <EmailedLinkPage practice={practice} title="Thank you for telling us">
        <div className="pb-10">
          <p className="max-w-measure">
            This time is free for others again.{' '}
            {!offer.isSkipped && 'You stay on the waiting list, and we write again when another suits you.'}
          </p>
        </div>
      </EmailedLinkPage>
    );
  return (
    <EmailedLinkPage practice={practice} title="This time is no longer held">
      <div className="pb-10">
        <p className="mb-6 max-w-measure" id="flash" tabIndex={-1}>
          Nothing was booked. {describeWhyOfferEnded(offer.answer)}{' '}
          {!offer.isSkipped && 'You stay on the waiting list unless you left it.'} Choose another time, or{' '}
          <ContactPhrase practice={practice} />.
        </p>
        <ButtonLink href="/book">See what is free</ButtonLink>
      </div>
    </EmailedLinkPage>
  );
}

function Dates({ practice, starts }: { practice: Practice; starts: number[] }) {
  return (
    <ol className="max-w-[46rem] border-b border-line">
      {starts.map((start) => (
        <li key={start} className="border-t border-line py-2.5 font-serif text-[1.0625rem] leading-6 font-medium">
          {formatDayAtTime(practice.timeZone, start, 'long', practice.locale)}
        </li>
      ))}
    </ol>
  );
}
