import { randomUUID } from 'node:crypto';
import { type BookingContext, loadDateRows } from '@/app/book/booking-context';
import { bookingHref, waitlistHref } from '@/app/book/booking-url';
import { formatGiverNames, formatSecondMassage } from '@/app/book/booking-wording';
import { ActionForm } from '@/components/action-form';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PageScript } from '@/components/page-script';
import { Section } from '@/components/section';
import { findSeriesByIdempotencyKey } from '@/db/booking/idempotency';
import { describeHouseRules } from '@/scheduling/describe-house-rules';
import { pickSummaryPractice } from './booking-summary';
import { BookingTotalSection } from './booking-total-section';
import { DateList } from './date-list';
import { DatesHeading } from './dates-heading';
import { holdDates } from './hold-dates-action';
import { formatDatesHeldUntil } from './hold-dates-of-form';
import { TakenDatesNotice } from './taken-dates-notice';

/** `isBack`: the dates could not be held, and the page says which of them were taken. */
export async function DatesStep({ booking, isBack }: { booking: BookingContext; isBack: boolean }) {
  const { choice, practice, offer, names, planKey, again, heldDates } = booking;
  const rows = await loadDateRows(booking);
  if (!rows || !choice.standing) return <TimeNotBookable href={bookingHref(choice, 'time')} />;

  const second = formatSecondMassage(choice, offer.services);
  const without = (position: number) =>
    Object.fromEntries(Object.entries(choice.picks).filter(([at]) => Number(at) !== position));
  // Repairs are sent as fields of the list, and those that are no longer valid are dropped.
  const key = choice.key && !(planKey && (await findSeriesByIdempotencyKey(planKey))) ? choice.key : randomUUID();
  const address = bookingHref({ ...choice, picks: {}, key }, 'you');

  return (
    <ActionForm action={holdDates}>
      {!isBack && <PageScript name="start-on-use" />}
      <input type="hidden" name="address" value={address} />
      <DatesHeading
        chosen={{ standing: choice.standing, sessions: choice.sessions, cadence: choice.cadence }}
        rows={rows}
        locale={practice.locale}
        who={
          <>
            With <b>{formatGiverNames(choice.standing, names)}</b>, {choice.minutes} minutes
            {rows.length > 1 ? ' each' : ''}
            {second && `; the second person has ${second}`}.
          </>
        }
      >
        {again && (
          <>
            {formatDatesHeldUntil(
              booking,
              { expiresAt: again.until, dates: heldDates },
              rows.filter(({ state }) => state !== 'skipped').length,
            )}{' '}
          </>
        )}
        <a href={bookingHref(choice, 'time')}>Choose another time</a>
        {rows.some(({ state, mayFreeUp }) => state === 'clash' && mayFreeUp) && (
          <>
            {' '}
            or <a href={waitlistHref(choice)}>wait until this one is free</a>
          </>
        )}
      </DatesHeading>
      {isBack && (
        <FocusOnOpening>
          <TakenDatesNotice rows={rows} rest="Nothing is booked yet. Choose another time below." />
        </FocusOnOpening>
      )}
      <Section
        title={rows.length === 1 ? 'Your date' : 'Your dates'}
        aside={`Nothing is booked until the last step.${rows.length === 1 ? '' : ' Then we book them all together.'}`}
      >
        <DateList
          rows={rows}
          timeZone={practice.timeZone}
          locale={practice.locale}
          waitHref={waitlistHref(choice)}
          reopen={(position) => `${bookingHref({ ...choice, picks: without(position) }, 'dates')}#date-${position}`}
        />
      </Section>
      <BookingTotalSection
        rows={rows}
        minutes={choice.minutes}
        services={offer.services.filter(({ id }) =>
          rows.some((row) => row.serviceId === id || row.besideServiceId === id),
        )}
        practice={pickSummaryPractice(practice)}
        houseRules={describeHouseRules(practice)}
        heldDates={heldDates}
        isHeld={again !== null}
        now={booking.now}
        timesHref={bookingHref(choice, 'time')}
      />
    </ActionForm>
  );
}

export function TimeNotBookable(props: { href: string }) {
  return (
    <>
      <PageHeader title="That time cannot be booked" />
      <div className="pb-10">
        <Notice tone="quiet" title="Nobody works at that time">
          <p>The hours may have changed since.</p>
          <a href={props.href}>Choose another time</a>
        </Notice>
      </div>
    </>
  );
}
