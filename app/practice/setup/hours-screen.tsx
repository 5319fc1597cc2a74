import { getDayBarRange } from '@/app/practice/settings/hours/day-hours-bar';
import { DayHoursRow } from '@/app/practice/settings/hours/day-hours-row';
import { formatWeekdayName } from '@/app/practice/settings/hours/format-hours';
import { getDayRanges, WEEKDAYS_FROM_MONDAY } from '@/app/practice/settings/hours/hours-form-values';
import { Button } from '@/components/button';
import { FieldError } from '@/components/field-error';
import { Notice } from '@/components/notice';
import { parseMinuteOfDayOrNaN } from '@/scheduling/time-of-day';
import type { SetupScreenProps } from './setup-screen-form';

const SELECT = 'min-h-11 rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink';

export function HoursScreen({ values, errors, isCopied }: SetupScreenProps & { isCopied: boolean }) {
  const ends = getDayBarRange(WEEKDAYS_FROM_MONDAY.flatMap((day) => getDayRanges(values, day)).filter(isTime));
  return (
    <>
      {isCopied && (
        <Notice tone="good" title="Copied" live>
          Go on when the week below is right.
        </Notice>
      )}
      {errors.hours && (
        <FieldError id="hours-error" className="mt-2">
          {errors.hours}
        </FieldError>
      )}
      <ul className="border-t border-ink">
        {WEEKDAYS_FROM_MONDAY.map((weekday) => (
          <DayHoursRow
            key={weekday}
            weekday={weekday}
            name={formatWeekdayName(weekday)}
            values={values}
            before={[]}
            ends={ends}
            error={errors[`week.${weekday}`]}
          />
        ))}
      </ul>
      <fieldset className="min-w-0">
        <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">Copy a day</legend>
        <div className="flex flex-wrap items-center gap-3">
          <select name="copyFrom" aria-label="Copy the hours of" defaultValue="1" className={SELECT}>
            {WEEKDAYS_FROM_MONDAY.map((day) => (
              <option key={day} value={day}>
                {formatWeekdayName(day)}
              </option>
            ))}
          </select>
          <span className="text-small text-soft">to</span>
          <select name="copyTo" aria-label="Copy them to" defaultValue="week" className={SELECT}>
            <option value="week">Monday to Friday</option>
            <option value="all">Every day</option>
            {WEEKDAYS_FROM_MONDAY.map((day) => (
              <option key={day} value={day}>
                {formatWeekdayName(day)}
              </option>
            ))}
          </select>
          <Button kind="plain" slim name="then" value="copy">
            Copy
          </Button>
        </div>
      </fieldset>
    </>
  );
}

function isTime(range: [string, string]): boolean {
  return range.every((time) => !Number.isNaN(parseMinuteOfDayOrNaN(time)));
}
