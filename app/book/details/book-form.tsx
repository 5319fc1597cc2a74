'use client';

import { type ComponentProps, type ReactNode, useEffect, useMemo } from 'react';
import type { OfferedService } from '@/app/book/booking-choice';
import type { SummaryPractice } from '@/app/book/dates/booking-summary';
import { computeBookingTotals } from '@/app/book/dates/booking-totals';
import { DateList } from '@/app/book/dates/date-list';
import type { DateRow } from '@/app/book/dates/date-rows';
import { ChosenDatesHeading } from '@/app/book/dates/dates-heading';
import { useChosenRepairs } from '@/app/book/dates/use-chosen-repairs';
import type { ReturningBooker } from '@/app/book/own-plans-cookie';
import { getConsentText } from '@/care/consents';
import { useActionForm } from '@/components/action-form';
import { ConsentField } from '@/components/consent-field';
import type { DemoMailLink } from '@/components/demo-mail-hint';
import { Notice } from '@/components/notice';
import { usePersistedFields } from '@/components/persisted-fields';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { VisitorZoneNote } from '@/components/visitor-time';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { submitBooking } from './actions';
import {
  BOOKING_FORM_ID,
  BOOKING_STORAGE_KEY,
  type BookingFormValues,
  canHoldDatesWhileCorrecting,
  initialBookFormState,
  PERSISTED_BOOKING_FIELDS,
} from './book-form-state';
import { dispatchBookingFailed } from './booking-events';
import { BookingProblem } from './booking-problem';
import { ChosenDates } from './chosen-dates';
import { ClientFields } from './client-fields';
import { NoRedFlagsField } from './no-red-flags-field';
import { PendingRequestNotice } from './pending-request-notice';
import { StartScoreField } from './start-score-field';
import { SummaryAndBookButton } from './summary-and-book-button';
import type { PairOfTherapists } from './two-person-name-fields';

interface BookFormProps {
  /** What the heading says besides the dates, which follow the choices in the form. */
  heading: Pick<ComponentProps<typeof ChosenDatesHeading>, 'chosen' | 'who' | 'children' | 'below'>;
  /** The address of the choice that this form books, with its key. */
  address: string;
  rows: DateRow[];
  /** The score that the question's page asks the reader for. */
  score: { slug: string; of: string } | null;
  minutes: number;
  services: OfferedService[];
  practice: SummaryPractice & { sendsMail: boolean; demoMail: DemoMailLink | null; confirmsEveryNewClient: boolean };
  links: { dates: string; time: string; massage: string; wait: string };
  houseRules: string;
  now: number;
  /** The warning signs that send somebody to a doctor first, and the page that says what to do then. */
  signs: { list: ReactNode; href: string };
  /** The two therapists, where two people come at the same time. */
  pair: PairOfTherapists | null;
  /** Whoever booked the plan that is booked again. */
  booker: ReturningBooker | null;
}

/** The last step. Sent without script, the page comes back with all values in it; with script, it stays where it is. */
export function BookForm(props: BookFormProps) {
  const {
    heading,
    address,
    rows: loaded,
    score,
    minutes,
    services,
    practice,
    links,
    houseRules,
    now,
    signs,
    pair,
    booker,
  } = props;
  const { timeZone, locale, sendsMail } = practice;
  const { state, isSending, form, failure } = useActionForm(submitBooking, initialBookFormState);
  const formRef = useFocusAfterSubmit(state.answer);
  // Not where no answer came: the booking may have succeeded. Then its own dates would be found taken, and the page
  // would say that they are gone.
  useEffect(() => {
    if (formRef.current && canHoldDatesWhileCorrecting(state)) dispatchBookingFailed(formRef.current);
  }, [formRef, state]);
  usePersistedFields(formRef, BOOKING_STORAGE_KEY, PERSISTED_BOOKING_FIELDS);

  const { rows: answeredRows, picks } = state;
  const drawn = useMemo(
    () =>
      (answeredRows ?? loaded).map((row) => {
        const pick = picks[row.position];
        return row.options.some(({ value }) => value === pick) ? { ...row, pick: pick ?? null } : row;
      }),
    [answeredRows, picks, loaded],
  );
  const rows = useChosenRepairs(formRef, drawn);
  const { errors } = state;
  // Somebody who books again finds their details filled in; values typed since win.
  const values: BookingFormValues =
    booker && state.answer === 0
      ? {
          ...state.values,
          ...{ name: booker.name, email: booker.email },
          ...(booker.comes !== null && { for: 'other', otherName: booker.comes }),
        }
      : state.values;
  const totals = computeBookingTotals(rows, minutes, services, practice);
  const isUnsettled = drawn.some((row) => row.state === 'clash');

  const dates = (
    <ChosenDatesHeading {...heading} rows={rows} sentRows={answeredRows ?? loaded} locale={locale} takesFocus />
  );
  if (state.waits) {
    return (
      <>
        {dates}
        <PendingRequestNotice waits={state.waits} email={values.email} {...{ practice, timeZone, locale, links }} />
      </>
    );
  }

  return (
    <>
      {dates}
      <form
        ref={formRef}
        id={BOOKING_FORM_ID}
        data-stored-as={BOOKING_STORAGE_KEY}
        data-stored-fields={PERSISTED_BOOKING_FIELDS.join(' ')}
        {...form}
        noValidate
        className="group/book wide:grid wide:grid-cols-[minmax(0,1fr)_19rem] wide:gap-x-10 board:gap-x-18"
      >
        <div className="min-w-0 pb-6 wide:pb-14">
          <input type="hidden" name="address" value={address} />
          <BookingProblem
            problem={state.problem}
            wait={state.wait}
            rows={drawn}
            contact={formatHowToContact(practice)}
            links={links}
          />
          {isUnsettled || state.rows ? (
            <Part title="Your dates" aside="Nothing is booked yet. We book them all together.">
              <DateList
                key={state.answer}
                rows={drawn}
                timeZone={timeZone}
                locale={locale}
                reopen={null}
                waitHref={links.wait}
              />
            </Part>
          ) : (
            <>
              {drawn.length > 1 && <ChosenDates rows={drawn} />}
              {drawn.map(
                ({ position, pick }) =>
                  pick && <input key={position} type="hidden" name={`d${position}`} value={pick} />,
              )}
              <p className="mt-3 mb-8 text-small text-soft">
                {drawn.length > 1 && (
                  <>
                    One does not suit? <a href={links.dates}>Change these dates</a> before you book, or later by your
                    link.
                  </>
                )}
                {drawn[0] && <VisitorZoneNote instant={drawn[0].startsAt} timeZone={timeZone} locale={locale} />}
              </p>
            </>
          )}
          <Part
            title="You"
            aside={`No account, no password. ${sendsMail ? 'Your link comes by e-mail.' : 'The next page has the link to your dates: keep it.'}`}
          >
            <ClientFields values={values} errors={errors} pair={pair} sendsMail={sendsMail} />
          </Part>
          {score && (
            <Part title="Score today" aside="So that you and your therapist can tell whether it helps.">
              <StartScoreField score={score} chosen={values.score} />
            </Part>
          )}
          <Part title="Before you book" aside="Signs that a doctor should see first. What you answer is not kept.">
            <NoRedFlagsField
              checked={values.signs === 'none'}
              error={errors.signs}
              href={signs.href}
              isForTwo={pair !== null}
            >
              {signs.list}
            </NoRedFlagsField>
          </Part>
          <Part
            title="Agree and book"
            aside={
              // The typed values stay in this tab.
              <a href="/questions/is-massage-safe" target="_blank" rel="noreferrer">
                Is massage safe for you?
              </a>
            }
          >
            <ConsentField
              text={getConsentText('booking', practice.name).text}
              checked={values.consent === 'yes'}
              error={errors.consent}
            />
            {totals.count === 0 && (
              <Notice tone="quiet" title="No date is left to book">
                <a href={links.time}>Choose another time</a>
              </Notice>
            )}
            {failure}
          </Part>
        </div>
        <SummaryAndBookButton
          {...{ totals, practice, houseRules, now, isSending }}
          isSeries={drawn.length > 1}
          answer={state.answer}
        />
      </form>
    </>
  );
}

/** A part of the form. The totals stand beside it, so its heading is above it and not beside it. */
function Part({ title, aside, children }: { title: string; aside: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line py-8">
      <h2>{title}</h2>
      <div className="mt-1 mb-5 text-small text-soft">{aside}</div>
      {children}
    </section>
  );
}
