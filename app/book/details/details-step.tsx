import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import type { BookingChoice } from '@/app/book/booking-choice';
import { type BookingContext, keepValidRepairs, loadDateRows } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import {
  formatChosenTime,
  formatGiverNames,
  formatList,
  formatNotHeld,
  formatSecondMassage,
  formatServiceNameInSentence,
  getServiceNameById,
} from '@/app/book/booking-wording';
import { pickSummaryPractice } from '@/app/book/dates/booking-summary';
import { TimeNotBookable } from '@/app/book/dates/dates-step';
import { holdDates } from '@/app/book/dates/hold-dates-action';
import { formatDatesHeldUntil } from '@/app/book/dates/hold-dates-of-form';
import { findReturningBooker } from '@/app/book/own-plans-cookie';
import { getSecondPlan, hasOwnMassage } from '@/app/book/side-by-side';
import { findDemoMailLink } from '@/app/find-demo-mail-link';
import { bookedPageHref } from '@/app/manage/booked-page-href';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PageScript } from '@/components/page-script';
import { RefreshOnBackNavigation } from '@/components/refresh-on-back-navigation';
import { getManageToken } from '@/db/access/manage-tokens';
import { getPairedSeries } from '@/db/appointments/paired-series';
import { findHold, type LiveHold } from '@/db/booking/holds';
import { findSeriesByIdempotencyKey } from '@/db/booking/idempotency';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { findCountryHelp } from '@/questions/emergency-numbers';
import { describeHouseRules } from '@/scheduling/describe-house-rules';
import { AutoHold } from './auto-hold';
import { BookForm } from './book-form';
import { RedFlagLists } from './red-flag-lists';
import { ReturningBookerNote } from './returning-booker-note';
import type { PairOfTherapists } from './two-person-name-fields';

/**
 * `requestedUntil`: the end of the hold according to the address, trusted only where it lies in the past; 'none' where too
 * much was held to hold these too.
 */
export async function DetailsStep({ booking, requestedUntil }: { booking: BookingContext; requestedUntil: unknown }) {
  const { choice, practice, offer, names, question, planKey } = booking;
  const bookedId = planKey && (await findSeriesByIdempotencyKey(planKey));
  if (bookedId) return <BookedAlready booking={booking} manageHref={await bookedHref(bookedId, booking.now)} />;
  const rows = await loadDateRows(booking);
  if (!rows || !choice.standing) return <TimeNotBookable href={bookingHref(choice, 'time')} />;

  // Nobody should fill in the form when there is nothing to book.
  if (rows.every(({ state }) => state === 'skipped')) redirect(bookingHref(choice, 'dates'));
  const hold = await findOwnHold(booking);
  const isOver = hold === null && Number(requestedUntil) > 0 && Number(requestedUntil) <= booking.now;
  const isNotHeld = hold === null && requestedUntil === 'none';
  const isUnsettled = rows.some(({ state }) => state === 'clash');
  const startsHold = hold === null && !isOver && !isNotHeld && !isUnsettled;
  const keptCount = rows.filter(({ state }) => state !== 'skipped').length;
  const plan = { ...keepValidRepairs(choice, rows), key: choice.key ?? randomUUID() };
  const address = bookingHref(plan, 'you');
  const second = formatSecondMassage(choice, offer.services);
  const booker = await findReturningBooker(booking.now);
  const links = {
    dates: bookingHref(plan, 'dates'),
    time: bookingHref(plan, 'time'),
    massage: bookingHref(plan, 'massage'),
    wait: waitlistHref(choice),
  };
  const held = isOver
    ? { leftMs: 0, words: '' }
    : hold && {
        leftMs: hold.expiresAt - booking.now,
        words: formatDatesHeldUntil(booking, hold, keptCount),
      };
  return (
    <>
      <RefreshOnBackNavigation />
      {/* The end of a hold has to be said in time, even to somebody who has put the phone down. */}
      {!held && <PageScript name="start-on-use" />}
      <BookForm
        heading={{
          chosen: { standing: choice.standing, sessions: plan.sessions, cadence: plan.cadence },
          who: (
            <>
              With <b>{formatGiverNames(choice.standing, names)}</b>, {choice.minutes} minutes
              {rows.length > 1 ? ' each' : ''}
              {second && `; the second person has ${second}`}.
            </>
          ),
          children: (
            <>
              {/* First, since the words of the hold come only when the form is used. */}
              <a href={links.time}>Choose another time</a>.{' '}
              <AutoHold
                key={`${address} ${hold?.expiresAt}`}
                {...{ address, held, startsHold }}
                notHeld={isNotHeld ? formatNotHeld(keptCount) : null}
                expected={formatDatesHeldUntil(
                  booking,
                  { expiresAt: booking.now + practice.holdMinutes * 60_000, dates: booking.heldDates },
                  keptCount,
                )}
                isOne={keptCount === 1}
              />
            </>
          ),
          below: (
            <>
              {booker && !booking.isLimited && <ReturningBookerNote address={address} />}
              {startsHold && (
                <noscript>
                  <ActionForm action={holdDates} className="mt-4">
                    <input type="hidden" name="address" value={address} />
                    <Button kind="plain" slim>
                      Hold {keptCount === 1 ? 'it' : 'them'} for {practice.holdMinutes} minutes while I fill in the form
                    </Button>
                  </ActionForm>
                </noscript>
              )}
            </>
          ),
        }}
        address={address}
        rows={rows}
        minutes={choice.minutes}
        services={offer.services.filter(({ id }) =>
          rows.some((row) => row.serviceId === id || row.besideServiceId === id),
        )}
        signs={{
          list: <RedFlagLists question={question} country={findCountryHelp(practice)} />,
          href: address.replace('/book', '/book/signs'),
        }}
        pair={pairOf(booking, plan)}
        booker={booker}
        score={question && { slug: question.slug, of: question.score.of }}
        practice={{
          ...pickSummaryPractice(practice),
          sendsMail: isMailEnabled(),
          demoMail: await findDemoMailLink(practice),
          confirmsEveryNewClient: practice.newClients === 'confirm',
        }}
        links={links}
        houseRules={describeHouseRules(practice)}
        now={booking.now}
      />
    </>
  );
}

async function findOwnHold({ again, heldDates, planKey, choice, now }: BookingContext): Promise<LiveHold | null> {
  if (again) return { expiresAt: again.until, dates: heldDates };
  return planKey ? findHold(planKey, { people: choice.isForTwo ? 2 : 1, now }) : null;
}

/** For two people, adds the link of the second one: whoever has the key booked both. */
async function bookedHref(seriesId: string, now: number): Promise<string> {
  const token = await getManageToken(seriesId);
  const other = await getPairedSeries({ role: 'link', seriesId }, seriesId, now);
  return other ? bookedPageHref(token, await getManageToken(other.seriesId)) : `/manage/${token}`;
}

function pairOf({ names, offer }: BookingContext, plan: BookingChoice): PairOfTherapists | null {
  const { standing, ladder } = plan;
  if (!standing || standing.besideId === undefined) return null;
  const { therapistId, besideId } = standing;
  const swapped = { ...standing, therapistId: besideId, besideId: therapistId };
  const picks = Object.entries(plan.picks).map(([position, pick]) => {
    if (pick.kind === 'skip' || pick.besideId === undefined) return [position, pick];
    return [position, { ...pick, therapistId: pick.besideId, besideId: pick.therapistId }];
  });
  const hasOwn = hasOwnMassage(plan);
  const second = getSecondPlan(plan);
  const serviceId = second.ladder[0] ?? plan.serviceId;
  // Swapping the therapists swaps the massages too. The second person has one massage for all sessions, so two people
  // can change places only where the first person also has just one.
  const isOfOne = [ladder, second.ladder].every((massages) => new Set(massages).size === 1);
  const withMassages = hasOwn && {
    ...{ serviceId, minutes: second.minutes, ladder: second.ladder, preset: 'same' as const, therapistId: null },
    second: { serviceId: ladder[0] ?? serviceId, minutes: plan.minutes },
  };
  const massageOf = (massages: string[], minutes: number) =>
    hasOwn
      ? `${formatList([...new Set(massages)].map((id) => formatServiceNameInSentence(getServiceNameById(id, offer.services))))}, ${minutes} minutes`
      : null;
  return {
    own: names[therapistId] ?? therapistId,
    other: names[besideId] ?? besideId,
    ownMassage: massageOf(ladder, plan.minutes),
    otherMassage: massageOf(second.ladder, second.minutes),
    swapHref:
      hasOwn && !isOfOne
        ? null
        : bookingHref(plan, 'you', {
            ...withMassages,
            standing: swapped,
            picks: Object.fromEntries(picks),
            key: randomUUID(),
          }),
  };
}

/** For somebody who comes back or has the page open twice: their own dates would look taken to them. */
function BookedAlready({ booking: { choice, practice }, manageHref }: { booking: BookingContext; manageHref: string }) {
  return (
    <>
      <PageHeader title="This plan is booked already" />
      <div className="pb-10">
        <Notice tone="good" title={formatChosenTime(choice, practice.locale)}>
          <p>
            Nothing is left to do.
            {pickTextByMailEnabled(' Your dates, and the link to change them, are in your e-mail too.', '')} Questions?{' '}
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
