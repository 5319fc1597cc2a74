// Who said what when, and whether all of it can be true. For each operation two moments are known: when its request was
// sent, and when its answer came. It took effect somewhere between. A request that was never answered may take effect
// at any later moment, or never.

export interface Span {
  startedAt: number;
  endedAt: number;
}

/**
 * A stretch of one therapist's time, for as long as it is known to have been booked. It includes set-up and clean-up.
 */
export interface BookedInterval {
  id: string;
  resource: string;
  from: number;
  to: number;
  booked: Span & { isCertain: boolean };
  /** When it was cancelled or moved away; null while it stands. */
  freed: (Span & { isCertain: boolean }) | null;
}

export interface RefusedRequest extends Span {
  resource: string;
  from: number;
  to: number;
}

/** What it showed when an appointment was read again later. */
export interface AppointmentReadBack extends Span {
  id: string;
  isThere: boolean;
}

export interface History {
  intervals: BookedInterval[];
  refusals: RefusedRequest[];
  readBacks: AppointmentReadBack[];
}

/** The contradictions in this history; empty when all of it can be true. */
export function findContradictions({ intervals, refusals, readBacks }: History): string[] {
  return [
    ...listOverlaps(intervals),
    ...listWrongReadBacks(intervals, readBacks),
    ...listBaselessRefusals(intervals, refusals),
  ];
}

function listOverlaps(intervals: BookedInterval[]): string[] {
  const found: string[] = [];
  const certain = intervals.filter(({ booked }) => booked.isCertain);
  for (const [k, interval] of certain.entries()) {
    for (const other of certain.slice(k + 1)) {
      if (!meets(interval, other) || couldFollow(interval, other) || couldFollow(other, interval)) continue;
      found.push(`${interval.id} and ${other.id} had ${interval.resource} at once`);
    }
  }
  return found;
}

/** Could `next` have been booked after `earlier` was released? */
function couldFollow(earlier: BookedInterval, next: BookedInterval): boolean {
  return earlier.freed !== null && earlier.freed.startedAt <= next.booked.endedAt;
}

function listWrongReadBacks(intervals: BookedInterval[], readBacks: AppointmentReadBack[]): string[] {
  const byId = new Map(intervals.map((interval) => [interval.id, interval]));
  return readBacks.flatMap((readBack) => {
    const interval = byId.get(readBack.id);
    if (!interval?.booked.isCertain) return [];
    const mustBeThere =
      readBack.startedAt >= interval.booked.endedAt &&
      (!interval.freed || readBack.endedAt <= interval.freed.startedAt);
    const mustBeGone = interval.freed?.isCertain && readBack.startedAt >= interval.freed.endedAt;
    if (mustBeThere && !readBack.isThere)
      return [`${readBack.id} was booked, and was not there when it was read again`];
    if (mustBeGone && readBack.isThere)
      return [`${readBack.id} was released, and was still there when it was read again`];
    return [];
  });
}

function listBaselessRefusals(intervals: BookedInterval[], refusals: RefusedRequest[]): string[] {
  return refusals
    .filter((refused) => !intervals.some((interval) => meets(interval, refused) && couldStandDuring(interval, refused)))
    .map(({ resource, from }) => `${resource} at ${new Date(from).toISOString()} was refused, and nobody had it`);
}

function couldStandDuring(interval: BookedInterval, { startedAt, endedAt }: Span): boolean {
  const hasBegun = interval.booked.startedAt <= endedAt;
  const mayRemain = !interval.freed?.isCertain || interval.freed.endedAt >= startedAt;
  return hasBegun && mayRemain;
}

function meets(entry: { resource: string; from: number; to: number }, other: typeof entry): boolean {
  return entry.resource === other.resource && entry.from < other.to && other.from < entry.to;
}
