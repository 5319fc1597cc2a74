import { isPlannableDay } from '@/scheduling/day';

// What the calendar shows is in its address: the day, day or week, whose, and the appointment that is open.

type CalendarView = 'day' | 'week';
type Whose = 'mine' | 'everyone';

export interface CalendarChoice {
  on: string;
  /** Undefined: a week where there is room for one, a day on a phone. */
  view: CalendarView | undefined;
  whose: Whose;
  /** Of everyone, this therapist alone. */
  only: string | undefined;
  open: string | undefined;
  /** The time that is being booked for a caller: where it was pressed. Links to elsewhere leave it behind. */
  booking?: { at: string; with: string } | undefined;
}

type Raw = Record<string, string | string[] | undefined>;

/** Reads an address; nonsense falls back to today's week. */
export function parseCalendar(raw: Raw, today: string, hasOwn: boolean): CalendarChoice {
  const param = (name: string) => (typeof raw[name] === 'string' ? raw[name] : undefined);
  const on = param('on');
  const view = param('view');
  const whose = param('whose') === 'everyone' || !hasOwn ? 'everyone' : 'mine';
  return {
    on: isPlannableDay(on) ? on : today,
    view: view === 'day' || view === 'week' ? view : undefined,
    whose,
    only: whose === 'everyone' ? param('only') : undefined,
    open: param('open'),
    booking: param('new') ? { at: param('new') ?? '', with: param('with') ?? '' } : undefined,
  };
}

export function calendarHref(choice: CalendarChoice, change: Partial<CalendarChoice> = {}): string {
  const { on, view, whose, only, open } = { ...choice, ...change };
  const query = new URLSearchParams({ on });
  if (view) query.set('view', view);
  if (whose === 'everyone') query.set('whose', whose);
  if (whose === 'everyone' && only) query.set('only', only);
  if (open) query.set('open', open);
  return `/practice/calendar?${query}`;
}

/** The same days, with the panel open that books this time for a caller: `2026-12-01T11:30`. */
export function newHref(choice: CalendarChoice, at: string, therapistId: string): string {
  return `${calendarHref(choice, { open: undefined })}&${new URLSearchParams({ new: at, with: therapistId })}`;
}

/** The same days, with the panel open in which a note is changed; `new` writes one. */
export function noteHref(choice: CalendarChoice, id: string): string {
  return `${calendarHref(choice, { open: undefined })}&${new URLSearchParams({ note: id })}`;
}
