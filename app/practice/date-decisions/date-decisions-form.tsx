'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { PhoneLink } from '@/components/contact-phrase';
import { ClashMark } from '@/components/date-state-mark';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import {
  type DateDecisionsFormState,
  type DateToDecideView,
  initialDateDecisionsFormState,
  type PreviewedEmail,
} from './date-decisions-form-data';
import { DecidedEmail } from './decided-email';
import { countDecisions, type DateDecisionTask, describeDecisions } from './describe-decisions';

const PROBLEMS: Record<NonNullable<DateDecisionsFormState['problem']>, [string, string]> = {
  ask_first: [
    'Ask first',
    'Nothing was changed yet. The date is marked below. Choose something else for it, or send it again to do it all the same.',
  ],
  busy: ['The practice is busy', 'Nothing was changed, and what you decided is still here. Try again in a moment.'],
  cancels: [
    'A date would be cancelled',
    'Nothing was changed, and nobody was asked. Leave that date as it is, or cancel it in the calendar first.',
  ],
  changed: [
    'What is booked has changed since you looked',
    'Nothing was changed yet. This is the list as it is now, with what you decided. Look at what is marked, then send it again.',
  ],
  over_caps: [
    'More than somebody wants to give',
    'Nothing was changed yet. Each such date is marked below, with the limit. Choose something else for it, or send it again to do it all the same.',
  ],
  move_taken: [
    'A new time is taken',
    'Nothing was changed yet. What is marked below needs another time; the others are as you decided.',
  ],
  taken: [
    'Somebody is booking one of those times just now',
    'Nothing was changed, and what you decided is still here. A time is held for ten minutes at most: try again then.',
  ],
  too_soon: [
    'There is no time left to ask',
    'Nothing was changed, and nobody was asked: the first date is too near. Call the client, then hand it over.',
  ],
  invalid: [
    'That cannot be taken',
    'Nothing was changed. It is time off already, or it is over, or longer than a year.',
  ],
  nothing: ['Every date is to stay as it is', 'Nothing was changed. Choose for at least one of them where it goes.'],
  not_found: ['That is not there any more', 'Nothing was changed. Open the page again to see how it stands.'],
};

/**
 * Each date with its choices and the reason for them, and one button that carries all of them out. Works without
 * script.
 */
export function DateDecisionsForm(props: {
  action: (before: DateDecisionsFormState, form: FormData) => Promise<DateDecisionsFormState>;
  /** What was asked for, as hidden fields. */
  fields: Record<string, string>;
  dates: DateToDecideView[];
  reason: string;
  /** What else the button does. */
  also: ReactNode;
  task: DateDecisionTask;
  /** The button's text for any choice: without script it cannot follow what is chosen. */
  button: string;
  /** Whether e-mails go out, and the first of them, as it would be for the proposed choices. */
  sendsMail: boolean;
  email: PreviewedEmail | null;
  buttonForNone: string;
  /** Another way to finish, below the first. */
  instead?: ReactNode;
}) {
  const { state, form, failure } = useActionForm(props.action, initialDateDecisionsFormState);
  const dates = state.dates ?? props.dates;
  const problem = state.problem && PROBLEMS[state.problem];
  const showsEmail = props.sendsMail && dates.length > 0;
  return (
    <form
      {...form}
      className="[counter-reset:moved_cancelled_kept]"
      // Drawn again for each answer, so that the fields show what the answer says was chosen.
      key={JSON.stringify(state)}
    >
      {Object.entries(props.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.acknowledged.map(({ uid, therapistId }) => (
        <input key={`${uid} ${therapistId}`} type="hidden" name="meant" value={`${uid}.${therapistId}`} />
      ))}
      {problem && (
        <div ref={focus} tabIndex={-1} className="mb-6 outline-none">
          <Notice tone="bad" title={problem[0]} live>
            <p>
              {problem[1]}
              {state.missing > 0 &&
                ` ${state.missing === 1 ? 'One that you saw is' : `${state.missing} that you saw are`} not in the way any more.`}
            </p>
          </Notice>
        </div>
      )}
      <div className={showsEmail ? 'board:grid board:grid-cols-[minmax(0,1fr)_20rem] board:gap-x-10' : ''}>
        <div className="min-w-0">
          {dates.length > 0 && (
            <ol className="border-t border-ink">
              {dates.map((date) => (
                <DateRow key={date.uid} date={date} />
              ))}
            </ol>
          )}
          <div className="mt-6 grid gap-5 wide:max-w-[46rem]">
            {dates.length > 0 && (
              <Field
                label="Reason for the clients"
                name="reason"
                optional
                maxLength={200}
                defaultValue={state.reason ?? props.reason}
                error={state.reasonError}
                hint={`${props.sendsMail ? 'It is written in each e-mail. ' : ''}Say nothing about anybody’s health.`}
              />
            )}
            <div className="text-small text-soft">{props.also}</div>
          </div>
        </div>
        <div
          className={`mt-6 grid min-w-0 content-start gap-5 ${showsEmail ? 'board:sticky board:top-6 board:mt-0 board:self-start' : 'wide:max-w-[46rem]'}`}
        >
          {showsEmail && <DecidedEmail initial={state.dates ? state.email : props.email} />}
          <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
            {dates.length > 0 ? (
              <DecisionsButton task={props.task} sendsMail={props.sendsMail}>
                {props.button}
              </DecisionsButton>
            ) : (
              <Button broad>{props.buttonForNone}</Button>
            )}
          </div>
          {dates.length > 0 && (
            <p className="border-l-2 border-line pl-4 text-small text-soft">
              You can undo it for 10 minutes.{' '}
              {props.sendsMail
                ? 'The e-mails wait that long, one for each booking.'
                : 'No mail server is set, so no e-mail is sent: tell each client yourself.'}
            </p>
          )}
          {dates.length > 0 && props.instead}
          {failure}
        </div>
      </div>
    </form>
  );
}

/** The button names what it does, following the choices; without script the counts beside it do. */
function DecisionsButton(props: { task: DateDecisionTask; sendsMail: boolean; children: string }) {
  const { task, sendsMail, children } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [press, setPress] = useState<{ label: string; cancels: boolean } | null>(null);
  useEffect(() => {
    const form = button.current!.form!;
    const update = () => {
      const counts = countDecisions(new FormData(form));
      setPress({ label: describeDecisions(task, counts, sendsMail), cancels: counts.cancelled > 0 });
    };
    update();
    form.addEventListener('change', update);
    return () => form.removeEventListener('change', update);
  }, [task, sendsMail]);
  return (
    <>
      <Button broad ref={button} kind={press?.cancels ? 'cancel' : 'fill'}>
        {press?.label ?? children}
      </Button>
      {press === null && (
        <p className="font-[550] tabular-nums">
          <span className="before:content-[counter(moved)]"> moved</span>,{' '}
          <span className="before:content-[counter(cancelled)]"> cancelled</span>,{' '}
          <span className="before:content-[counter(kept)]"> left</span>
        </p>
      )}
    </>
  );
}

function DateRow({ date }: { date: DateToDecideView }) {
  return (
    <li className="border-b border-line py-4">
      <fieldset className="grid min-w-0 grid-cols-2 gap-x-6 gap-y-2 board:grid-cols-[minmax(0,10rem)_minmax(0,8.5rem)_minmax(0,1fr)]">
        <legend className="sr-only">
          {date.name}, {date.when}
        </legend>
        <input type="hidden" name="seen" value={`${date.uid}.${date.version}`} />
        <p className="min-w-0">
          <bdi className="block font-serif text-[1.0625rem] leading-6 font-medium wrap-anywhere">{date.name}</bdi>
          {date.phone ? (
            <PhoneLink
              shown={date.phone}
              link={date.phoneLink}
              className="inline-flex min-h-11 items-center text-small"
            />
          ) : (
            <span className="text-small text-soft">No phone number</span>
          )}
        </p>
        <p className="min-w-0 max-board:text-right">
          <b className="block font-serif text-[1.0625rem] leading-6 font-medium tabular-nums">{date.when}</b>
          <span className="text-small text-soft">{date.what}</span>
        </p>
        <div className="col-span-2 grid min-w-0 grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-2 board:col-span-1 board:grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))]">
          {date.choices.map(({ value, title, small, warning }) => (
            <label
              key={value}
              className="flex min-h-13 min-w-0 cursor-pointer items-start gap-2.5 rounded border border-line bg-sheet px-3 py-2 hover:border-euc has-checked:border-euc has-checked:shadow-[inset_0_0_0_1px_var(--euc)]"
            >
              <input
                type="radio"
                name={`date-${date.uid}`}
                value={value}
                defaultChecked={value === date.chosen}
                className={`mt-0.5 size-5 flex-none accent-euc ${COUNTED[value] ?? 'checked:[counter-increment:moved]'}`}
              />
              <span className="min-w-0 text-[0.9375rem] leading-5">
                <span className="block font-[550]">{title}</span>
                <span className="block text-small text-soft">{small}</span>
                {warning && (
                  <span className="block text-small font-medium text-clay">
                    {warning}
                    <input type="hidden" name="beyond" value={`${date.uid}.${value.slice('move.'.length)}`} />
                  </span>
                )}
              </span>
            </label>
          ))}
        </div>
        {date.notes.map((note) => (
          <p key={note} className="flex items-start gap-2 text-small font-medium text-clay col-span-2 board:col-span-3">
            <span className="flex-none pt-[3px]">
              <ClashMark />
            </span>
            {note}
          </p>
        ))}
      </fieldset>
    </li>
  );
}

/** Counted by CSS alone, so that the counts follow each press without script too. */
const COUNTED: Record<string, string> = {
  cancel: 'checked:[counter-increment:cancelled]',
  keep: 'checked:[counter-increment:kept]',
};

/** Runs once for each answer: a function created at each render would take the focus away from the button. */
function focus(element: HTMLElement | null): void {
  element?.focus();
}
