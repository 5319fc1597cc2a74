'use client';

import { useEffect, useRef, useState } from 'react';
import { StickyPanelFooter } from '@/app/practice/calendar/panel-frame';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { DateStateMark } from '@/components/date-state-mark';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { bookForCaller } from './actions';
import type { CallerSelection } from './caller-field';
import { classifyCallerInput } from './classify-caller-input';
import type { NewBookingDateRow, NewBookingDates } from './load-new-booking';
import { initialNewBookingFormState } from './new-booking-form-state';

interface BookFormProps {
  /** The address of the booking that this form makes. */
  address: string;
  bookingKey: string;
  who: CallerSelection;
  dates: NewBookingDates;
  /** The therapist of a second person at the same time; null where one person comes. */
  beside: string | null;
  /** Whether e-mails go out. */
  sendsMail: boolean;
  /** New dates are being loaded: those shown belong to the previous choice. */
  isLooking: boolean;
}

export function NewBookingForm({ address, bookingKey, who, dates, beside, sendsMail, isLooking }: BookFormProps) {
  const { state, isSending, form, failure } = useActionForm(bookForCaller, initialNewBookingFormState);
  const formRef = useFocusAfterSubmit(state.answer);
  // Sent twice, the form still makes one booking.
  const [key] = useState(bookingKey);
  const { rows, heading, summary, shortened, problem, isOutside } = dates;
  const { caller, isNew, name } = who;
  const requested = classifyCallerInput(name);
  const [instead, setInstead] = useState<string | null>(null);
  const only = rows.length === 1 ? rows[0] : undefined;
  const books = only?.options.find(({ value }) => `${keyOf(only)} ${value}` === instead)?.books;
  const isChosen = caller !== null || isNew;
  const isLost = only?.state === 'clash' && only.options.length === 0;
  const cannot = problem !== null || isLost;
  const hasClash = rows.some(({ state }) => state === 'clash');
  const bookButton = useFocusWhenChosen(isChosen, isLooking);

  return (
    // `contents` gives the form no box of its own, so the bar at its end stays on screen for as long as any of the
    // panel is.
    <form ref={formRef} {...form} noValidate className="contents">
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="key" value={key} />
      {state.problem && (
        <Notice tone="bad" title={state.problem.title} id="answer" live>
          {state.problem.words}
        </Notice>
      )}
      {state.overCaps && (
        <>
          <input type="hidden" name="meant" value={state.overCaps.acknowledged} />
          <Notice tone="bad" title="Is it meant?" id="answer" live>
            {state.overCaps.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>Nothing is booked yet. Press again to book it all the same.</p>
          </Notice>
        </>
      )}
      {isNew && (
        <div className="grid gap-2 [&_input]:min-h-11! [&_input]:py-2! [&_label]:mb-1!">
          <Field
            label="Name"
            name="name"
            required
            defaultValue={state.values.name || requested.name}
            error={state.errors.name}
            autoComplete="off"
          />
          <Field
            label="Phone"
            name="phone"
            type="tel"
            optional
            defaultValue={state.values.phone || requested.phone}
            error={state.errors.phone}
            autoComplete="off"
          />
          <Field
            label="E-mail"
            name="email"
            type="email"
            optional
            defaultValue={state.values.email || requested.email}
            error={state.errors.email}
            autoComplete="off"
          />
        </div>
      )}
      {beside !== null && (
        <div className="[&_input]:min-h-11! [&_input]:py-2! [&_label]:mb-1!">
          <Field
            label="Name of the second person"
            name="besideName"
            required
            hint={`With ${beside}, at the same time. The e-mails of both go to the client’s address.`}
            defaultValue={state.values.besideName}
            error={state.errors.besideName}
            autoComplete="off"
          />
        </div>
      )}
      <div className={`rounded px-3 py-2.5 ${problem || hasClash ? 'bg-sand' : 'bg-fill-all'}`} aria-busy={isLooking}>
        {problem ? (
          <p className="text-small font-medium text-clay">{problem}</p>
        ) : (
          <>
            <p className="font-semibold" role="status">
              {heading}
            </p>
            <p className="text-small">
              {summary} {shortened}
            </p>
            {isOutside && <p className="mt-1 text-small text-clay">Outside the working hours.</p>}
            <details id="new-dates" open={hasClash} className="mt-1 scroll-mt-4">
              <summary className="min-h-6 cursor-pointer text-small underline">See the dates</summary>
              <ol className="mt-1 grid gap-1">
                {rows.map((row) => (
                  <DeskDate
                    key={keyOf(row)}
                    row={row}
                    chosen={state.picks[`d${row.position}`]}
                    choose={(value) => setInstead(`${keyOf(row)} ${value}`)}
                  />
                ))}
              </ol>
            </details>
          </>
        )}
      </div>
      <p className="text-small text-soft">
        Ask them:{' '}
        <a href="/questions/is-massage-safe#doctor" target="_blank" rel="noreferrer">
          does any sign apply that a doctor should see first?
        </a>
      </p>
      {failure}
      <StickyPanelFooter className="justify-between gap-4">
        <p className="text-small text-soft">
          {/* The same is said above, where it may be out of sight. */}
          {!problem && (
            <b aria-hidden="true" className={`block font-semibold ${hasClash ? 'text-clay' : 'text-ink'}`}>
              {hasClash && rows.length > 1 ? (
                <a href="#new-dates" tabIndex={-1} className="text-clay hover:text-clay">
                  {heading}
                </a>
              ) : (
                heading
              )}
            </b>
          )}
          {describeMail(who, sendsMail)}
        </p>
        <Button
          ref={bookButton}
          slim
          disabled={!isChosen || cannot || isLooking || isSending}
          className="min-w-28 disabled:opacity-50"
        >
          {isSending ? 'Booking' : ['Book', books, state.overCaps && 'all the same'].filter(Boolean).join(' ')}
        </Button>
      </StickyPanelFooter>
    </form>
  );
}

/**
 * Choosing a client removes the list, and with it the focus of a keyboard user. The focus goes to Book, which comes
 * next.
 */
function useFocusWhenChosen(isChosen: boolean, isLooking: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasChosen = useRef(isChosen);
  useEffect(() => {
    if (isLooking) return;
    if (isChosen && !wasChosen.current && document.activeElement === document.body)
      button.current?.focus({ preventScroll: true });
    wasChosen.current = isChosen;
  }, [isChosen, isLooking]);
  return button;
}

function describeMail({ caller, isNew }: CallerSelection, sendsMail: boolean): string {
  if (!sendsMail && (caller || isNew)) return 'No mail server is set, so no e-mail is sent: tell them the dates.';
  if (isNew) return 'E-mail is sent only if you give an address.';
  if (!caller) return 'Choose the client first.';
  return caller.hasEmail ? 'Sends an e-mail.' : 'No e-mail address is known: tell them the dates.';
}

/** A choice made for one date and length does not apply to another. */
function keyOf({ position, startsAt, endsAt, state }: NewBookingDateRow): string {
  return `${position} ${startsAt} ${endsAt} ${state}`;
}

function DeskDate({
  row,
  chosen,
  choose,
}: {
  row: NewBookingDateRow;
  /** The earlier choice, where the page is drawn again without script. */
  chosen: string | undefined;
  choose: (value: string) => void;
}) {
  const { position, day, hours, state, why, options, pick } = row;
  return (
    <li className="border-t border-line py-1.5 text-small">
      <p className="flex items-baseline justify-between gap-2">
        <span>
          {position}. <b className="font-[550]">{day}</b>, {hours}
        </span>
        <DateStateMark state={state} />
      </p>
      {why && <p className="mt-1 text-clay">{why}</p>}
      {state === 'clash' && <input type="hidden" name="undecided" value={position} />}
      {options.length > 0 && (
        <fieldset className="mt-1">
          <legend className="sr-only">
            Instead of {day}, {hours}
          </legend>
          {options.map(({ value, title, hint }) => (
            <label key={value} className="flex min-h-11 cursor-pointer items-center gap-2">
              <input
                type="radio"
                name={`d${position}`}
                value={value}
                defaultChecked={value === (chosen ?? pick)}
                onChange={() => choose(value)}
                className="size-5 flex-none accent-euc"
              />
              <span>
                {title} <span className="text-soft">({hint})</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </li>
  );
}
