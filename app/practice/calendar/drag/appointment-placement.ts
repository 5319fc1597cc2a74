import { addDays } from '@/scheduling/day';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Where an appointment that is being dragged or carried by keys could be put down.

export interface AppointmentPlacement {
  therapistId: string;
  startsAt: number;
  minutes: number;
}

/** What the calendar knows of an appointment that may be moved. */
export interface MovableAppointment {
  uid: string;
  version: number;
  seriesUid: string;
  seriesVersion: number;
  /** Set-up and clean-up time, in milliseconds. */
  setUp: number;
  cleanUp: number;
  serviceId: string;
  name: string;
  place: AppointmentPlacement;
  /** Whether its series has other dates, some after this one, and some before it. */
  hasOthers: boolean;
  hasFollowing: boolean;
  hasEarlier: boolean;
}

/**
 * How appointments of one massage can be moved: which of the shown therapists give it, and the price of each length.
 */
export interface MassageDragOptions {
  therapistIds: string[];
  lengths: number[];
  /** By therapist and length: `mira 60`. */
  prices: Record<string, string>;
}

export interface DragGridSettings {
  timeZone: string;
  stepMinutes: number;
  /** The therapists whose lanes are side by side; only one where days are side by side. */
  therapistIds: string[];
}

const MINUTE = 60_000;
const UP_DOWN: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
const LEFT_RIGHT: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const LENGTHS: Record<string, number> = { '-': -1, '+': 1, '=': 1 };

/** Where one key takes the appointment; null for a key that moves nothing, and at the last therapist, day or length. */
export function movePlacementByKey(
  key: string,
  from: AppointmentPlacement,
  massage: MassageDragOptions,
  ground: DragGridSettings,
): AppointmentPlacement | null {
  const { timeZone, stepMinutes, therapistIds } = ground;
  if (key in UP_DOWN) return { ...from, startsAt: from.startsAt + UP_DOWN[key]! * stepMinutes * MINUTE };
  if (key in LENGTHS) {
    const minutes = besides(massage.lengths, from.minutes, LENGTHS[key]!);
    return minutes === null ? null : { ...from, minutes };
  }
  if (!(key in LEFT_RIGHT)) return null;
  const step = LEFT_RIGHT[key]!;
  if (therapistIds.length > 1) {
    const giving = therapistIds.filter((id) => massage.therapistIds.includes(id));
    const therapistId = giving[giving.indexOf(from.therapistId) + step];
    return therapistId === undefined || !giving.includes(from.therapistId) ? null : { ...from, therapistId };
  }
  const { on, time } = toWallTime(timeZone, from.startsAt);
  return { ...from, startsAt: toInstant(timeZone, addDays(on, step), time) };
}

function besides(lengths: number[], minutes: number, step: number): number | null {
  const sorted = [...lengths].sort((a, b) => a - b);
  return (step > 0 ? sorted.find((length) => length > minutes) : sorted.findLast((length) => length < minutes)) ?? null;
}

/** The offered length that is nearest to the drawn one. */
export function findNearestLength(lengths: number[], minutes: number): number {
  return lengths.reduce((best, length) => (Math.abs(length - minutes) < Math.abs(best - minutes) ? length : best));
}

/** What the calendar knows of a lane: its therapist, and what is booked in it. */
interface BookedLane {
  id: string;
  events: { id: string; occupied?: { start: number; end: number }; movable: MovableAppointment | null }[];
}

/**
 * Whether somebody else is booked there, so that the appointment cannot be put down, whichever dates move along.
 * Another date of its own series may move along, and so is not in the way.
 */
export function isPlacementTaken(
  lanes: BookedLane[],
  movable: MovableAppointment,
  { therapistId, startsAt, minutes }: AppointmentPlacement,
): boolean {
  const from = startsAt - movable.setUp;
  const until = startsAt + minutes * MINUTE + movable.cleanUp;
  return lanes.some(
    (lane) =>
      lane.id === therapistId &&
      lane.events.some(
        ({ id, occupied, movable: other }) =>
          occupied !== undefined &&
          id !== movable.uid &&
          other?.seriesUid !== movable.seriesUid &&
          occupied.start < until &&
          occupied.end > from,
      ),
  );
}

export function isSamePlacement(a: AppointmentPlacement, b: AppointmentPlacement): boolean {
  return a.therapistId === b.therapistId && a.startsAt === b.startsAt && a.minutes === b.minutes;
}
