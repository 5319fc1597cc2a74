// Who said what when, and whether it can all be true. Each operation is known by the moments its question was sent
// and its answer came: it took effect somewhere between. A question that was never answered may take effect at any
// later moment, or never.

export interface Span {
  startedAt: number;
  endedAt: number;
}

/** A stretch of one therapist's time, as long as it is known to have been booked. Times are padded. */
export interface BookedInterval {
  id: string;
  resource: string;
  from: number;
  to: number;
  booked: Span & { isCertain: boolean };
  /** When it was cancelled or moved away from; null while it stands. */
  left: (Span & { isCertain: boolean }) | null;
}

export interface RefusedRequest extends Span {
  resource: string;
  from: number;
  to: number;
}

/** What a later look at an appointment showed. */
export interface Observation extends Span {
  id: string;
  isThere: boolean;
}

export interface History {
  stays: BookedInterval[];
  refusals: RefusedRequest[];
  looks: Observation[];
}

/** What cannot be true of this history; nothing when it can. */
export function contradictions({ stays, refusals, looks }: History): string[] {
  return [...overlapsIn(stays), ...blindLooks(stays, looks), ...baselessRefusals(stays, refusals)];
}

function overlapsIn(stays: BookedInterval[]): string[] {
  const found: string[] = [];
  const certain = stays.filter(({ booked }) => booked.isCertain);
  for (const [k, stay] of certain.entries()) {
    for (const other of certain.slice(k + 1)) {
      if (!meets(stay, other) || couldFollow(stay, other) || couldFollow(other, stay)) continue;
      found.push(`${stay.id} and ${other.id} had ${stay.resource} at once`);
    }
  }
  return found;
}

/** Could `later` have been booked after `earlier` was given back? */
function couldFollow(earlier: BookedInterval, later: BookedInterval): boolean {
  return earlier.left !== null && earlier.left.startedAt <= later.booked.endedAt;
}

function blindLooks(stays: BookedInterval[], looks: Observation[]): string[] {
  const byId = new Map(stays.map((stay) => [stay.id, stay]));
  return looks.flatMap((look) => {
    const stay = byId.get(look.id);
    if (!stay?.booked.isCertain) return [];
    const mustBeThere = look.startedAt >= stay.booked.endedAt && (!stay.left || look.endedAt <= stay.left.startedAt);
    const mustBeGone = stay.left?.isCertain && look.startedAt >= stay.left.endedAt;
    if (mustBeThere && !look.isThere) return [`${look.id} was booked, and a later look did not show it`];
    if (mustBeGone && look.isThere) return [`${look.id} was given back, and a later look still showed it`];
    return [];
  });
}

function baselessRefusals(stays: BookedInterval[], refusals: RefusedRequest[]): string[] {
  return refusals
    .filter((refused) => !stays.some((stay) => meets(stay, refused) && couldStandDuring(stay, refused)))
    .map(({ resource, from }) => `${resource} at ${new Date(from).toISOString()} was refused, and nobody had it`);
}

function couldStandDuring(stay: BookedInterval, { startedAt, endedAt }: Span): boolean {
  const hasBegun = stay.booked.startedAt <= endedAt;
  const mayRemain = !stay.left?.isCertain || stay.left.endedAt >= startedAt;
  return hasBegun && mayRemain;
}

function meets(entry: { resource: string; from: number; to: number }, other: typeof entry): boolean {
  return entry.resource === other.resource && entry.from < other.to && other.from < entry.to;
}
