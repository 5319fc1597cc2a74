import { toWallTime } from '@/scheduling/zone-conversion';

// Empty time that is made longer by a pull or by keys, before it is booked or blocked.

export interface TimeSelection {
  /** The piece of empty time that it began with. */
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

/** From where it was pressed to where the pointer is, both in instants, on the practice's steps and within the day. */
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

/** By one step more at its end, or less; never shorter than a step. */
export function resizeSelectionByStep(before: TimeSelection, by: 1 | -1, ground: Ground): TimeSelection {
  const step = ground.stepMinutes * MINUTE;
  const end = Math.max(before.start + step, before.end + by * step);
  return withinDay({ ...before, end }, before.start, ground);
}

/** What runs into another day ends, or begins, with the day on which it was pressed. */
function withinDay(stretch: TimeSelection, pressed: number, { timeZone, stepMinutes }: Ground): TimeSelection {
  const step = stepMinutes * MINUTE;
  const { on } = toWallTime(timeZone, pressed);
  let { start, end } = stretch;
  while (end - step > start && toWallTime(timeZone, end).on !== on) end -= step;
  while (start + step < end && toWallTime(timeZone, start).on !== on) start += step;
  return { ...stretch, start, end };
}
