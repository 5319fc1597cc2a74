import { makeShortNames } from '@/app/book/booking-wording';
import type { BookedTime, Calendar, CalendarEntry } from '@/db/appointments/calendar';
import { formatStartAndEndTime, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bookTimeHref, type CalendarUrlState, calendarHref } from './calendar-url';
import { buildCalendarWeek, type CalendarWeekData } from './calendar-week';
import type { MovableAppointment } from './drag/appointment-placement';
import type { GridEvent, GridSlot } from './grid-data';
import { listEmptyTimeSlots } from './new-booking/empty-time-slots';

/** One therapist's lane of the calendar: only their own appointments and closed hours. */
export interface TherapistLaneData {
  therapist: { id: string; name: string; firstName: string; colour: string };
  week: CalendarWeekData;
  events: GridEvent[];
  /** Empty time in which the viewer may book. */
  slots: GridSlot[];
  mayBook: boolean;
}

const TONE_OF = { booked: 'ahead', completed: 'done', no_show: 'missed', cancelled: 'off' } as const;
const OFF = { leave: 'Leave', break: 'Break', closure: 'Closed' };

/** Splits the calendar by therapist. */
function partByTherapist(calendar: Calendar): Calendar[] {
  return calendar.therapists.map((therapist) => {
    const isTheirs = ({ therapistId }: { therapistId: string }) => therapistId === therapist.id;
    return {
      ...calendar,
      therapists: [therapist],
      appointments: calendar.appointments.filter(isTheirs),
      colleagues: calendar.colleagues.filter(isTheirs),
      timeOff: calendar.timeOff.filter(isTheirs),
      external: calendar.external.filter(isTheirs),
      hours: calendar.hours.filter(isTheirs),
      breaks: calendar.breaks.filter(isTheirs),
    };
  });
}

/**
 * `own`: the only therapist whose appointments the viewer may open and in whose empty time they may book; null allows
 * all.
 */
export function buildTherapistLanes(
  calendar: Calendar,
  choice: CalendarUrlState,
  monday: string,
  own: string | null,
  times: { now: number; stepMinutes: number; pendingHandOvers?: Set<string> },
): TherapistLaneData[] {
  const isOne = choice.whose === 'mine';
  const shortNames = makeShortNames(calendar.therapists);
  return partByTherapist(calendar).map((part): TherapistLaneData => {
    const therapist = part.therapists[0]!;
    const colour = isOne ? 'var(--euc)' : therapist.colour;
    const mayOpen = own === null || own === therapist.id;
    const mayBook = mayOpen && !therapist.hasLeft;
    const week = buildCalendarWeek(part, monday);
    const firstName = shortNames[therapist.id]!;
    return {
      therapist: { ...therapist, firstName },
      week,
      mayBook,
      slots: (mayBook ? listEmptyTimeSlots(part, week, times) : []).map(({ start, end }) => {
        const { on, time } = toWallTime(calendar.timeZone, start);
        const at = `${on}T${time}`;
        return {
          id: `${therapist.id} ${at}`,
          start,
          end,
          time: formatTime(calendar.timeZone, start, calendar.locale),
          who: firstName,
          href: bookTimeHref(choice, at, therapist.id),
          isChosen: choice.booking?.at === at && choice.booking.with === therapist.id,
        };
      }),
      events: [
        ...part.appointments.map((entry) => {
          const state = stateOf(entry) || (times.pendingHandOvers?.has(entry.uid) ? 'Asked' : '');
          return { ...eventOf(entry, calendar, choice, colour, mayOpen), state };
        }),
        ...part.colleagues.map((entry) => bookedOf(entry, calendar, colour)),
        ...[
          ...part.timeOff.map((off) => ({ ...off, title: OFF[off.kind] })),
          ...part.external.map((busy) => ({ ...busy, title: 'Busy elsewhere' })),
        ].map(
          ({ id, title, startsAt, endsAt }): GridEvent => ({
            id,
            title,
            detail: '',
            start: startsAt,
            end: endsAt,
            tone: 'off',
            colour: 'transparent',
            href: null,
            selected: false,
            movable: null,
          }),
        ),
      ],
    };
  });
}

function stateOf({ status, begunAt, arrivedAt }: CalendarEntry): string {
  if (status !== 'booked') return '';
  if (begunAt !== null) return 'In the room';
  return arrivedAt === null ? '' : 'Arrived';
}

function eventOf(
  entry: CalendarEntry,
  { timeZone, locale }: Calendar,
  choice: CalendarUrlState,
  colour: string,
  mayOpen: boolean,
): GridEvent {
  const place = entry.sessions > 1 ? `${entry.position} of ${entry.sessions}` : 'once';
  return {
    id: entry.uid,
    title: entry.clientName,
    detail: `${formatTime(timeZone, entry.startsAt, locale)}, ${entry.service.name}, ${place}`,
    start: entry.startsAt,
    end: entry.endsAt,
    ...(entry.status !== 'no_show' && { occupied: { start: entry.paddedStartsAt, end: entry.paddedEndsAt } }),
    tone: TONE_OF[entry.status],
    colour,
    href: mayOpen ? calendarHref(choice, { open: entry.uid }) : null,
    selected: entry.uid === choice.open,
    movable: mayOpen && entry.status === 'booked' ? movableOf(entry) : null,
  };
}

/** A colleague's appointment: a viewer who does not know the client sees only that the time is booked. */
function bookedOf(
  { uid, startsAt, endsAt, paddedStartsAt, paddedEndsAt }: BookedTime,
  { timeZone, locale }: Calendar,
  colour: string,
): GridEvent {
  return {
    id: uid,
    title: 'Booked',
    detail: formatStartAndEndTime(timeZone, { start: startsAt, end: endsAt }, locale),
    start: startsAt,
    end: endsAt,
    occupied: { start: paddedStartsAt, end: paddedEndsAt },
    tone: 'ahead',
    colour,
    href: null,
    selected: false,
    movable: null,
  };
}

function movableOf(entry: CalendarEntry): MovableAppointment {
  const {
    uid,
    version,
    seriesUid,
    seriesVersion,
    service,
    clientName,
    therapistId,
    startsAt,
    minutes,
    sessions,
    position,
  } = entry;
  return {
    uid,
    version,
    seriesUid,
    seriesVersion,
    setUp: entry.startsAt - entry.paddedStartsAt,
    cleanUp: entry.paddedEndsAt - entry.endsAt,
    serviceId: service.id,
    name: clientName,
    place: { therapistId, startsAt, minutes },
    hasOthers: sessions > 1,
    hasFollowing: position < sessions,
    hasEarlier: position > 1,
  };
}

/** The events of a lane on a local day, earliest first. An event over several days is listed on each of them. */
export function listLaneEventsOn(lane: TherapistLaneData, on: string, timeZone: string): GridEvent[] {
  return lane.events
    .filter(({ start, end }) => toWallTime(timeZone, start).on <= on && toWallTime(timeZone, end - 1).on >= on)
    .sort((a, b) => a.start - b.start);
}

/** The empty time of a lane on a local day, earliest first. */
export function listEmptyLaneSlotsOn(lane: TherapistLaneData, on: string, timeZone: string): GridSlot[] {
  return lane.slots.filter(({ start }) => toWallTime(timeZone, start).on === on);
}
