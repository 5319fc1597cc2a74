import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { EVERYONE, TIME_OFF_KIND_OPTIONS, TIME_OFF_SHORTCUTS, type TimeOffFormValues } from './time-off-form-values';

/**
 * A GET form whose fields become the address of the preview: bookings in the way are shown before any time is taken.
 */
export function TimeOffForm(props: {
  fields: TimeOffFormValues;
  today: string;
  options: string[];
  therapists: { id: string; name: string }[];
  /** What is wrong with the days. */
  problem: string | null;
  /** Whether the bookings in that time are shown already. */
  isAnswered: boolean;
}) {
  const { fields, today, options, therapists, problem, isAnswered } = props;
  // Without another last day, the end is wrong by its hour.
  const isLastDay = fields.until !== '' && fields.until !== fields.from;
  const error = problem ? `${problem}.` : undefined;
  const nameOf = (id: string) => therapists.find((therapist) => therapist.id === id)?.name ?? id;
  return (
    <form action="/practice/time-off" method="get" className="grid max-w-[36rem] gap-4">
      {/* Enter in a field presses the first button of the form. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="hidden" />
      {options.length > 1 && (
        <label className="grid gap-2 text-[0.9375rem] leading-5 font-[550]">
          Who
          <select
            name="who"
            defaultValue={fields.who}
            className="min-h-13 w-full rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
          >
            {options.map((id) => (
              <option key={id} value={id}>
                {id === EVERYONE ? 'Everyone' : nameOf(id)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="flex flex-wrap gap-2">
        {Object.entries(TIME_OFF_SHORTCUTS).map(([value, label]) => (
          <Button key={value} kind="plain" name="quick" value={value} formNoValidate>
            {label}
          </Button>
        ))}
      </div>
      <p className="text-small text-soft">Or say which days.</p>
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-3 gap-y-4">
        <Field label="First day" type="date" name="from" required min={today} defaultValue={fields.from} />
        <Field label="From" optional type="time" name="at" step={300} defaultValue={fields.at} />
        <Field
          label="Last day"
          type="date"
          name="until"
          min={today}
          defaultValue={fields.until}
          error={isLastDay ? error : undefined}
        />
        <Field
          label="Until"
          optional
          type="time"
          name="to"
          step={300}
          defaultValue={fields.to}
          error={isLastDay ? undefined : error}
        />
      </div>
      <p className="-mt-1 text-small text-soft">
        Both days count. Without hours they are whole days; without a last day it is one. Whoever leaves for good has no
        last day.
      </p>
      <fieldset>
        <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">What it is</legend>
        <div className="flex flex-wrap gap-x-8">
          {Object.entries(TIME_OFF_KIND_OPTIONS).map(([kind, name]) => (
            <label key={kind} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="kind"
                value={kind}
                defaultChecked={kind === fields.kind}
                className="size-5 accent-euc"
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Button kind={isAnswered ? 'plain' : 'fill'} broad>
          See what is booked then
        </Button>
      </div>
    </form>
  );
}
