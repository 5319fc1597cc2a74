import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { bookingHref } from '@/app/book/booking-url';
import { UnknownTime } from '@/app/book/dates/dates-step';
import { sayTooClose, sayTotals } from '@/app/book/dates/totals';
import { type Booking, loadDates, withRepairs } from '@/app/book/load';
import { sayHeldUntil, sayStanding } from '@/app/book/wording';
import { ContactLinks } from '@/components/contact-links';
import { FreshOnReturn } from '@/components/fresh-on-return';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { getManageToken } from '@/db/access/manage-tokens';
import { getHold } from '@/db/booking/holds';
import { findBookedWith } from '@/db/booking/idempotency';
import { sendsMail } from '@/mail/mail-server';
import { countryOf } from '@/questions/help';
import { sayCount, sayHouseRules, sayMinutes } from '@/scheduling/wording';
import { BookForm } from './book-form';
import { HeldUntil } from './held-until';
import { StopSigns } from './stop-signs';

/** `askedUntil`: until when the address says that the dates are held. It is believed of the past alone. */
export async function DetailsStep({ booking, askedUntil }: { booking: Booking; askedUntil: unknown }) {
  const { choice, practice, offer, names, question, planKey, again, heldDates } = booking;
  const bookedId = planKey && (await findBookedWith(planKey));
  if (bookedId) return <BookedAlready booking={booking} manageHref={`/manage/${await getManageToken(bookedId)}`} />;
  const rows = await loadDates(booking);
  if (!rows || !choice.standing) return <UnknownTime href={bookingHref(choice, 'time')} />;

  const heldUntil = again?.until ?? (planKey ? await getHold(planKey, booking.now) : null);
  const isOver = heldUntil === null && Number(askedUntil) > 0 && Number(askedUntil) <= booking.now;
  const totals = sayTotals(rows, choice.minutes, offer.services, practice);
  // Nobody should type their name for nothing.
  if (totals.count === 0) redirect(bookingHref(choice, 'dates'));
  const plan = `${sayStanding(choice, practice.locale)} with ${names[choice.standing.therapistId]}, ${choice.minutes} minutes.`;
  return (
    <>
      <FreshOnReturn />
      <Opening
        takesFocus
        title="Your name and e-mail"
        from={
          <>
            <b>{plan}</b> {totals.heading}, paid at {totals.count === 1 ? 'the visit' : 'each visit'}.{' '}
            <a href={bookingHref(choice, 'dates')}>See every date</a>
            {(heldUntil !== null || isOver) && (
              <>
                {' '}
                <HeldUntil
                  key={heldUntil}
                  leftMs={heldUntil === null ? 0 : heldUntil - booking.now}
                  held={
                    heldUntil === null
                      ? ''
                      : `Held for you until ${sayHeldUntil(practice, heldUntil, booking.now)}${totals.count > heldDates ? ` (the first ${sayCount(heldDates)} dates)` : ''}.`
                  }
                  isOne={totals.count === 1}
                />
              </>
            )}
          </>
        }
      />
      <BookForm
        address={bookingHref({ ...withRepairs(choice, rows), key: choice.key ?? randomUUID() }, 'you')}
        rows={rows}
        signs={{
          list: <StopSigns question={question} country={countryOf(practice)} />,
          href: bookingHref(choice, 'you').replace('/book', '/book/signs'),
        }}
        score={question && { slug: question.slug, of: question.score.of }}
        timeZone={practice.timeZone}
        locale={practice.locale}
        practice={{ name: practice.name, phone: practice.phone, sendsMail: sendsMail() }}
        links={{ dates: bookingHref(choice, 'dates'), time: bookingHref(choice, 'time') }}
        cutoffs={[
          `Cancel free until ${sayMinutes(practice.cancelCutoffMinutes)} before, move until ${sayMinutes(practice.moveCutoffMinutes)} before.`,
          sayTooClose(totals, practice, booking.now),
          sayHouseRules(practice),
        ]
          .filter(Boolean)
          .join(' ')}
      />
    </>
  );
}

/** Somebody came back, or has the page open twice: their own dates would look taken to them. */
function BookedAlready({ booking: { choice, practice }, manageHref }: { booking: Booking; manageHref: string }) {
  return (
    <>
      <Opening title="This plan is booked already" />
      <div className="pb-10">
        <Notice tone="good" title={sayStanding(choice, practice.locale)}>
          <p>
            Nothing is left to do. Your dates, and the link to change them, are in your e-mail too. Questions?{' '}
            <ContactLinks practice={practice} capital />.
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
