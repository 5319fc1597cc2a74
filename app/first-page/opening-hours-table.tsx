import type { Holiday } from '@/db/practice/practice';
import { addDays } from '@/scheduling/day';
import { formatDateWithoutWeekday, formatWallTime, formatWeekdays } from '@/scheduling/formatting';
import type { OpeningHours } from '@/scheduling/opening-hours';

interface Props {
  hours: OpeningHours[];
  holidays: Holiday[];
  today: string;
  locale: string;
}

/** How many days ahead closed days are listed. */
const DAYS_AHEAD = 42;

/** The weekly opening hours, and the next days on which the practice is closed. */
export function OpeningHoursTable({ hours, holidays, today, locale }: Props) {
  const closed = holidays.filter(({ on }) => on >= today && on <= addDays(today, DAYS_AHEAD));
  return (
    <div>
      <table className="w-full border-t border-ink">
        <tbody>
          {hours.map(({ weekdays, hours: ranges }) => (
            <tr key={weekdays.join()} className="border-b border-line max-slim:block">
              <th scope="row" className="py-2.5 pr-4 text-left text-ui font-normal max-slim:block max-slim:pb-0">
                {formatWeekdays(weekdays, 'long')}
              </th>
              <td className="py-2.5 text-right text-ui max-slim:block max-slim:pt-0 max-slim:text-left">
                {ranges
                  .map(([from, until]) => `${formatWallTime(from, locale)} to ${formatWallTime(until, locale)}`)
                  .join(', ') || 'closed'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {closed.length > 0 && (
        <p className="mt-3 text-small text-soft">
          Closed on{' '}
          {closed.map(({ on, name }) => `${formatDateWithoutWeekday(on, 'long', locale)} (${name})`).join(', ')}.
        </p>
      )}
    </div>
  );
}
