'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { saveNewClientLimits } from './actions';

const CHOICES = [
  ['book', 'Book at once', 'As for everyone. Beyond the limits below they confirm their e-mail address first.'],
  ['confirm', 'Confirm first', 'Every new client presses a link in an e-mail, and is booked then.'],
  ['approve', 'Wait for you', 'You approve the first booking of every new client here. No time is held until you do.'],
] as const;

const NUMBERS = [
  ['unconfirmedPerSender', 'Sessions from one internet address in a day', 'Of people who have not confirmed.'],
  ['unconfirmedPerEmail', 'Sessions of one e-mail address', 'In bookings that it has not confirmed.'],
  ['unconfirmedWeekPercent', 'Percent of a therapist’s week', 'For all who have not confirmed, together.'],
  ['heldMinutesPerSender', 'Minutes held from one internet address', 'While somebody types their name.'],
  ['heldDayPercent', 'Percent of a therapist’s day held', 'For all who are typing, together.'],
] as const;

/** The limits for new clients. `limits` are the practice's own, by name. */
export function NewClientLimitsForm({ limits }: { limits: Record<string, string> }) {
  const { state, form, failure } = useActionForm(saveNewClientLimits, { values: limits, errors: {}, flash: null });
  const { values, errors } = state;
  return (
    <form key={JSON.stringify(values)} {...form} noValidate className="grid max-w-[36rem] gap-6">
      {state.flash === 'saved' && <Notice tone="good" title="Saved" live />}
      {state.flash === 'busy' && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was changed. Try again in a moment.
        </Notice>
      )}
      <fieldset>
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">When a new client books</legend>
        {CHOICES.map(([value, title, hint]) => (
          <CheckboxOrRadio
            key={value}
            {...{ type: 'radio', name: 'newClients', value, isChosen: values.newClients === value, hint }}
          >
            {title}
          </CheckboxOrRadio>
        ))}
      </fieldset>
      {NUMBERS.map(([name, label, hint]) => (
        <Field
          key={name}
          label={label}
          name={name}
          inputMode="numeric"
          hint={hint}
          defaultValue={values[name]}
          error={errors[name]}
        />
      ))}
      <div>
        <Button kind="plain">Save</Button>
        {failure}
      </div>
    </form>
  );
}
