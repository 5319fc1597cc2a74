import Link from 'next/link';
import { ButtonLink } from '@/components/button';
import { addDays } from '@/scheduling/day';
import { sayDay, sayDayRange, sayMonth, sayWeekday } from '@/scheduling/formatting';
import { localeFormat } from '@/scheduling/locale';
import { type CalendarUrlState, calendarHref } from './calendar-url';
import type { Lane } from './lanes';
import type { CalendarWeek } from './week';

/** Above the grid: which days these are, day or week, whose, and the way to other days. */
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
}: {
  choice: CalendarUrlState;
  locale: string;
  week: CalendarWeek;
  today: string;
  hasOwn: boolean;
  therapists: Lane['therapist'][];
  /** How many bookings and requests nobody has confirmed. */
  unconfirmed: number;
  /** Where a booking for a caller begins; null for who may book in nobody's calendar. */
  newBooking: string | null;
  /** Where a note is written on the day that is shown. */
  newNote: string;
}) {
  const shown = { ...choice, open: undefined };
  const sunday = addDays(week.monday, 6);
  const byDay = { earlier: addDays(choice.on, -1), later: addDays(choice.on, 1) };
  const byWeek = { earlier: addDays(choice.on, -7), later: addDays(choice.on, 7) };
  const isDay = choice.view === 'day' ? '' : choice.view === 'week' ? 'hidden' : 'wide:hidden';
  const isWeek = choice.view === 'week' ? '' : choice.view === 'day' ? 'hidden' : 'max-wide:hidden';
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pt-3 pb-2 print:hidden">
        <h1 className="text-[1.75rem]! leading-[2.125rem]!">
          <span className={isWeek}>{sayWeek(week.monday, sunday, locale)}</span>
          <span className={isDay}>{sayDay(choice.on, 'long', locale)}</span>
        </h1>
        <div className="flex flex-wrap items-center gap-2 max-wide:w-full">
          <Segment label="Day or week">
            <Choice href={calendarHref(shown, { view: 'day' })} on={choice.view === 'day'} onPhone={!choice.view}>
              Day
            </Choice>
            <Choice href={calendarHref(shown, { view: 'week' })} on={choice.view === 'week'} onWide={!choice.view}>
              Week
            </Choice>
          </Segment>
          {hasOwn && (
            <Segment label="Whose appointments">
              <Choice href={calendarHref(shown, { whose: 'mine' })} on={choice.whose === 'mine'}>
                Mine
              </Choice>
              <Choice href={calendarHref(shown, { whose: 'everyone' })} on={choice.whose === 'everyone'}>
                Everyone
              </Choice>
            </Segment>
          )}
          {newBooking && (
            <ButtonLink id="new-booking" href={newBooking} slim>
              New
            </ButtonLink>
          )}
          <Link className={`${STEP} text-small mid:ml-2 wide:ml-4`} href="/practice/time-off">
            Time off
          </Link>
          <Link className={`${STEP} text-small`} href="/practice/waitlist">
            Waiting<span className="sr-only"> list</span>
          </Link>
          <Link className={`${STEP} text-small`} href={newNote} scroll={false}>
            Note
            <span className="sr-only"> on a day, write one</span>
          </Link>
          {unconfirmed > 0 && (
            <Link className={`${STEP} text-small`} href="/practice/unconfirmed">
              {unconfirmed} unconfirmed
            </Link>
          )}
          {(
            [
              [isDay, byDay, 'day'],
              [isWeek, byWeek, 'week'],
            ] as const
          ).map(([hidden, to, unit]) => (
            <nav
              key={unit}
              aria-label={`Other ${unit}s`}
              className={`${hidden} ml-auto flex flex-wrap gap-x-4 text-small wide:ml-4 wide:gap-x-6`}
            >
              <Link className={STEP} href={calendarHref(shown, { on: to.earlier })}>
                Earlier
              </Link>
              <Link className={STEP} href={calendarHref(shown, { on: today })}>
                Today
              </Link>
              <Link className={STEP} href={calendarHref(shown, { on: to.later })}>
                Later
              </Link>
            </nav>
          ))}
        </div>
      </div>
      {choice.whose === 'everyone' && therapists.length > 1 && (
        <nav aria-label="Which therapist" className="-mt-1 flex flex-wrap gap-x-6 pb-1 text-small print:hidden">
          <Which href={calendarHref(shown, { only: undefined })} on={!choice.only}>
            All {therapists.length}
          </Which>
          {therapists.map(({ id, firstName, colour }) => (
            <Which key={id} href={calendarHref(shown, { only: id })} on={choice.only === id}>
              <i className="mr-2 inline-block h-4 w-1 self-center" style={{ backgroundColor: colour }} />
              {firstName}
            </Which>
          ))}
        </nav>
      )}
      <nav
        aria-label="Days of this week"
        className={`${isDay} border-t border-ink border-b border-b-line print:hidden`}
      >
        <ul className="flex flex-wrap">
          {week.days.map((on) => (
            <li key={on} className="min-w-9 flex-1">
              <DayLink on={on} choice={shown} count={week.counts[on] ?? ''} />
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

function sayWeek(monday: string, sunday: string, locale: string): string {
  const isOneMonth = monday.slice(0, 7) === sunday.slice(0, 7);
  const [from, to, month] = [Number(monday.slice(8)), Number(sunday.slice(8)), sayMonth(sunday)];
  if (!isOneMonth) return sayDayRange(monday, sunday, locale);
  return localeFormat(locale).isMonthFirst ? `${month} ${from} to ${to}` : `${from} to ${to} ${month}`;
}

const STEP = 'inline-flex min-h-11 min-w-11 items-center';

/** One therapist of everyone, or all of them. */
function Which(props: { href: string; on: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={props.href}
      aria-current={props.on ? 'true' : undefined}
      className={`inline-flex min-h-11 items-center border-b-2 text-ink no-underline hover:underline ${props.on ? 'border-euc font-semibold' : 'border-transparent'}`}
    >
      {props.children}
    </Link>
  );
}

interface DayLinkProps {
  on: string;
  choice: CalendarUrlState;
  count: string;
}

function DayLink({ on, choice, count }: DayLinkProps) {
  const isShown = on === choice.on;
  const weekday = sayWeekday(on);
  return (
    <Link
      href={calendarHref(choice, { on })}
      aria-current={isShown ? 'date' : undefined}
      className={`grid min-h-19 justify-items-center content-center wide:flex wide:min-h-11 wide:items-baseline wide:justify-center wide:gap-2 wide:py-1 border-b-3 text-ink no-underline ${isShown ? 'border-euc' : 'border-transparent'}`}
    >
      <span className="text-tiny text-soft">
        {weekday.slice(0, 3)}
        <span className="sr-only">{weekday.slice(3)}</span>
      </span>
      <span className={`font-serif text-[1.25rem] leading-[1.625rem] ${isShown ? 'font-semibold text-euc-deep' : ''}`}>
        {Number(on.slice(8))}
        <span className="sr-only"> {sayMonth(on)}, </span>
      </span>
      <span className={`text-tiny ${isShown ? 'font-semibold text-euc-deep' : 'text-soft'}`}>
        <Count text={count} />
      </span>
    </Link>
  );
}

function Count({ text }: { text: string }) {
  const [number, ...unit] = text.split(' ');
  return (
    <>
      {number}
      <span className="sr-only"> {unit.join(' ')}</span>
    </>
  );
}

function Segment({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <nav aria-label={label} className="flex overflow-hidden rounded border border-edge bg-sheet">
      {children}
    </nav>
  );
}

/** `onPhone` and `onWide`: chosen by the width of the screen, as long as nobody chose. */
function Choice(props: { href: string; on: boolean; onPhone?: boolean; onWide?: boolean; children: React.ReactNode }) {
  const chosen = 'bg-euc font-semibold text-on-euc hover:text-on-euc';
  const look = props.on
    ? chosen
    : props.onPhone
      ? 'text-ink max-wide:bg-euc max-wide:text-on-euc'
      : props.onWide
        ? 'text-ink wide:bg-euc wide:text-on-euc'
        : 'text-ink';
  return (
    <Link
      href={props.href}
      aria-current={props.on ? 'true' : undefined}
      className={`inline-flex min-h-11 items-center px-4 text-[0.9375rem] font-[450] no-underline ${look}`}
    >
      {props.children}
    </Link>
  );
}
