import type { CalendarWeekData } from '@/app/practice/calendar/calendar-week';
import type { Calendar } from '@/db/appointments/calendar';
import { type Interval, subtractIntervals } from '@/scheduling/interval-arithmetic';

const MINUTE = 60_000;
/** Free time is shown in slots of an hour; less than half of one is left out. */
const PIECE = 60 * MINUTE;
const LEAST = 30 * MINUTE;

/** The empty time of one therapist's week, as slots to press that begin after now on the practice's steps. */
export function listEmptyTimeSlots(
  { appointments, timeOff, external }: Pick<Calendar, 'appointments' | 'timeOff' | 'external'>,
  { open, days }: Pick<CalendarWeekData, 'open' | 'days'>,
  { now, stepMinutes }: { now: number; stepMinutes: number },
): Interval[] {
  const occupied = [
    ...appointments.map(({ paddedStartsAt, paddedEndsAt }) => ({ start: paddedStartsAt, end: paddedEndsAt })),
    ...[...timeOff, ...external].map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })),
  ];
  const step = stepMinutes * MINUTE;
  return days.flatMap((on) =>
    (open[on] ?? []).flatMap((hours) => {
      const ahead = { start: Math.max(hours.start, now), end: hours.end };
      if (ahead.start >= ahead.end) return [];
      const onStep = (instant: number) => hours.start + Math.ceil((instant - hours.start) / step) * step;
      return subtractIntervals([ahead], occupied).flatMap(({ start, end }) => piecesOf(onStep(start), end));
    }),
  );
}

function piecesOf(from: number, until: number): Interval[] {
  const pieces: Interval[] = [];
  for (let start = from; until - start >= LEAST; start += PIECE) {
    pieces.push({ start, end: Math.min(start + PIECE, until) });
  }
  return pieces;
}
