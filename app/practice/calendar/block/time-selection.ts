import { toWallTime } from '@/scheduling/zone-conversion';

// Empty time that is selected with the pointer or the keyboard, before it is booked or blocked.

export interface TimeSelection {
  /** The slot of empty time in which the selection began. */
  slotId: string;
  therapistId: string;
  start: number;
  end: number;
}

interface Ground {
  timeZone: string;
  stepMinutes: number;
}

const MINUTE = 60_000;

/**
 * Selects from where the pointer was pressed to where it is now, both instants, on the practice's steps and within the
 * day.
 */
export function selectTimeBetween(
  slot: Pick<TimeSelection, 'slotId' | 'therapistId'>,
  from: number,
  until: number,
  ground: Ground,
): TimeSelection {
  const step = ground.stepMinutes * MINUTE;
  const [low, high] = from < until ? [from, until] : [until, from];
  const start = Math.floor(low / step) * step;
  return withinDay({ ...slot, start, end: Math.max(start + step, Math.ceil(high / step) * step) }, low, ground);
}

/** Moves the end of the selection by one step; it is never shorter than a step. */
export function resizeSelectionByStep(before: TimeSelection, by: 1 | -1, ground: Ground): TimeSelection {
  const step = ground.stepMinutes * MINUTE;
  const end = Math.max(before.start + step, before.end + by * step);
  return withinDay({ ...before, end }, before.start, ground);
}

/** Cuts a selection that runs into another day at the end, or the beginning, of the day on which it was pressed. */
function withinDay(stretch: TimeSelection, pressed: number, { timeZone, stepMinutes }: Ground): TimeSelection {
  const step = stepMinutes * MINUTE;
  const { on } = toWallTime(timeZone, pressed);
  let { start, end } = stretch;
  while (end - step > start && toWallTime(timeZone, end).on !== on) end -= step;
  while (start + step < end && toWallTime(timeZone, start).on !== on) start += step;
  return { ...stretch, start, end };
}
