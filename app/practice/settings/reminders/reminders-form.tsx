'use client';

import { SaveResultNotices } from '@/app/practice/settings/save-result-notices';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Section } from '@/components/section';
import type { ReminderSettings } from '@/db/messages/reminder-settings';
import { formatNumberInWords } from '@/scheduling/count-wording';
import { MAX_REBOOKING_HELD_DATES, REBOOKING_HOLD_DAY_CHOICES } from '@/scheduling/follow-ups';
import { formatDuration } from '@/scheduling/formatting';
import { saveReminders } from './actions';
import { REMINDER_CHANNEL_OPTIONS, REMINDER_LEAD_MINUTES, REMINDER_SLOT_INDEXES } from './reminder-form-values';

const SELECT = 'min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink';
const LABELS = ['First reminder', 'Second reminder', 'Third reminder'];

/** `hasTexts`: text messages are set up, so that there is a channel to choose. */
export function RemindersForm({ settings, hasTexts }: { settings: ReminderSettings; hasTexts: boolean }) {
  const untouched = { values: settings, seen: JSON.stringify(settings), flash: null };
  const { state, form, failure } = useActionForm(saveReminders, untouched);
  const { values, seen } = state;
  return (
    <form key={JSON.stringify(state)} {...form} noValidate>
      <input type="hidden" name="seen" value={seen} />
      <SaveResultNotices flash={state.flash} errors={{}} href="/practice/settings/reminders">
        It applies from now on. Nothing goes out late because of it.
      </SaveResultNotices>
      <Section title="Before each date" aside="For every massage, unless it has its own below." open>
        <Steps
          {...{ name: 'all', steps: values.all, channels: values.channels, hasTexts }}
          legend="When clients are reminded"
        />
      </Section>
      <Section title="For one massage" aside="Where it needs more time to plan, or no reminder at all.">
        <div className="grid gap-2">
          {values.own.map(({ serviceId, name, steps, channels }) => (
            <details key={serviceId} open={steps !== null} className="border-b border-line pb-2">
              <summary className="flex min-h-11 cursor-pointer items-center gap-3">
                <span className="font-medium wrap-anywhere">{name}</span>
                <span className="text-small text-soft">{describeOwnSteps(steps)}</span>
                <span className="text-small text-euc underline underline-offset-[0.2em]">Change</span>
              </summary>
              <label className="flex min-h-11 items-center gap-3">
                <input
                  type="checkbox"
                  name={`is-own-${serviceId}`}
                  defaultChecked={steps !== null}
                  className="size-5 flex-none accent-euc"
                />
                Has its own times
              </label>
              <Steps
                {...{ name: serviceId, hasTexts }}
                steps={steps ?? values.all}
                channels={steps ? channels : values.channels}
                legend={`Reminders of ${name}`}
              />
            </details>
          ))}
        </div>
      </Section>
      <Section title="After a date" aside="One e-mail, the next morning, and once each.">
        <CheckboxOrRadio
          type="checkbox"
          name="asks-again"
          isChosen={values.asksAgain}
          hint="After the last date of a plan, to whoever has nothing else booked: a link to the same massage, therapist and time."
        >
          Book it again
        </CheckboxOrRadio>
        <div className="mb-2 max-w-[36rem] pl-8">
          <label>
            <span className="mb-2 block text-[0.9375rem] leading-5 font-[550]">Hold the same time for them</span>
            <select
              name="hold-days"
              defaultValue={values.holdDays}
              aria-describedby="hold-days-hint"
              className={`${SELECT} max-w-[18rem]`}
            >
              {REBOOKING_HOLD_DAY_CHOICES.map((days) => (
                <option key={days} value={days}>
                  {days === 0 ? 'Not at all' : `For ${days} days`}
                </option>
              ))}
            </select>
          </label>
          <p id="hold-days-hint" className="mt-2 text-small text-soft">
            The first {formatNumberInWords(MAX_REBOOKING_HELD_DATES)} dates, if they are free. The e-mail says until
            when; until then nobody else can book them. Without a mail server nothing is held. You free them on the
            client’s page, and time off does too.
          </p>
        </div>
        <CheckboxOrRadio
          type="checkbox"
          name="writes-missed"
          isChosen={values.writesMissed}
          hint="After a date that you mark as a no-show: a kind line, your phone number, and a link to book another time."
        >
          We missed you
        </CheckboxOrRadio>
        <div className="mt-8">
          <Button>Save</Button>
          {failure}
        </div>
      </Section>
    </form>
  );
}

interface StepsProps {
  name: string;
  steps: number[];
  channels: ReminderSettings['channels'];
  hasTexts: boolean;
  legend: string;
}

function Steps({ name, steps, channels, hasTexts, legend }: StepsProps) {
  const wayOf = (at: number) => channels[String(steps[at])] ?? 'email';
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      <div className="grid max-w-[46rem] grid-cols-1 gap-4 py-2 mid:grid-cols-3">
        {REMINDER_SLOT_INDEXES.map((at) => (
          <div key={at} className="min-w-0">
            <label>
              <span className="mb-2 block text-[0.9375rem] leading-5 font-[550]">{LABELS[at]}</span>
              <select name={`${name}-${at}`} defaultValue={steps[at] ?? ''} className={SELECT}>
                <option value="">None</option>
                {REMINDER_LEAD_MINUTES.map((step) => (
                  <option key={step} value={step}>
                    {formatDuration(step)} before
                  </option>
                ))}
              </select>
            </label>
            {hasTexts ? (
              <select
                name={`${name}-${at}-by`}
                defaultValue={wayOf(at)}
                aria-label={`${LABELS[at]}, how it is sent`}
                className={`mt-2 ${SELECT}`}
              >
                {REMINDER_CHANNEL_OPTIONS.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            ) : (
              <input type="hidden" name={`${name}-${at}-by`} value={wayOf(at)} />
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function describeOwnSteps(steps: number[] | null): string {
  if (steps === null) return 'Same as above';
  return steps.length === 0 ? 'None' : `${steps.map(formatDuration).join(', ')} before`;
}
