'use client';

import { SaveResultNotices } from '@/app/practice/settings/save-result-notices';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Section } from '@/components/section';
import { savePolicies } from './actions';

export function PoliciesForm({ policies, steps }: { policies: Record<string, string>; steps: number[] }) {
  const untouched = { values: policies, seen: JSON.stringify(policies), errors: {}, flash: null };
  const { state, form, failure } = useActionForm(savePolicies, untouched);
  const { values, errors, seen } = state;
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  return (
    <form key={JSON.stringify(state)} {...form} noValidate>
      <input type="hidden" name="seen" value={seen} />
      <SaveResultNotices flash={state.flash} errors={errors} href="/practice/settings/policies">
        These rules count from now on. Nothing that is booked was changed.
      </SaveResultNotices>
      <Section title="Changing plans" aside="What clients may still do by themselves, and when they have to call." open>
        <div className="grid gap-6">
          <Field
            label="Cancel free until, in hours before"
            inputMode="decimal"
            hint="Such as 24. With 0 a client may cancel until the massage begins."
            {...field('cancelCutoffMinutes')}
          />
          <Field label="Move until, in hours before" inputMode="decimal" {...field('moveCutoffMinutes')} />
          <Field
            label="How often one date may be moved online"
            inputMode="numeric"
            hint="By the client; after that they call. 0 is as often as they like. Moves made before count."
            {...field('movesPerDate')}
          />
        </div>
      </Section>
      <Section
        title="Late, or not there"
        aside="Shown on the booking page, on each client’s own page, and in the e-mail of every booking."
      >
        <div className="grid gap-6">
          <Field
            label="Minutes you wait for somebody who is late"
            inputMode="numeric"
            hint="With 0 nothing is said of it."
            {...field('graceMinutes')}
          />
          <Field
            label="What you say of late cancelling and of not coming"
            lines={3}
            optional
            hint="In your own words, such as: A date that is cancelled later, or missed, is charged in half."
            {...field('noShowWords')}
          />
        </div>
      </Section>
      <Section
        title="What can be booked"
        aside="A massage may have a notice and a window of its own. Another step or window moves nothing: what is booked at an hour that is no longer offered keeps it."
      >
        <div className="grid gap-6">
          <Field
            label="Notice, in hours"
            inputMode="decimal"
            hint="How soon the next massage may begin when it is booked online."
            {...field('noticeMinutes')}
          />
          <Field
            label="How many days ahead"
            inputMode="numeric"
            hint="From 7 to 730. Series that are already booked may reach further, and stay."
            {...field('windowDays')}
          />
          <div className="max-w-[36rem]">
            <label htmlFor="stepMinutes" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
              A time is offered every
            </label>
            <select
              id="stepMinutes"
              name="stepMinutes"
              defaultValue={values.stepMinutes}
              className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
            >
              {steps.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes} minutes
                </option>
              ))}
            </select>
            {errors.stepMinutes && <p className="mt-2 text-small font-medium text-clay">{errors.stepMinutes}</p>}
          </div>
          <Field
            label="Minutes a time is held while somebody types their name"
            inputMode="numeric"
            {...field('holdMinutes')}
          />
          <Field
            label="Minutes a freed time is held for somebody on the waiting list"
            inputMode="numeric"
            hint="From 10 to 1440. Near the session it is held for less, so that it can still be booked."
            {...field('offerMinutes')}
          />
          <Field
            label="Most sessions in one series"
            inputMode="numeric"
            hint="From 1 to 52. Longer series that are already booked stay whole."
            {...field('maxSessions')}
          />
          <div>
            <Button>Save</Button>
            {failure}
          </div>
        </div>
      </Section>
    </form>
  );
}
