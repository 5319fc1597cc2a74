import { randomUUID } from 'node:crypto';
import { bookingHref } from '@/app/book/booking-url';
import { type Booking, loadDates } from '@/app/book/load';
import { capital, sayStanding } from '@/app/book/wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Fact, Facts } from '@/components/facts';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { HELD_DATES } from '@/db/booking/holds';
import { isKeyUsed } from '@/db/booking/idempotency';
import { sayCount, sayDay, sayHouseRules, sayMinutes } from '@/scheduling/wording';
import { DateConflicts } from './conflicts';
import { DateList } from './date-list';
import type { DateRow } from './dates';
import { holdDates } from './hold-dates';
import { sayTooClose, sayTotals } from './totals';

/** `isBack`: the dates could not be kept, and the reader should hear which. */
export async function DatesStep({ booking, isBack }: { booking: Booking; isBack: boolean }) {
  const { choice, practice, offer, names, planKey } = booking;
  const rows = await loadDates(booking);
  if (!rows || !choice.standing) return <UnknownTime href={bookingHref(choice, 'time')} />;

  const totals = sayTotals(rows, choice.minutes, offer.services, practice);
  const without = (position: number) =>
    Object.fromEntries(Object.entries(choice.picks).filter(([at]) => Number(at) !== position));
  // Repairs travel as the fields of the list; those that hold no more are left behind.
  const key = choice.key && !(planKey && (await isKeyUsed(planKey))) ? choice.key : randomUUID();
  const address = bookingHref({ ...choice, picks: {}, key }, 'you');

  return (
    <>
      <Opening
        title={sayStanding(choice, practice.locale)}
        from={
          <>
            With <b>{names[choice.standing.therapistId]}</b>, {choice.minutes} minutes{rows.length > 1 ? ' each' : ''}.{' '}
            {sayFree(rows)} <a href={bookingHref(choice, 'time')}>Pick another time</a>
          </>
        }
      />
      <ActionForm action={holdDates}>
        <input type="hidden" name="address" value={address} />
        {isBack && (
          <FocusOnOpening>
            <DateConflicts rows={rows} rest="Nothing is booked yet. Choose another time below." />
          </FocusOnOpening>
        )}
        <Section
          title={rows.length === 1 ? 'Your date' : 'Your dates'}
          aside={`Nothing is booked until the last step.${rows.length === 1 ? '' : ' Then all of it is, or none.'}`}
        >
          <DateList
            rows={rows}
            timeZone={practice.timeZone}
            locale={practice.locale}
            reopen={(position) => `${bookingHref({ ...choice, picks: without(position) }, 'dates')}#date-${position}`}
          />
        </Section>
        {totals.lastOn ? (
          <>
            <Section title="In all">
              <div className="max-w-[50rem]">
                <p className="mb-4 font-serif text-[1.75rem] leading-[2.125rem] tracking-[-0.01em]">{totals.heading}</p>
                <Facts>
                  <Fact label="Price">{totals.price}</Fact>
                  <Fact label="Time">{totals.time}</Fact>
                  <Fact label={totals.count === 1 ? 'Date' : 'Last date'}>
                    {sayDay(totals.lastOn, 'full', practice.locale)}
                  </Fact>
                  <Fact label="If plans change">
                    Cancel free until {sayMinutes(practice.cancelCutoffMinutes)} before. Move until{' '}
                    {sayMinutes(practice.moveCutoffMinutes)} before.
                    {rows.length > 1 && ' You can stop after any session.'} {sayTooClose(totals, practice, booking.now)}{' '}
                    {sayHouseRules(practice)}
                  </Fact>
                </Facts>
              </div>
            </Section>
            <Section title={<span className="sr-only">Next</span>}>
              <Button broad>
                {totals.count === 1 ? 'Keep this date' : `Keep these ${sayCount(totals.count)} dates`}
              </Button>
              <p className="mt-3 text-small text-soft">
                Next: your name and e-mail. {sayHeld(totals.count)} held for you {practice.holdMinutes} minutes.
              </p>
            </Section>
          </>
        ) : (
          <div className="border-t border-line py-10">
            <Notice tone="quiet" title="No date is left to book">
              <a href={bookingHref(choice, 'time')}>Pick another time</a>
            </Notice>
          </div>
        )}
      </ActionForm>
    </>
  );
}

export function UnknownTime(props: { href: string }) {
  return (
    <>
      <Opening title="That time cannot be kept" />
      <div className="pb-10">
        <Notice tone="quiet" title="Nobody works at that day and hour">
          <p>The hours may have changed since.</p>
          <a href={props.href}>Pick another time</a>
        </Notice>
      </div>
    </>
  );
}

function sayFree(rows: DateRow[]): string {
  const count = rows.length;
  const clashes = rows.filter(({ state }) => state === 'clash').length;
  const isUntouched = rows.every(({ state }) => state === 'free' || state === 'clash');
  if (count === 1) return clashes === 0 ? 'The date is free.' : 'The date clashes.';
  if (rows.every(({ state }) => state === 'skipped')) return 'Every date is skipped.';
  if (clashes === count) return 'Every date clashes.';
  const word = isUntouched ? 'free' : 'settled';
  if (clashes === 0) return `${count === 2 ? 'Both' : `All ${sayCount(count)}`} dates are ${word}.`;
  const rest = count - clashes;
  return `${capital(sayCount(rest))} ${rest === 1 ? 'date is' : 'dates are'} ${word} and ${sayCount(clashes)} ${clashes === 1 ? 'clashes' : 'clash'}.`;
}

function sayHeld(dates: number): string {
  if (dates === 1) return 'It is';
  return dates > HELD_DATES ? `The first ${sayCount(HELD_DATES)} are` : 'They are';
}
