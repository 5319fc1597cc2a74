import { Button } from '@/components/button';
import { Field } from '@/components/field';
import type { WeeklyHours } from '@/scheduling/availability';
import { formatWallTime } from '@/scheduling/formatting';
import { parseMinuteOfDayOrNaN } from '@/scheduling/time-of-day';
import { getDayBarRange } from './day-hours-bar';
import { DayHoursRow } from './day-hours-row';
import { formatWeekdayName } from './format-hours';
import { getDayRanges, type HoursFormValues, WEEKDAYS_FROM_MONDAY } from './hours-form-values';

/**
 * A GET form whose fields become the address of the preview: dates outside the new hours are shown before anything is
 * saved.
 */
export function WeeklyHoursForm(props: {
  who: string;
  values: HoursFormValues;
  /** The present hours, which the new ones would replace. */
  before: WeeklyHours;
  today: string;
  locale: string;
  errors: Record<string, string>;
}) {
  const { who, values, before, today, locale, errors } = props;
  const ends = getDayBarRange(
    WEEKDAYS_FROM_MONDAY.flatMap((day) => [...(before[day] ?? []), ...getDayRanges(values, day)]).filter(isTime),
  );
  const formatHour = (minutes: number) => formatWallTime(`${String(minutes / 60).padStart(2, '0')}:00`, locale);
  return (
    <form action="/practice/settings/hours#before" method="get">
      <input type="hidden" name="who" value={who} />
      <input type="hidden" name="do" value="week" />
      <Field
        label="Valid from"
        id="valid-from"
        name="from"
        type="date"
        required
        min={today}
        defaultValue={values.from}
        error={errors.validFrom}
        className="mb-5 max-w-[16rem]!"
      />
      <ul className="border-t border-ink">
        {WEEKDAYS_FROM_MONDAY.map((weekday) => (
          <DayHoursRow
            key={weekday}
            weekday={weekday}
            name={formatWeekdayName(weekday)}
            values={values}
            before={before[weekday] ?? []}
            ends={ends}
            error={errors[`week.${weekday}`]}
          />
        ))}
      </ul>
      <p className="mt-3 mb-5 text-small text-soft">
        Empty both times for a day off. The bar runs from {formatHour(ends[0])} to {formatHour(ends[1])}. An outline
        marks hours that end.
      </p>
      <Button kind="plain">Check, then save</Button>
    </form>
  );
}

function isTime(range: [string, string]): boolean {
  return range.every((time) => !Number.isNaN(parseMinuteOfDayOrNaN(time)));
}
