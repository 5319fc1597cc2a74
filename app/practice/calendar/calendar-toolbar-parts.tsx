import Link from 'next/link';
import { formatMonthName, formatWeekday } from '@/scheduling/formatting';
import { type CalendarUrlState, calendarHref } from './calendar-url';
import type { CalendarWeekData } from './calendar-week';
import type { TherapistLaneData } from './therapist-lanes';

// The parts that are in the toolbar's row on a desk, and in its menu on a phone.

interface ChoiceProps {
  choice: CalendarUrlState;
}

export function DayOrWeekSegment({ choice }: ChoiceProps) {
  return (
    <Segment label="Day or week">
      <Choice href={calendarHref(choice, { view: 'day' })} on={choice.view === 'day'} onPhone={!choice.view}>
        Day
      </Choice>
      <Choice href={calendarHref(choice, { view: 'week' })} on={choice.view === 'week'} onWide={!choice.view}>
        Week
      </Choice>
    </Segment>
  );
}

export function WhoseSegment({ choice }: ChoiceProps) {
  return (
    <Segment label="Whose appointments">
      <Choice href={calendarHref(choice, { whose: 'mine' })} on={choice.whose === 'mine'}>
        Mine
      </Choice>
      <Choice href={calendarHref(choice, { whose: 'everyone' })} on={choice.whose === 'everyone'}>
        Everyone
      </Choice>
    </Segment>
  );
}

export function TherapistLinks({ choice, therapists }: ChoiceProps & { therapists: TherapistLaneData['therapist'][] }) {
  return (
    <nav aria-label="Which therapist" className="flex flex-wrap gap-x-6 text-small print:hidden">
      <Which href={calendarHref(choice, { only: undefined })} on={!choice.only}>
        All {therapists.length}
      </Which>
      {therapists.map(({ id, firstName, colour }) => (
        <Which key={id} href={calendarHref(choice, { only: id })} on={choice.only === id}>
          <i className="mr-2 inline-block h-4 w-1 self-center" style={{ backgroundColor: colour }} />
          {firstName}
        </Which>
      ))}
    </nav>
  );
}

export function WeekdayLinks({ choice, week }: ChoiceProps & { week: CalendarWeekData }) {
  return (
    <nav aria-label="Days of this week" className="border-b border-b-line wide:border-b-0 print:hidden">
      <ul className="flex flex-wrap">
        {week.days.map((on) => (
          <li key={on} className="min-w-[2.25rem] flex-1">
            <DayLink on={on} choice={choice} count={week.counts[on] ?? ''} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A link to one of the therapists, or to all of them. */
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
  const weekday = formatWeekday(on);
  return (
    <Link
      href={calendarHref(choice, { on })}
      aria-current={isShown ? 'date' : undefined}
      className={`grid min-h-19 justify-items-center content-center wide:flex wide:min-h-11 wide:items-baseline wide:justify-center wide:gap-1 wide:whitespace-nowrap wide:px-0.5 wide:py-1 border-b-3 text-ink no-underline ${isShown ? 'border-euc' : 'border-transparent'}`}
    >
      <span className="text-tiny text-soft">
        {weekday.slice(0, 3)}
        <span className="sr-only">{weekday.slice(3)}</span>
      </span>
      <span className={`font-serif text-[1.25rem] leading-[1.625rem] ${isShown ? 'font-semibold text-euc-deep' : ''}`}>
        {Number(on.slice(8))}
        <span className="sr-only"> {formatMonthName(on)}, </span>
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

/** `onPhone` and `onWide`: whether this is the view that such a screen shows as long as nobody chose one. */
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
