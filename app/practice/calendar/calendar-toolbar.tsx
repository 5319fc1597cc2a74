import Link from 'next/link';
import { ButtonLink } from '@/components/button';
import { PrintButton } from '@/components/print-button';
import { addDays } from '@/scheduling/day';
import { formatDay, formatDayRange, formatMonthName } from '@/scheduling/formatting';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { DayOrWeekSegment, TherapistLinks, WeekdayLinks, WhoseSegment } from './calendar-toolbar-parts';
import { type CalendarUrlState, calendarHref } from './calendar-url';
import type { CalendarWeekData } from './calendar-week';
import type { TherapistLaneData } from './therapist-lanes';
import { ToolbarMenu } from './toolbar-menu';

/**
 * Above the grid: the days that are shown, day or week, whose calendar, and links to other days. On a phone it is one
 * line at the top of the screen, with most of it in a menu.
 */
export function CalendarToolbar({
  choice,
  locale,
  week,
  today,
  hasOwn,
  therapists,
  unconfirmed,
  newBooking,
  newNote,
  notices,
}: {
  choice: CalendarUrlState;
  locale: string;
  week: CalendarWeekData;
  today: string;
  hasOwn: boolean;
  therapists: TherapistLaneData['therapist'][];
  /** How many bookings and requests nobody has confirmed. */
  unconfirmed: number;
  /** Where a booking for a caller begins; null for a viewer who may book in no calendar. */
  newBooking: string | null;
  /** Where a note for the shown day is written. */
  newNote: string;
  /** One line that says what waits for the viewer. */
  notices: React.ReactNode;
}) {
  const shown = { ...choice, open: undefined };
  const sunday = addDays(week.monday, 6);
  const isDay = choice.view === 'day' ? '' : choice.view === 'week' ? 'hidden' : 'wide:hidden';
  const isWeek = choice.view === 'week' ? '' : choice.view === 'day' ? 'hidden' : 'max-wide:hidden';
  const who =
    choice.whose === 'everyone' && therapists.length > 1 ? (
      <TherapistLinks choice={shown} therapists={therapists} />
    ) : null;
  const days = <WeekdayLinks choice={shown} week={week} />;
  const segments = (
    <>
      <DayOrWeekSegment choice={shown} />
      {hasOwn && <WhoseSegment choice={shown} />}
    </>
  );
  const others = (
    <>
      <Link className={STEP} href={timeOffHref(choice, today)}>
        Ill, or time off
      </Link>
      <Link className={STEP} href="/practice/waitlist">
        Waiting<span className="sr-only"> list</span>
      </Link>
      <Link className={STEP} href={newNote} scroll={false}>
        Note
        <span className="sr-only"> on a day, write one</span>
      </Link>
      {unconfirmed > 0 && (
        <Link className={STEP} href="/practice/unconfirmed">
          {unconfirmed} unconfirmed
        </Link>
      )}
    </>
  );
  const stepsOf = (unit: 'day' | 'week') => ({
    earlier: calendarHref(shown, { on: addDays(choice.on, unit === 'day' ? -1 : -7) }),
    today: calendarHref(shown, { on: today }),
    later: calendarHref(shown, { on: addDays(choice.on, unit === 'day' ? 1 : 7) }),
  });
  const phoneUnit = choice.view ?? 'day';
  return (
    <>
      <div className="calendar-toolbar flex items-center justify-between max-wide:-mx-(--gutter) max-wide:flex-wrap max-wide:gap-x-1 max-wide:bg-paper max-wide:px-(--gutter) max-wide:py-0.5 wide:flex-wrap wide:gap-x-6 wide:gap-y-2 wide:pt-2 wide:pb-0.5 print:hidden">
        <h1 className="max-wide:min-w-0 max-wide:flex-1 max-wide:basis-[4rem] max-wide:text-[1.1875rem]! max-wide:leading-[1.375rem]! wide:text-[1.75rem]! wide:leading-[2.125rem]!">
          <span className={isWeek}>{formatWeek(week.monday, sunday, locale)}</span>
          <span className={isDay}>
            <span className="max-wide:hidden">{formatDay(choice.on, 'long', locale)}</span>
            <span className="wide:hidden">{formatDay(choice.on, 'short', locale)}</span>
          </span>
        </h1>
        <div className="flex flex-wrap items-center gap-2 max-wide:hidden">
          {segments}
          {newBooking && (
            <ButtonLink href={newBooking} slim>
              New
            </ButtonLink>
          )}
          <div className="ml-4 flex flex-wrap items-center gap-x-4 text-small">
            {others}
            <PrintButton slim kind="link" />
          </div>
          {(
            [
              [isDay, 'day'],
              [isWeek, 'week'],
            ] as const
          ).map(([hidden, unit]) => (
            <nav
              key={unit}
              aria-label={`Other ${unit}s`}
              className={`${hidden} ml-2 flex flex-wrap gap-x-4 text-small`}
            >
              <Link className={STEP} href={stepsOf(unit).earlier}>
                Earlier
              </Link>
              <Link className={STEP} href={stepsOf(unit).today}>
                Today
              </Link>
              <Link className={STEP} href={stepsOf(unit).later}>
                Later
              </Link>
            </nav>
          ))}
        </div>
        <nav aria-label={`Other ${phoneUnit}s`} className="flex wide:hidden">
          <ArrowLink to="Earlier" href={stepsOf(phoneUnit).earlier} />
          <ArrowLink to="Later" href={stepsOf(phoneUnit).later} />
        </nav>
        {newBooking && (
          <ButtonLink href={newBooking} slim className="px-3! wide:hidden">
            New
          </ButtonLink>
        )}
        <ToolbarMenu
          label={
            <>
              Menu
              {unconfirmed > 0 && <span className="sr-only">, {unconfirmed} unconfirmed</span>}
              <i
                aria-hidden="true"
                className={`absolute -top-1 -right-1 size-2.5 rounded-full bg-clay forced-colors:border ${unconfirmed > 0 ? '' : 'hidden [:root:has(#notices>*)_&]:block'}`}
              />
            </>
          }
        >
          {phoneUnit === 'day' && days}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-2">
            <Link className={STEP} href={stepsOf(phoneUnit).today}>
              Today
            </Link>
            {segments}
          </div>
          {who}
          <div className="flex flex-wrap items-center gap-x-6 pb-1">
            <a href="#notices" className="hidden min-h-11 items-center text-clay [:root:has(#notices>*)_&]:inline-flex">
              Notices
            </a>
            {others}
            <PrintButton slim />
          </div>
        </ToolbarMenu>
      </div>
      <div className="flex flex-wrap items-end gap-x-8 max-wide:hidden print:hidden">
        {who}
        <FindClient />
        <div className={`min-w-max flex-1 ${isDay}`}>{days}</div>
        {notices}
      </div>
    </>
  );
}

/** Without script, the form leads to the list of clients. */
function FindClient() {
  return (
    <search>
      <form action="/practice/clients" className="pb-1">
        <input
          type="search"
          name="q"
          aria-label="Find a client (name, phone or e-mail)"
          aria-keyshortcuts="/"
          placeholder="Find a client"
          autoComplete="off"
          className="min-h-10 w-36 rounded border border-edge bg-sheet px-3 text-small text-ink"
        />
      </form>
    </search>
  );
}

/** The form for time off, with the shown day and therapist filled in; for today there is a button of its own. */
function timeOffHref({ on, only }: CalendarUrlState, today: string): string {
  const query = new URLSearchParams();
  if (on > today) query.set('from', on);
  if (only) query.set('who', only);
  return query.size > 0 ? `/practice/time-off?${query}` : '/practice/time-off';
}

function formatWeek(monday: string, sunday: string, locale: string): string {
  const isOneMonth = monday.slice(0, 7) === sunday.slice(0, 7);
  const [from, to, month] = [Number(monday.slice(8)), Number(sunday.slice(8)), formatMonthName(sunday)];
  if (!isOneMonth) return formatDayRange(monday, sunday, locale);
  return getLocaleDateConventions(locale).isMonthFirst ? `${month} ${from} to ${to}` : `${from} to ${to} ${month}`;
}

const STEP = 'inline-flex min-h-11 min-w-11 items-center';

function ArrowLink({ to, href }: { to: 'Earlier' | 'Later'; href: string }) {
  return (
    <Link href={href} className="grid min-h-11 min-w-9 place-items-center text-ink narrow:min-w-11">
      <svg
        viewBox="0 0 12 20"
        aria-hidden="true"
        className="h-[1.125rem] fill-none stroke-current stroke-2 [stroke-linecap:round] [stroke-linejoin:round]"
      >
        <path d={to === 'Earlier' ? 'M10 2 2 10l8 8' : 'm2 2 8 8-8 8'} />
      </svg>
      <span className="sr-only">{to}</span>
    </Link>
  );
}
