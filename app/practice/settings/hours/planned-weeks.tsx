import { formatDay } from '@/scheduling/formatting';
import type { WeeklyHoursVersion } from '@/scheduling/repeating-breaks';
import { formatWeeklyHours } from './format-hours';
import { hoursSettingsHref } from './hours-form-values';

interface PlannedWeeksProps {
  laterWeeks: WeeklyHoursVersion[];
  who: string;
  locale: string;
}

/** Weekly hours that begin on a later day, each with links to change or remove it. */
export function PlannedWeeks({ laterWeeks, who, locale }: PlannedWeeksProps) {
  return (
    <ul className="max-w-[46rem] border-t border-ink">
      {laterWeeks.map(({ validFrom, week }) => (
        <li
          key={validFrom}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-1.5"
        >
          <span>
            <b className="block font-serif text-[1.0625rem] leading-6 font-medium">
              From {formatDay(validFrom, 'full', locale)}
            </b>
            <span className="text-small text-soft">{formatWeeklyHours(week, locale)}</span>
          </span>
          <span className="flex flex-wrap justify-end gap-x-5 text-small *:inline-flex *:min-h-11 *:items-center">
            <a href={hoursSettingsHref({ who, from: validFrom }, { copy: `${who}~${validFrom}` })}>
              Change<span className="sr-only"> what begins on {formatDay(validFrom, 'short', locale)}</span>
            </a>
            <a href={`${hoursSettingsHref({ who, do: 'no_week', from: validFrom })}#before`}>
              Remove<span className="sr-only"> what begins on {formatDay(validFrom, 'short', locale)}</span>
            </a>
          </span>
        </li>
      ))}
    </ul>
  );
}
