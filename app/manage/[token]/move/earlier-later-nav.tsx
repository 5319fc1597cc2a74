import { addDays, daysBetween } from '@/scheduling/day';
import { formatDay } from '@/scheduling/formatting';

export const MOVE_DAYS_SHOWN = 7;

/** The days that are shown, and the first and last days that can be. */
export interface MoveWeek {
  from: string;
  today: string;
  last: string;
}

export function EarlierLaterNav(props: { week: MoveWeek; pagePath: string; locale: string; anchor: string }) {
  const { week, pagePath, locale, anchor } = props;
  const { from, today, last } = week;
  const link = (day: string, label: string) => (
    <a href={`${pagePath}&from=${day}#${anchor}`} className="inline-flex min-h-11 items-center">
      {label}
    </a>
  );
  return (
    <nav aria-label="Other days" className="mb-4 flex flex-wrap items-center gap-x-6 text-small">
      {from > today && link(addDays(from, -MOVE_DAYS_SHOWN), 'Earlier')}
      <span>
        {formatDay(from, 'short', locale)} to {formatDay(addDays(from, MOVE_DAYS_SHOWN - 1), 'short', locale)}
      </span>
      {daysBetween(from, last) >= MOVE_DAYS_SHOWN && link(addDays(from, MOVE_DAYS_SHOWN), 'Later')}
    </nav>
  );
}
