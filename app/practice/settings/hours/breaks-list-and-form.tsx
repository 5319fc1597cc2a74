import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import type { RepeatingBreak } from '@/scheduling/hours-plan';
import { formatTimeRange, formatWeekdayList, formatWeekdayName } from './format-hours';
import {
  breakWeekdayFieldName,
  type HoursFormValues,
  hoursSettingsHref,
  toBreakFormValues,
  WEEKDAYS_FROM_MONDAY,
} from './hours-form-values';

/**
 * The repeating breaks, and one form to add a break, or to change or end one from a day on. A preview comes before
 * saving.
 */
export function BreaksListAndForm(props: {
  who: string;
  breaks: RepeatingBreak[];
  /** The values of the form; with `break`, it changes that break. */
  values: HoursFormValues;
  today: string;
  locale: string;
  errors: Record<string, string>;
}) {
  const { who, breaks, values, today, locale, errors } = props;
  const changed = breaks.find(({ id }) => id === values.break);
  return (
    <>
      {breaks.length === 0 ? (
        <p className="text-soft">No break repeats.</p>
      ) : (
        <ul className="max-w-[46rem] border-t border-ink">
          {breaks.map((repeating) => (
            <li
              key={repeating.id}
              className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5"
            >
              <span className="min-w-[min(100%,12rem)] flex-1">
                <b className="block font-serif text-[1.0625rem] leading-snug font-medium wrap-anywhere">
                  {repeating.name}, {formatWeekdayList(repeating.weekdays)} {formatTimeRange(repeating, locale)}
                </b>
                <span className="text-small text-soft">{formatValidity(repeating, today, locale)}</span>
              </span>
              <a
                href={`${hoursSettingsHref({ who, ...toBreakFormValues(repeating), from: repeating.validFrom > today ? repeating.validFrom : today })}#breaks`}
                className="inline-flex min-h-11 items-center text-small"
              >
                Change or end
                <span className="sr-only">
                  {' '}
                  {repeating.name}, {formatWeekdayList(repeating.weekdays)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <details className="mt-3" open={changed !== undefined || values.do === 'break' || values.at !== undefined}>
        <summary className="inline-flex min-h-11 w-fit cursor-pointer list-none items-center rounded border border-edge px-4 py-1.5 text-[0.9375rem] leading-snug font-[550] hover:bg-sand [&::-webkit-details-marker]:hidden">
          {changed ? `Change ${changed.name}` : 'Add a repeating break'}
        </summary>
        <form action="/practice/settings/hours#before" method="get" className="grid max-w-[36rem] gap-4 pt-3">
          {/* Enter in a field presses the first button of the form. */}
          <button type="submit" name="do" value="break" tabIndex={-1} aria-hidden="true" className="hidden" />
          <input type="hidden" name="who" value={who} />
          {changed && <input type="hidden" name="break" value={changed.id} />}
          <Field
            label="What it is"
            hint="Shown in the calendar to everyone who works here."
            name="name"
            required
            maxLength={40}
            defaultValue={values.name ?? 'Lunch'}
            error={errors.name}
          />
          <fieldset>
            <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">On which days</legend>
            <div className="flex flex-wrap gap-x-6">
              {WEEKDAYS_FROM_MONDAY.map((weekday) => (
                <label key={weekday} className="flex min-h-11 items-center gap-2.5">
                  <input
                    type="checkbox"
                    name={breakWeekdayFieldName(weekday)}
                    value="yes"
                    defaultChecked={isOn(values, weekday)}
                    className="size-5 accent-euc"
                  />
                  <span aria-hidden="true">{formatWeekdayName(weekday).slice(0, 3)}</span>
                  <span className="sr-only">{formatWeekdayName(weekday)}</span>
                </label>
              ))}
            </div>
            {errors.weekdays && <p className="text-small text-clay">{errors.weekdays}</p>}
          </fieldset>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9.5rem),1fr))] gap-x-3 gap-y-4">
            <Field
              label="From"
              id="break-at"
              type="time"
              step={300}
              name="at"
              required
              defaultValue={values.at ?? '12:30'}
              error={errors.breakFrom}
            />
            <Field
              label="Until"
              id="break-to"
              type="time"
              step={300}
              name="to"
              required
              defaultValue={values.to ?? '13:00'}
              error={errors.breakUntil}
            />
            <Field
              label={changed ? 'As from' : 'Begins on'}
              id="break-from"
              type="date"
              name="from"
              required
              min={today}
              defaultValue={values.from ?? today}
              error={errors.validFrom}
            />
            <Field
              label="Ends on"
              optional
              id="break-until"
              type="date"
              name="until"
              min={today}
              defaultValue={values.until}
              error={errors.validUntil}
            />
          </div>
          <p className="-mt-1 text-small text-soft">
            {changed
              ? 'Until the day before, the break stays as it is.'
              : 'Without an end it repeats until you end it.'}
          </p>
          <div className="flex flex-wrap gap-3">
            <Button kind="plain" name="do" value="break">
              Check, then save
            </Button>
            {changed && (
              <Button kind="plain" name="do" value="no_break" formNoValidate>
                End it from that day
              </Button>
            )}
          </div>
        </form>
      </details>
    </>
  );
}

/** A new break is offered for the five days on which most people work. */
function isOn(values: HoursFormValues, weekday: number): boolean {
  const isUntouched =
    values.do === undefined &&
    values.break === undefined &&
    !WEEKDAYS_FROM_MONDAY.some((day) => values[breakWeekdayFieldName(day)]);
  return isUntouched ? weekday >= 1 && weekday <= 5 : values[`on${weekday}`] === 'yes';
}

function formatValidity({ validFrom, validUntil }: RepeatingBreak, today: string, locale: string): string {
  const until = validUntil === null ? '' : `until ${formatDateWithoutWeekday(validUntil, 'full', locale)}`;
  if (validFrom <= today) return until === '' ? 'Every week' : `Every week ${until}`;
  const from = `From ${formatDateWithoutWeekday(validFrom, 'full', locale)}`;
  return until === '' ? from : `${from} ${until}`;
}
