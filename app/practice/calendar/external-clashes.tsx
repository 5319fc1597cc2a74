import type { Staff } from '@/db/access/viewer';
import type { ExternalClash } from '@/db/calendars/external-clashes';
import type { Practice } from '@/db/practice/practice';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type CalendarUrlState, calendarHref } from './calendar-url';

/** Upcoming dates at which a therapist's imported calendar is busy: one line, which opens to a list. */
export function ExternalClashesNotice(props: {
  clashes: ExternalClash[];
  viewer: Staff;
  practice: Practice;
  choice: CalendarUrlState;
}) {
  const { clashes } = props;
  const { timeZone, locale } = props.practice;
  if (clashes.length === 0) return null;
  const many = formatNumberInWords(clashes.length);
  const calendarName = props.viewer.role === 'therapist' ? 'your own calendar' : 'a therapist’s own calendar';
  return (
    <details id="notice-clashes" className="border-t border-line text-small print:hidden">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-clay underline underline-offset-[0.2em]">
        {capitalizeFirstLetter(many)} booked {clashes.length === 1 ? 'date meets' : 'dates meet'} something in{' '}
        {calendarName}
      </summary>
      <ul className="max-w-[50rem] pb-4">
        {clashes.map(({ uid, clientName, startsAt }) => {
          const { on } = toWallTime(timeZone, startsAt);
          return (
            <li key={uid}>
              <a
                href={calendarHref(props.choice, { on, open: uid })}
                className="inline-flex min-h-11 items-center wrap-anywhere"
              >
                {formatDay(on, 'long', locale)} at {formatTime(timeZone, startsAt, locale)}, <bdi>{clientName}</bdi>
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
