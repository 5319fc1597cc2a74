import type { Staff } from '@/db/access/viewer';
import type { ExternalClash } from '@/db/calendars/external-clashes';
import type { Practice } from '@/db/practice/practice';
import { capitalize, sayDay, sayNumberInWords, sayTime } from '@/scheduling/formatting';
import { toWall } from '@/scheduling/zone';
import { type CalendarUrlState, calendarHref } from './calendar-url';

/** Upcoming dates at which a therapist's own calendar elsewhere is busy: one line, which opens to a list. */
export function ExternalClashes(props: {
  clashes: ExternalClash[];
  viewer: Staff;
  practice: Practice;
  choice: CalendarUrlState;
}) {
  const { clashes } = props;
  const { timeZone, locale } = props.practice;
  if (clashes.length === 0) return null;
  const many = sayNumberInWords(clashes.length);
  const whose = props.viewer.role === 'therapist' ? 'your own calendar' : 'a therapist’s own calendar';
  return (
    <details id="notice-clashes" className="border-t border-line text-small print:hidden">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-clay underline underline-offset-[0.2em]">
        {capitalize(many)} booked {clashes.length === 1 ? 'date meets' : 'dates meet'} something in {whose}
      </summary>
      <ul className="max-w-[50rem] pb-4">
        {clashes.map(({ uid, clientName, startsAt }) => {
          const { on } = toWall(timeZone, startsAt);
          return (
            <li key={uid}>
              <a
                href={calendarHref(props.choice, { on, open: uid })}
                className="inline-flex min-h-11 items-center wrap-anywhere"
              >
                {sayDay(on, 'long', locale)} at {sayTime(timeZone, startsAt, locale)}, <bdi>{clientName}</bdi>
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
