import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { bookingHref } from '@/app/book/booking-url';
import { UnknownTime } from '@/app/book/dates/dates-step';
import { sayTooClose, sayTotals } from '@/app/book/dates/totals';
import { type Booking, loadDates, withRepairs } from '@/app/book/load';
import { sayStanding } from '@/app/book/wording';
import { ContactLinks } from '@/components/contact-links';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { getHold, HELD_DATES } from '@/db/booking/holds';
import { isKeyUsed } from '@/db/booking/idempotency';
import { sayCount, sayHouseRules, sayMinutes, sayTime } from '@/scheduling/wording';
import { BookForm } from './book-form';

export async function DetailsStep({ booking }: { booking: Booking }) {
  const { choice, practice, offer, names, question, planKey } = booking;
  if (planKey && (await isKeyUsed(planKey))) return <BookedAlready booking={booking} />;
  const rows = await loadDates(booking);
  if (!rows || !choice.standing) return <UnknownTime href={bookingHref(choice, 'time')} />;

  const heldUntil = planKey ? await getHold(planKey, booking.now) : null;
  const totals = sayTotals(rows, choice.minutes, offer.services, practice);
  // Nobody should type their name for nothing.
  if (totals.count === 0) redirect(bookingHref(choice, 'dates'));
  const plan = `${sayStanding(choice, practice.locale)} with ${names[choice.standing.therapistId]}, ${choice.minutes} minutes.`;
  return (
    <>
      <Opening
        takesFocus
        title="Your name and e-mail"
        from={
          <>
            <b>{plan}</b> {totals.heading}, paid at {totals.count === 1 ? 'the visit' : 'each visit'}.{' '}
            <a href={bookingHref(choice, 'dates')}>See every date</a>
            {heldUntil && (
              <>
                {' '}
                Held for you until {sayTime(practice.timeZone, heldUntil, practice.locale)}
                {totals.count > HELD_DATES && ` (the first ${sayCount(HELD_DATES)} dates)`}.
              </>
            )}
          </>
        }
      />
      <BookForm
        address={bookingHref({ ...withRepairs(choice, rows), key: choice.key ?? randomUUID() }, 'you')}
        rows={rows}
        score={question && { slug: question.slug, of: question.score.of }}
        timeZone={practice.timeZone}
        locale={practice.locale}
        practice={{ name: practice.name, phone: practice.phone, sendsMail: Boolean(process.env.SMTP_URL) }}
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
function BookedAlready({ booking: { choice, practice } }: { booking: Booking }) {
  return (
    <>
      <Opening title="This plan is booked already" />
      <div className="pb-10">
        <Notice tone="good" title={sayStanding(choice, practice.locale)}>
          <p>
            Your dates, and the link to change them, are in your mail. Or <ContactLinks practice={practice} />.
          </p>
          <p className="flex flex-wrap gap-x-6">
            <a href="/manage">Send me my link again</a>
            <a href={bookingHref(choice, 'time', { standing: null, key: null })}>Book another time</a>
          </p>
        </Notice>
      </div>
    </>
  );
}
