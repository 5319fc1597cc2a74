'use client';

import { StrandedDatesFields } from '@/app/practice/settings/stranded-dates-fields';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { addClosedDays, type ClosedDaysFormState } from './actions';

/** Closes a single day that the owner chooses, or several of those `offered`. Appointments on them are listed first. */
export function ClosedDaysForm({
  offered,
  from,
}: {
  offered: { on: string; name: string; label: string }[] | null;
  from: string;
}) {
  const { state, form, failure } = useActionForm(addClosedDays, {
    days: [],
    error: null,
    problem: null,
    dates: null,
  } as ClosedDaysFormState);
  const { days, error, dates } = state;
  if (dates) {
    return (
      <form key="asked" {...form} className="grid max-w-[46rem] gap-6">
        {days.map(({ on, name }) => (
          <input key={on} type="hidden" name="day" value={`${on} ${name}`} />
        ))}
        <StrandedDatesFields
          key={JSON.stringify(state)}
          state={state}
          title={`${dates.length === 1 ? 'One date is' : `${dates.length} dates are`} booked then`}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button>{days.length === 1 ? 'Close this day' : `Close these ${days.length} days`}</Button>
          <a href="/practice/settings/holidays" className="inline-flex min-h-11 items-center">
            Close nothing
          </a>
        </div>
        {failure}
      </form>
    );
  }
  return (
    <form key={`choose ${JSON.stringify(days)}`} {...form} noValidate className="grid max-w-[40rem] gap-6">
      <StrandedDatesFields state={state} title="" />
      {offered ? (
        <fieldset>
          <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">Tick those on which you are closed</legend>
          {offered.map(({ on, name, label: text }) => (
            <label key={on} className="flex min-h-11 items-start gap-3 py-2">
              <input
                type="checkbox"
                name="day"
                value={`${on} ${name}`}
                defaultChecked={days.some((day) => day.on === on)}
                className="mt-0.5 size-5 flex-none accent-euc"
              />
              <span>
                {text} <span className="text-small text-soft">{name}</span>
              </span>
            </label>
          ))}
          {error && <p className="mt-2 text-small font-medium text-clay">{error}</p>}
        </fieldset>
      ) : (
        <>
          <Field label="Day" name="on" type="date" min={from} defaultValue={days[0]?.on} error={error} />
          <Field label="What it is" name="name" hint="Such as Christmas Day." defaultValue={days[0]?.name} />
        </>
      )}
      <div>
        <Button kind={offered ? 'plain' : 'fill'}>{offered ? 'Close the days ticked' : 'Close the day'}</Button>
        {failure}
      </div>
    </form>
  );
}
