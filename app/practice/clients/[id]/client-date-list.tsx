import { formatDayOfInstant } from '@/app/practice/clients/format-day-and-time';
import { DateStateMark } from '@/components/date-state-mark';
import type { Staff } from '@/db/access/viewer';
import type { ClientDate } from '@/db/people/get-client';
import type { Practice } from '@/db/practice/practice';
import { formatMoney } from '@/scheduling/format-money';
import { formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { dateInCalendarHref } from './date-in-calendar-href';

/** A client's dates with how each went or is due; each links to its place on the calendar. */
export function ClientDateList({
  dates,
  viewer,
  practice,
  now,
  isPast,
  pendingHandOvers,
}: {
  dates: ClientDate[];
  viewer: Staff;
  practice: Practice;
  now: number;
  isPast?: boolean;
  /** The dates for which the client is being asked whether a colleague may take over. */
  pendingHandOvers?: Set<string>;
}) {
  return (
    <ol className="border-y border-line border-t-ink lining-nums">
      {dates.map((date) => {
        const href = dateInCalendarHref(date, viewer);
        const day = formatDayOfInstant(date.startsAt, practice, now);
        return (
          <li
            key={date.uid}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-center gap-x-3 border-t border-line py-2 first:border-t-0 mid:grid-cols-[1.75rem_9.5rem_minmax(0,1fr)_auto]"
          >
            <span className="text-small text-soft">
              {date.sessions > 1 && (
                <>
                  <span className="sr-only">Session </span>
                  {date.position}
                </>
              )}
            </span>
            <p className={`font-serif text-[1.0625rem] ${isPast ? 'text-soft' : ''}`}>
              {href ? (
                <a href={href} className="inline-flex min-h-11 items-center">
                  {day}
                </a>
              ) : (
                <span className="inline-flex min-h-11 items-center">{day}</span>
              )}
            </p>
            <p className="text-small text-soft max-mid:col-start-2 max-mid:row-start-2 max-mid:-mt-1">
              {formatTime(practice.timeZone, date.startsAt, practice.locale)}, {date.service.name}, {date.minutes}{' '}
              minutes, with {date.therapist.name}
              {isPast && `, ${formatMoney(date.priceCents, date.currency, practice.locale)}`}
              {date.isMoved &&
                `, by the plan ${formatDayOfInstant(date.nominalStartsAt, practice, now)} at ${formatTime(practice.timeZone, date.nominalStartsAt, practice.locale)}`}
            </p>
            <p className="max-mid:col-start-3 max-mid:row-start-1">
              {pendingHandOvers?.has(date.uid) ? (
                <span className="text-small font-medium">Waiting for the client’s answer</span>
              ) : (
                <State date={date} now={now} />
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function State({ date, now }: { date: ClientDate; now: number }) {
  if (date.status === 'cancelled' && date.isLateCancel)
    return <span className="text-[0.9375rem] font-medium text-clay">Cancelled late</span>;
  if (date.status !== 'booked') return <DateStateMark state={date.status} />;
  if (date.endsAt <= now) return <span className="text-small text-soft">Not noted yet</span>;
  const dayOf = (instant: number) => toWallTime(date.timeZone, instant).on;
  if (dayOf(date.startsAt) === dayOf(now)) return <span className="text-small font-medium">Today</span>;
  return date.isMoved && date.movedAt !== null ? <DateStateMark state="moved" /> : null;
}
