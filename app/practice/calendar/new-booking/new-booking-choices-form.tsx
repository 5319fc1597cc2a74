'use client';

import { useRef, useState } from 'react';
import { RadioGroup, RadioOption } from '@/components/radio-options';
import type { Cadence } from '@/scheduling/cadence';
import { HiddenParamFields, type NameValuePairs } from './hidden-param-fields';

export interface NewBookingChoicesFormProps {
  /** The other parameters of the address. */
  carried: NameValuePairs;
  /**
   * The client that the shown plan was made for, because another client may bring another massage. Empty as long as
   * nobody was chosen.
   */
  client: string;
  at: string;
  therapistId: string;
  therapists: { id: string; name: string }[];
  services: { id: string; name: string }[];
  lengths: number[];
  /**
   * The therapists who could massage a second person at the same time, and the chosen one. `lost` is a chosen therapist
   * who cannot.
   */
  beside: {
    therapists: { id: string; name: string }[];
    id: string | null;
    /** The massages that they could give to the second person, and the chosen one. */
    massages: { value: string; label: string }[];
    massage: string;
    lost: string | null;
  };
  plan: { serviceId: string; minutes: number; cadence: Cadence; sessions: number; isAnyHour: boolean };
  maxSessions: number;
  /** Whether somebody does not work at one of those times. */
  isOutside: boolean;
  go: (to: URLSearchParams) => void;
}

const CADENCES: [Cadence, string][] = [
  ['once', 'Once'],
  ['weekly', 'Weekly'],
  ['biweekly', 'Every 2 weeks'],
];
const TYPING_MS = 350;
/** Side by side where the text has room, otherwise one below the other: with large text on a small phone. */
const row =
  'grid @min-[12rem]:auto-cols-fr @min-[12rem]:grid-flow-col rounded border border-edge bg-sheet text-small [&>label]:min-h-11! [&>label]:cursor-pointer [&>label]:wrap-anywhere [&>label]:hyphens-auto @min-[12rem]:[&>label]:border-t-0 @min-[12rem]:[&>label+label]:border-l @max-[12rem]:[&>label]:border-l-0 @max-[12rem]:[&>label+label]:border-t';
const field = 'min-h-11 min-w-0 rounded border border-edge bg-sheet px-2 text-[0.9375rem] text-ink';

/** What, how often and when. The form submits itself after every change, and the page answers with the dates. */
export function NewBookingChoicesForm(props: NewBookingChoicesFormProps) {
  const { carried, client, at, therapistId, therapists, services, lengths, beside, plan, maxSessions, isOutside, go } =
    props;
  const form = useRef<HTMLFormElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typedAt, setTypedAt] = useShownValue(at);
  const [typedSessions, setTypedSessions] = useShownValue(String(plan.sessions));

  const send = (after: number) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      if (!form.current) return;
      const pairs = [...new FormData(form.current)].map(([name, value]): [string, string] => [name, String(value)]);
      go(new URLSearchParams(pairs));
    }, after);
  };

  return (
    <form
      ref={form}
      method="get"
      action="/practice/calendar"
      className="grid gap-2"
      onChange={(event) => {
        const { type } = event.target as unknown as HTMLInputElement;
        send(type === 'number' || type === 'datetime-local' ? TYPING_MS : 0);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send(0);
      }}
    >
      <HiddenParamFields pairs={carried} />
      <div className="flex flex-wrap gap-2">
        <label className="sr-only" htmlFor="new-at">
          Day and time
        </label>
        <input
          id="new-at"
          type="datetime-local"
          name="new"
          step={300}
          required
          value={typedAt}
          onChange={(event) => setTypedAt(event.target.value)}
          className={`${field} min-w-52 flex-1`}
        />
        {therapists.length > 1 ? (
          <>
            <label className="sr-only" htmlFor="new-with">
              With
            </label>
            <select
              key={therapistId}
              id="new-with"
              name="with"
              defaultValue={therapistId}
              className={`${field} max-w-full`}
            >
              {therapists.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </>
        ) : (
          <input type="hidden" name="with" value={therapistId} />
        )}
      </div>
      <RadioGroup legend="Massage" className={row}>
        {services.map(({ id, name }) => (
          <RadioOption
            key={`${at} ${client} ${therapistId} ${id}`}
            look="segment"
            name="type"
            value={id}
            defaultChecked={id === plan.serviceId}
          >
            {name}
          </RadioOption>
        ))}
      </RadioGroup>
      <RadioGroup legend="Minutes" className={row}>
        {lengths.map((minutes) => (
          <RadioOption
            key={`${at} ${client} ${plan.serviceId} ${minutes}`}
            look="segment"
            name="minutes"
            value={String(minutes)}
            defaultChecked={minutes === plan.minutes}
          >
            {minutes} min
          </RadioOption>
        ))}
      </RadioGroup>
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <RadioGroup legend="How often" className={row}>
            {CADENCES.map(([cadence, label]) => (
              <RadioOption
                key={`${at} ${cadence}`}
                look="segment"
                name="cadence"
                value={cadence}
                defaultChecked={cadence === plan.cadence}
              >
                {label}
              </RadioOption>
            ))}
          </RadioGroup>
        </div>
        <label className="sr-only" htmlFor="new-sessions">
          Number of sessions
        </label>
        <input
          id="new-sessions"
          type="number"
          name="sessions"
          min={1}
          max={maxSessions}
          value={typedSessions}
          onChange={(event) => setTypedSessions(event.target.value)}
          className={`${field} w-16 flex-none ${plan.cadence === 'once' ? 'text-soft' : ''}`}
        />
      </div>
      {(beside.therapists.length > 0 || beside.lost !== null) && (
        <label className="flex items-center justify-between gap-x-2 text-small max-narrow:flex-wrap">
          <span className="min-w-0">Second person, at the same time</span>
          <select
            key={`${at} ${therapistId} ${plan.serviceId} ${beside.id}`}
            name="beside"
            defaultValue={beside.id ?? ''}
            className={field}
          >
            <option value="">Nobody</option>
            {beside.therapists.map(({ id, name }) => (
              <option key={id} value={id}>
                With {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {beside.id !== null && (
        <label className="flex items-center justify-between gap-x-2 text-small max-narrow:flex-wrap">
          <span className="min-w-0">Their massage</span>
          <select
            key={`${at} ${therapistId} ${plan.serviceId} ${plan.minutes} ${beside.id} ${beside.massage}`}
            name="besideMassage"
            defaultValue={beside.massage}
            className={field}
          >
            {beside.massages.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {beside.lost !== null && (
        <p role="status" className="text-small text-clay">
          {beside.lost} can give nothing beside it: one person is booked. Choose somebody else for the second.
        </p>
      )}
      {(isOutside || plan.isAnyHour) && (
        <label className="flex min-h-11 cursor-pointer items-center gap-2 text-small">
          <input
            key={String(plan.isAnyHour)}
            type="checkbox"
            name="hours"
            value="any"
            defaultChecked={plan.isAnyHour}
            className="size-5"
          />
          Book outside the working hours all the same
        </label>
      )}
      <noscript>
        <button type="submit" className="min-h-11 w-full rounded border border-edge px-3 text-small font-[550]">
          Show the dates
        </button>
      </noscript>
    </form>
  );
}

/** What is typed, until the page shows another value because another slot was pressed. */
function useShownValue(shown: string): [string, (input: string) => void] {
  const [state, setState] = useState({ shown, values: shown });
  if (state.shown !== shown) setState({ shown, values: shown });
  return [state.values, (input) => setState({ shown, values: input })];
}
