import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { bookingHref, waitHref } from '@/app/book/booking-url';
import { pricedBy } from '@/app/book/dates/date-facts';
import { sayFree, UnknownTime } from '@/app/book/dates/dates-step';
import { holdDates } from '@/app/book/dates/hold-dates';
import { sayHeld } from '@/app/book/dates/hold-for';
import { type Booking, loadDates, withRepairs } from '@/app/book/load';
import { sayStanding } from '@/app/book/wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { FreshOnReturn } from '@/components/fresh-on-return';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { getManageToken } from '@/db/access/manage-tokens';
import { getHold } from '@/db/booking/holds';
import { findSeriesByIdempotencyKey } from '@/db/booking/idempotency';
import { sendsMail } from '@/mail/mail-server';
import { countryOf } from '@/questions/emergency-numbers';
import { sayHouseRules } from '@/scheduling/wording';
import { BookForm } from './book-form';
import { Hold } from './hold';
import { StopSigns } from './stop-signs';

/** `askedUntil`: until when the address says that the dates are held. It is believed of the past alone. */
export async function DetailsStep({ booking, askedUntil }: { booking: Booking; askedUntil: unknown }) {
  const { choice, practice, offer, names, question, planKey, again } = booking;
  const bookedId = planKey && (await findSeriesByIdempotencyKey(planKey));
  if (bookedId) return <BookedAlready booking={booking} manageHref={`/manage/${await getManageToken(bookedId)}`} />;
  const rows = await loadDates(booking);
  if (!rows || !choice.standing) return <UnknownTime href={bookingHref(choice, 'time')} />;

  // Nobody should type their name for nothing.
  if (rows.every(({ state }) => state === 'skipped')) redirect(bookingHref(choice, 'dates'));
  const heldUntil = again?.until ?? (planKey ? await getHold(planKey, booking.now) : null);
  const isOver = heldUntil === null && Number(askedUntil) > 0 && Number(askedUntil) <= booking.now;
  const isUnsettled = rows.some(({ state }) => state === 'clash');
  const asks = heldUntil === null && !isOver && !isUnsettled;
  const kept = rows.filter(({ state }) => state !== 'skipped').length;
  const plan = { ...withRepairs(choice, rows), key: choice.key ?? randomUUID() };
  const address = bookingHref(plan, 'you');
  const links = {
    dates: bookingHref(plan, 'dates'),
    time: bookingHref(plan, 'time'),
    massage: bookingHref(plan, 'massage'),
    wait: waitHref(choice),
  };
  const held = isOver
    ? { leftMs: 0, words: '' }
    : heldUntil && {
        leftMs: heldUntil - booking.now,
        words: sayHeld(booking, heldUntil, kept),
      };
  return (
    <>
      <FreshOnReturn />
      <PageHeader
        takesFocus
        title={sayStanding(plan, practice.locale)}
        from={
          <>
            With <b>{names[choice.standing.therapistId]}</b>, {choice.minutes} minutes{rows.length > 1 ? ' each' : ''}.{' '}
            {sayFree(rows)}{' '}
            <Hold key={`${address} ${heldUntil}`} {...{ address, given: held || null, asks }} isOne={kept === 1} />{' '}
            <a href={links.time}>Choose another time</a>
          </>
        }
      >
        {asks && (
          <noscript>
            <ActionForm action={holdDates} className="mt-4">
              <input type="hidden" name="address" value={address} />
              <Button kind="plain" slim>
                Hold {kept === 1 ? 'it' : 'them'} for {practice.holdMinutes} minutes while I fill in the form
              </Button>
            </ActionForm>
          </noscript>
        )}
      </PageHeader>
      <BookForm
        address={address}
        rows={rows}
        minutes={choice.minutes}
        services={offer.services.filter(({ id }) => rows.some(({ serviceId }) => serviceId === id))}
        signs={{
          list: <StopSigns question={question} country={countryOf(practice)} />,
          href: address.replace('/book', '/book/signs'),
        }}
        score={question && { slug: question.slug, of: question.score.of }}
        practice={{ ...pricedBy(practice), sendsMail: sendsMail() }}
        links={links}
        houseRules={sayHouseRules(practice)}
        now={booking.now}
      />
    </>
  );
}

/** Somebody came back, or has the page open twice: their own dates would look taken to them. */
function BookedAlready({ booking: { choice, practice }, manageHref }: { booking: Booking; manageHref: string }) {
  return (
    <>
      <PageHeader title="This plan is booked already" />
      <div className="pb-10">
        <Notice tone="good" title={sayStanding(choice, practice.locale)}>
          <p>
            Nothing is left to do. Your dates, and the link to change them, are in your e-mail too. Questions?{' '}
            <ContactPhrase practice={practice} capital />.
          </p>
          <p className="flex flex-wrap gap-x-6">
            <a href={manageHref}>See what is booked</a>
            <a href={bookingHref(choice, 'time', { standing: null, key: null })}>Book another time</a>
          </p>
        </Notice>
      </div>
    </>
  );
}
