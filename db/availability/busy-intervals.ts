import { and, eq, gt, gte, inArray, lt, ne, notLike, sql } from 'drizzle-orm';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import { holdPatternOfKey } from '@/db/claims/hold-names';
import type { Db } from '@/db/connection/connection';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { appointments, claims, externalBusyTimes, holds, resources, timeOff } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import type { Interval } from '@/scheduling/interval-arithmetic';

/**
 * The busy time of each therapist and room in a window, set-up and clean-up included. All callers share the lists until
 * the next commit, so the lists are frozen.
 */
export interface BusyIntervals {
  therapists: ReadonlyMap<string, Interval[]>;
  rooms: ReadonlyMap<string, Interval[]>;
  /** A therapist's time off, breaks and closures: also part of `therapists`, and here to give the reason. */
  timeOff: ReadonlyMap<string, Interval[]>;
}

interface Resources {
  therapistIds: string[];
  roomIds: string[];
}

const selectTimeOff = preparedQuery((on, count: number) =>
  on
    .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
    .from(timeOff)
    .where(
      and(
        inArray(timeOff.therapistId, createPlaceholders(count)),
        lt(timeOff.startAt, sql.placeholder('end')),
        gt(timeOff.endAt, sql.placeholder('start')),
      ),
    ),
);

const selectExternal = preparedQuery((on, count: number) =>
  on
    .select({
      therapistId: externalBusyTimes.therapistId,
      start: externalBusyTimes.startAt,
      end: externalBusyTimes.endAt,
    })
    .from(externalBusyTimes)
    .where(
      and(
        inArray(externalBusyTimes.therapistId, createPlaceholders(count)),
        lt(externalBusyTimes.startAt, sql.placeholder('end')),
        gt(externalBusyTimes.endAt, sql.placeholder('start')),
      ),
    ),
);

const selectHeld = preparedQuery((on) =>
  on
    .select({ resourceId: resources.name, cell: claims.cell, expiresAt: claims.expiresAt })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(
      and(
        // This lets the query use the index of holds: nothing else expires.
        gt(claims.expiresAt, 0),
        notLike(holds.name, sql.placeholder('own')),
        gte(claims.cell, sql.placeholder('firstCell')),
        lt(claims.cell, sql.placeholder('lastCell')),
      ),
    ),
);

/**
 * Appointments that are not cancelled, time off, busy times from external calendars, and current holds except those of
 * `heldBy`, a plan's key. Only for these therapists and rooms. The intervals are in no order.
 */
export async function listBusyIntervals(
  db: Db,
  within: Interval,
  resources: Resources,
  now: number,
  heldBy?: string,
): Promise<BusyIntervals> {
  const [taken, held] = await Promise.all([listTaken(db, within, resources), listHeldCells(db, within, now, heldBy)]);
  const therapists = new Map(taken.therapists);
  const rooms = new Map(taken.rooms);
  for (const { resourceId, cell } of held) {
    const [kind, id] = resourceId.split(':') as ['therapist' | 'room', string];
    const byResource = kind === 'room' ? rooms : therapists;
    const busy = byResource.get(id);
    if (!busy) continue;
    const lists = kind === 'room' ? taken.rooms : taken.therapists;
    // Copies the shared list before it adds the first held cell.
    const own = busy === lists.get(id) ? [...busy] : busy;
    own.push({ start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS });
    byResource.set(id, own);
  }
  return held.length === 0 ? taken : { ...taken, therapists, rooms };
}

/** Everything that does not expire. */
async function listTaken(db: Db, within: Interval, resources: Resources): Promise<BusyIntervals> {
  const { therapistIds, roomIds } = resources;
  const cache = await getWindowCache(db);
  const window = `${within.start} ${within.end} ${therapistIds} ${roomIds}`;
  const known = cache.taken.get(window);
  if (known) return known;
  const [booked, rooms, off, external] = await Promise.all([
    listBooked(db, cache, 'therapistId', therapistIds, within),
    listBooked(db, cache, 'roomId', roomIds, within),
    selectTimeOff(db, { ...therapistIds, ...within }, therapistIds.length).then(groupByTherapist),
    selectExternal(db, { ...therapistIds, ...within }, therapistIds.length).then(groupByTherapist),
  ]);
  const therapists = new Map(booked);
  for (const [id, intervals] of [...off, ...external]) {
    therapists.set(id, Object.freeze([...therapists.get(id)!, ...intervals]) as Interval[]);
  }
  const taken: BusyIntervals = { therapists, rooms, timeOff: off };
  const added = [...off.keys(), ...external.keys()].reduce((sum, id) => sum + therapists.get(id)!.length, 0);
  if (cache.hasSpaceFor(added + therapistIds.length + roomIds.length)) cache.taken.set(window, taken);
  return taken;
}

function groupByTherapist(rows: (Interval & { therapistId: string })[]): Map<string, Interval[]> {
  const byTherapist = new Map<string, Interval[]>();
  for (const { therapistId, start, end } of rows) {
    const known = byTherapist.get(therapistId);
    if (known) known.push({ start, end });
    else byTherapist.set(therapistId, [{ start, end }]);
  }
  return byTherapist;
}

interface HeldCell {
  resourceId: string;
  cell: number;
  expiresAt: number | null;
}

/** Cached too, and filtered by expiry on each call, because a hold expires without a commit. */
async function listHeldCells(db: Db, within: Interval, now: number, heldBy: string | undefined): Promise<HeldCell[]> {
  const cache = await getWindowCache(db);
  const own = heldBy === undefined ? '' : holdPatternOfKey(heldBy);
  const window = `${within.start} ${within.end} ${own}`;
  const held = cache.held.get(window) ?? (await readHeldCells(db, within, own));
  if (!cache.held.has(window) && cache.hasSpaceFor(held.length + 1)) cache.held.set(window, held);
  return held.filter(({ expiresAt }) => expiresAt! > now);
}

function readHeldCells(db: Db, within: Interval, own: string): Promise<HeldCell[]> {
  const firstCell = Math.floor(within.start / CLAIM_GRAIN_MS);
  const lastCell = Math.ceil(within.end / CLAIM_GRAIN_MS);
  return selectHeld(db, { firstCell, lastCell, own });
}

/** Some twelve megabytes of intervals. */
const MOST_KEPT = 200_000;

/** What was read since the last commit. It is bounded, because anybody may ask for any window. */
interface WindowCache {
  /** By window, then by therapist or room: callers that ask for some of them share what was read for all. */
  booked: Map<string, Map<string, Interval[]>>;
  taken: Map<string, BusyIntervals>;
  held: Map<string, HeldCell[]>;
  hasSpaceFor(added: number): boolean;
}

function getWindowCache(db: Db): Promise<WindowCache> {
  return cachedUntilCommit(db, 'busy windows', async () => {
    let size = 0;
    return {
      booked: new Map(),
      taken: new Map(),
      held: new Map(),
      hasSpaceFor(added) {
        const fits = size + added <= MOST_KEPT;
        if (fits) size += added;
        return fits;
      },
    };
  });
}

/** When these therapists or rooms have appointments in a window. */
async function listBooked(
  db: Db,
  cache: WindowCache,
  column: 'therapistId' | 'roomId',
  ids: string[],
  within: Interval,
): Promise<Map<string, Interval[]>> {
  const window = `${column} ${within.start} ${within.end}`;
  const known = cache.booked.get(window) ?? new Map<string, Interval[]>();
  const unknown = ids.filter((id) => !known.has(id));
  const found = unknown.length > 0 ? await readBooked(db, column, unknown, within) : new Map<string, Interval[]>();
  const read = new Map(unknown.map((id) => [id, Object.freeze(found.get(id) ?? []) as Interval[]]));
  const added = [...read.values()].reduce((sum, { length }) => sum + length, 0);
  if (cache.hasSpaceFor(added)) {
    for (const [id, intervals] of read) known.set(id, intervals);
    cache.booked.set(window, known);
  }
  return new Map(ids.map((id) => [id, (known.get(id) ?? read.get(id))!]));
}

const selectBooked = preparedQuery((on, column: 'therapistId' | 'roomId', count: number) => {
  // Twenty thousand rows cost drizzle 25 ms to map; one text for each therapist or room costs a third of that.
  return on
    .select({
      id: appointments[column],
      spans: sql<string>`string_agg(${appointments.paddedStartAt} || ' ' || ${appointments.paddedEndAt}, ' ')`,
    })
    .from(appointments)
    .where(
      and(
        inArray(appointments[column], createPlaceholders(count)),
        gt(appointments.paddedStartAt, sql.placeholder('reaching')),
        lt(appointments.paddedStartAt, sql.placeholder('end')),
        gt(appointments.paddedEndAt, sql.placeholder('start')),
        ne(appointments.status, 'cancelled'),
      ),
    )
    .groupBy(appointments[column]);
});

/** Uses an index that begins with the therapist or room, so the bookings of others are not read. */
async function readBooked(
  db: Db,
  column: 'therapistId' | 'roomId',
  ids: string[],
  within: Interval,
): Promise<Map<string, Interval[]>> {
  const found = await selectBooked(
    db,
    { ...ids, ...within, reaching: within.start - LONGEST_APPOINTMENT_MS },
    column,
    ids.length,
  );
  return new Map(found.map(({ id, spans }) => [id, intervalsOf(spans)]));
}

/** Parses "start end start end …" by hand: splitting the text would create forty thousand strings. */
function intervalsOf(spans: string): Interval[] {
  const intervals: Interval[] = [];
  let start = -1;
  let value = 0;
  for (let i = 0; i <= spans.length; i++) {
    const digit = spans.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      continue;
    }
    if (start < 0) {
      start = value;
    } else {
      intervals.push({ start, end: value });
      start = -1;
    }
    value = 0;
  }
  return intervals;
}
