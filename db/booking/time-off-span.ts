import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { type Invalid, invalid } from '@/db/results';
import type { timeOff } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';

// The time of a time-off request: what is wrong with it, and which whole cells it takes.

export type TimeOffKind = (typeof timeOff.$inferSelect)['kind'];

export interface TimeOffRequest {
  therapistIds: string[];
  /** Instants, half-open; an `end` of null is for good. */
  start: number;
  end: number | null;
  /** The parts that are wanted, where that is not the whole span: the same hours of each of its days, in order. */
  parts?: Interval[] | undefined;
  kind: TimeOffKind;
}

const LONGEST = 366 * 86_400_000;
const MOST_PARTS = 62;

/**
 * The span in whole cells, as it is claimed. It begins now at the earliest: past time was worked, and its claims stay.
 */
export function toTimeOffSpan({ start, end }: TimeOffRequest, now: number): Interval {
  const from = Math.floor(Math.max(start, now) / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS;
  return { start: from, end: Math.ceil((end ?? from + LONGEST) / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS };
}

/** The times to take, in whole cells: the whole span, or what is not over of each part. */
export function toTimeOffPartSpans({ parts, ...request }: TimeOffRequest, now: number): Interval[] {
  const spans = parts ?? [request];
  return spans
    .filter(({ end }) => end === null || end > now)
    .map((part) => toTimeOffSpan({ ...request, ...part }, now));
}

export function overlapsTimeOffParts(
  { paddedStartAt: start, paddedEndAt: end }: AppointmentRow,
  parts: Interval[],
): boolean {
  return parts.some((part) => intervalsOverlap(part, { start, end }));
}

export function findTimeOffIssue(
  { therapistIds, start, end: until, kind, parts = [] }: TimeOffRequest,
  now: number,
): Invalid | null {
  const end = until ?? start + LONGEST;
  if (therapistIds.length === 0) return buildFieldRefusal('therapistIds', 'Say whose time it is.');
  if (!['leave', 'break', 'closure'].includes(kind)) return buildFieldRefusal('kind', 'Leave, a break, or closed.');
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    return buildFieldRefusal('start', 'Say from when until when.');
  if (start >= end) return buildFieldRefusal('end', 'It must end after it begins.');
  if (end <= now) return buildFieldRefusal('end', 'That is over already.');
  if (end - start > LONGEST) return buildFieldRefusal('end', 'A year at most. Take longer leave in parts.');
  const isPart = (part: Interval) => start <= part.start && part.start < part.end && part.end <= end;
  if (!parts.every(isPart)) return buildFieldRefusal('parts', 'It must end after it begins.');
  if (parts.length > MOST_PARTS)
    return buildFieldRefusal('parts', `Of ${MOST_PARTS} days at most. Take more in parts.`);
  return null;
}

export function buildFieldRefusal(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}
