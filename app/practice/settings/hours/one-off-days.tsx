import { Button } from '@/components/button';
import { Field } from '@/components/field';
import type { Override } from '@/scheduling/availability';
import { DayTimeInputs } from './day-hours-row';
import { formatDateSpan, formatTimeRanges, groupDatesIntoSpans } from './format-hours';
import { type HoursFormValues, hoursSettingsHref } from './hours-form-values';

/** Upcoming days with hours of their own, and a form for more. Both show a preview before anything is saved. */
export function OneOffDays(props: {
  who: string;
  days: Override[];
  values: HoursFormValues;
  today: string;
  locale: string;
  errors: Record<string, string>;
}) {
  const { who, days, values, today, locale, errors } = props;
  return (
    <>
      {days.length === 0 ? (
        <p className="text-soft">Every upcoming day follows the weekly hours.</p>
      ) : (
        <ul className="max-w-[46rem] border-t border-ink">
          {groupDatesIntoSpans(days).map((span) => (
            <li
              key={span.from}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-0.5 mid:grid-cols-[9rem_minmax(0,1fr)_auto]"
            >
              <b className="font-serif text-[1.0625rem] leading-6 font-medium">{formatDateSpan(span, locale, today)}</b>
              <span className="text-small text-soft max-mid:row-start-2">
                {span.hours.length === 0 ? 'Off' : formatTimeRanges(span.hours, locale)}
              </span>
              <a
                href={`${hoursSettingsHref({ who, do: 'no_days', from: span.from, until: span.until })}#before`}
                className="inline-flex min-h-11 items-center text-small max-mid:row-span-2"
              >
                Remove<span className="sr-only"> {formatDateSpan(span, locale, today)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <details className="mt-3" open={values.do === 'days'}>
        <summary className="inline-flex min-h-11 w-fit cursor-pointer list-none items-center rounded border border-edge px-4 text-[0.9375rem] leading-5 font-[550] hover:bg-sand [&::-webkit-details-marker]:hidden">
          Add a day
        </summary>
        <form action="/practice/settings/hours#before" method="get" className="grid max-w-[36rem] gap-4 pt-3">
          <input type="hidden" name="who" value={who} />
          <input type="hidden" name="do" value="days" />
          <div className="grid gap-x-3 gap-y-4 mid:grid-cols-2">
            <Field
              label="First day"
              id="days-from"
              type="date"
              name="from"
              required
              min={today}
              defaultValue={values.from}
              error={errors.from}
            />
            <Field
              label="Last day"
              optional
              id="days-until"
              type="date"
              name="until"
              min={today}
              defaultValue={values.until}
              error={errors.until}
            />
          </div>
          <fieldset>
            <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">On each of these days</legend>
            <Radio value="no" isOn={values.open !== 'yes'}>
              Off
            </Radio>
            <Radio value="yes" isOn={values.open === 'yes'}>
              Open, from when until when:
            </Radio>
            <div className="pl-8">
              <DayTimeInputs day="day" name="These days" values={values} error={errors.hours} />
            </div>
          </fieldset>
          <div>
            <Button kind="plain">Check, then save</Button>
          </div>
        </form>
      </details>
    </>
  );
}

function Radio({ value, isOn, children }: { value: string; isOn: boolean; children: React.ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="open" value={value} defaultChecked={isOn} className="size-5 flex-none accent-euc" />
      {children}
    </label>
  );
}
