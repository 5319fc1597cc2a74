import type { BookingChoice } from '@/app/book/booking-choice';
import { bookingHref } from '@/app/book/booking-url';
import type { ShownDays } from '@/app/book/get-shown-days';
import { daysBetween } from '@/scheduling/day';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';

/** The one or two weeks shown, with links to the weeks before and after. */
export function StartWeekLinks(props: { choice: BookingChoice; window: ShownDays; today: string; locale: string }) {
  const { choice, window, today, locale } = props;
  const to = (week: string) => `${bookingHref(choice, 'time', { week, day: null })}#times`;
  const link = 'inline-flex min-h-11 items-center';
  return (
    <nav aria-label="Start weeks" className="flex flex-wrap items-center gap-x-6 text-small">
      {window.earlier && (
        <a href={to(window.earlier)} className={link}>
          Earlier
        </a>
      )}
      <span>{formatShownWeeks(window, today, locale)}</span>
      {window.later && (
        <a href={to(window.later)} className={link}>
          Later
        </a>
      )}
    </nav>
  );
}

/** 'Starting the week of 30 Nov', 'Weeks of 30 Nov and 7 Dec', 'From today, 29 Nov'. */
export function formatShownWeeks(window: ShownDays, today: string, locale: string): string {
  if (window.weekB)
    return `Weeks of ${formatDateWithoutWeekday(window.from, 'short', locale)} and ${formatDateWithoutWeekday(window.weekB, 'short', locale)}`;
  if (daysBetween(window.from, window.until) === 7 && window.from !== today)
    return `Starting the week of ${formatDateWithoutWeekday(window.from, 'short', locale)}`;
  return window.from === today
    ? `From today, ${formatDateWithoutWeekday(today, 'short', locale)}`
    : `From ${formatDateWithoutWeekday(window.from, 'short', locale)}`;
}
