import { isDayWithinSupportedYears } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';

// The address says what the calendar shows: the date, day or week, whose calendar, and the open appointment.

type CalendarView = 'day' | 'week';
type CalendarScope = 'mine' | 'everyone';

export interface CalendarUrlState {
  on: string;
  /** Undefined: a week where there is room for one, a day on a phone. */
  view: CalendarView | undefined;
  whose: CalendarScope;
  /** With everyone's calendar, the one therapist to show. */
  only: string | undefined;
  open: string | undefined;
  /** The time that is being booked for a caller, as it was pressed. Links to other places leave it out. */
  booking?: { at: string; with: string } | undefined;
}

type Raw = Record<string, string | string[] | undefined>;

/** Reads an address; nonsense falls back to today. */
export function parseCalendarUrl(raw: Raw, today: string, hasOwn: boolean): CalendarUrlState {
  const param = (name: string) => (typeof raw[name] === 'string' ? raw[name] : undefined);
  const on = param('on');
  const view = param('view');
  const whose = param('whose') === 'everyone' || !hasOwn ? 'everyone' : 'mine';
  return {
    on: isDayWithinSupportedYears(on) ? on : today,
    view: view === 'day' || view === 'week' ? view : undefined,
    whose,
    only: whose === 'everyone' ? param('only') : undefined,
    open: param('open'),
    booking: param('new') ? { at: param('new') ?? '', with: param('with') ?? '' } : undefined,
  };
}

export function calendarHref(choice: CalendarUrlState, change: Partial<CalendarUrlState> = {}): string {
  const { on, view, whose, only, open } = { ...choice, ...change };
  const query = new URLSearchParams({ on });
  if (view) query.set('view', view);
  if (whose === 'everyone') query.set('whose', whose);
  if (whose === 'everyone' && only) query.set('only', only);
  if (open) query.set('open', open);
  return `/practice/calendar?${query}`;
}

/** The same days, with the panel open that books this time for a caller: `2026-12-01T11:30`. */
export function bookTimeHref(choice: CalendarUrlState, at: string, therapistId: string): string {
  return `${calendarHref(choice, { open: undefined })}&${new URLSearchParams({ new: at, with: therapistId })}`;
}

/** The same days, with the panel of a day's note open; the id `new` writes a new one. */
export function dayNoteHref(choice: CalendarUrlState, id: string): string {
  return `${calendarHref(choice, { open: undefined })}&${new URLSearchParams({ note: id })}`;
}

/** The same days, with the panel open that blocks this time. */
export function blockTimeHref(choice: CalendarUrlState, { at, to, until, therapistId }: CalendarTimeRange): string {
  const query = new URLSearchParams({ block: at, to, with: therapistId });
  if (!at.startsWith(until)) query.set('until', until);
  return `${calendarHref(choice, { open: undefined })}&${query}`;
}

/** Time of one therapist: from `2026-12-01T12:30` until `13:15` of the day `until`, which is often the same. */
export interface CalendarTimeRange {
  at: string;
  to: string;
  until: string;
  therapistId: string;
}

/**
 * Reads which time is to be blocked; null where the address names no time, or no therapist whose time the viewer may
 * take.
 */
export function parseTimeToBlock(raw: Raw, therapistIds: string[]): CalendarTimeRange | null {
  const [on, from, ...rest] = String(raw.block).split('T');
  const therapistId = therapistIds.find((id) => id === raw.with);
  if (!isDayWithinSupportedYears(on) || !isTimeOfDay(from) || rest.length > 0 || !therapistId) return null;
  const to = isTimeOfDay(raw.to) ? raw.to : '';
  const at = `${on}T${from}`;
  if (to && isDayWithinSupportedYears(raw.until) && raw.until > on) return { at, to, until: raw.until, therapistId };
  const isForward = to > from;
  return { at, to: isForward ? to : '', until: on, therapistId };
}
