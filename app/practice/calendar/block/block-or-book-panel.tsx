import Link from 'next/link';
import {
  bookTimeHref,
  type CalendarTimeRange,
  type CalendarUrlState,
  calendarHref,
} from '@/app/practice/calendar/calendar-url';
import { PanelFrame } from '@/app/practice/calendar/panel-frame';
import { breakWeekdayFieldName, hoursSettingsHref as hoursHref } from '@/app/practice/settings/hours/hours-form-values';
import { ActionForm } from '@/components/action-form';
import { Button, ButtonLink } from '@/components/button';
import { daysBetween, listDays, weekdayOf } from '@/scheduling/day';
import { formatDay, formatWallTime } from '@/scheduling/formatting';
import { formatMinuteOfDay, parseMinuteOfDay } from '@/scheduling/time-of-day';
import { blockTime } from './actions';
import { BlockTimeFields } from './block-time-fields';

interface BlockPanelProps {
  stretch: CalendarTimeRange;
  shown: CalendarUrlState;
  who: string;
  locale: string;
  /** Whether the viewer may set the weekly hours of this therapist. */
  mayRepeat: boolean;
}

/** What to do with the selected empty time: book somebody in it, or block it. Over several days it can be blocked only. */
export function BlockOrBookPanel({ stretch, shown, who, locale, mayRepeat }: BlockPanelProps) {
  const { at, until, therapistId } = stretch;
  const [on = '', from = ''] = at.split('T');
  const to = stretch.to || plusHalfAnHour(from);
  const closeHref = calendarHref(shown, { open: undefined });
  const isOneDay = until === on;
  const days = listDays(on, Math.min(daysBetween(on, until) + 1, 7));
  const weekdays = Object.fromEntries(days.map((day) => [breakWeekdayFieldName(weekdayOf(day)), 'yes']));
  const repeating = { who: therapistId, name: 'Break', at: from, to, from: on, ...weekdays };
  return (
    <PanelFrame labelledBy="block-name" closeHref={closeHref}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="block-name" className="text-[1.375rem]! leading-8! font-normal!">
          {formatDay(on, 'short', locale)}
          {isOneDay ? ', ' : ' '}
          {formatWallTime(from, locale)} to {isOneDay ? '' : `${formatDay(until, 'short', locale)} `}
          {formatWallTime(to, locale)}, {who}
        </h2>
        <Link href={closeHref} scroll={false} className="inline-flex min-h-11 flex-none items-center text-small">
          Close
        </Link>
      </div>
      <div className="grid gap-4 pt-2 pb-3">
        {isOneDay && (
          <div>
            <ButtonLink kind="plain" slim href={bookTimeHref(shown, at, therapistId)}>
              Book a client
            </ButtonLink>
          </div>
        )}
        <ActionForm
          key={`${at} ${until} ${to} ${therapistId}`}
          action={blockTime}
          className="grid gap-3 border-t border-line pt-3"
        >
          <input type="hidden" name="back" value={closeHref.split('?')[1] ?? ''} />
          <input type="hidden" name="who" value={therapistId} />
          <input type="hidden" name="from" value={on} />
          <h3 className="m-0!">Block this time</h3>
          <BlockTimeFields from={on} initial={{ at: from, to, until }} locale={locale} />
          <fieldset className="flex flex-wrap gap-x-6">
            <legend className="sr-only">What it is</legend>
            {(
              [
                ['break', 'A break or meeting'],
                ['leave', 'Away'],
              ] as const
            ).map(([kind, label], first) => (
              <label key={kind} className="flex min-h-11 items-center gap-2.5">
                <input
                  type="radio"
                  name="kind"
                  value={kind}
                  defaultChecked={first === 0}
                  className="size-5 accent-euc"
                />
                {label}
              </label>
            ))}
          </fieldset>
          <div>
            <Button slim>Block this time</Button>
          </div>
          <p className="text-small text-soft">Nobody can book it then. Whoever is booked already is listed first.</p>
        </ActionForm>
        {mayRepeat && from < to && (
          <Link href={`${hoursHref(repeating)}#breaks`} className="inline-flex min-h-11 w-fit items-center text-small">
            Repeat it every week instead
          </Link>
        )}
      </div>
    </PanelFrame>
  );
}

function plusHalfAnHour(time: string): string {
  return formatMinuteOfDay(Math.min(parseMinuteOfDay(time) + 30, 24 * 60 - 5));
}
