import { and, eq, gt, gte, inArray, lt, ne, notLike, sql } from 'drizzle-orm';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment';
import { holdPatternOfKey } from '@/db/claims/hold-names';
import type { Db } from '@/db/connection/connection';
import { listPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { appointments, claims, externalBusyTimes, holds, resources, timeOff } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import type { Interval } from '@/scheduling/interval-arithmetic';

/** What is taken of each therapist's and each room's time in a window, set-up and clean-up included. */
export interface BusyIntervals {
  therapists: Map<string, Interval[]>;
  rooms: Map<string, Interval[]>;
  /** A therapist's leave, breaks and closures: in `therapists` too, and here to tell why. */
  timeOff: Map<string, Interval[]>;
}

const selectTimeOff = preparedQuery((on, count: number) =>
  on
    .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
    .from(timeOff)
    .where(
      and(
        inArray(timeOff.therapistId, listPlaceholders(count)),
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
        inArray(externalBusyTimes.therapistId, listPlaceholders(count)),
        lt(externalBusyTimes.startAt, sql.placeholder('end')),
        gt(externalBusyTimes.endAt, sql.placeholder('start')),
      ),
    ),
);

const selectHeld = preparedQuery((on) =>
  on
    .select({ resourceId: resources.name, cell: claims.cell })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(
      and(
        gt(claims.expiresAt, sql.placeholder('now')),
        notLike(holds.name, sql.placeholder('own')),
        gte(claims.cell, sql.placeholder('firstCell')),
        lt(claims.cell, sql.placeholder('lastCell')),
      ),
    ),
);

/**
 * Appointments that are not cancelled, time off, busy times of a calendar elsewhere, and holds that still live but those
 * of `heldBy`, a plan's key: of these therapists and rooms, whoever else is booked. The intervals are in no order.
 */
export async function listBusyIntervals(
  db: Db,
  within: Interval,
  { therapistIds, roomIds }: { therapistIds: string[]; roomIds: string[] },
  now: number,
  heldBy?: string,
): Promise<BusyIntervals> {
  const reads = {
    ...therapistIds,
    ...within,
    firstCell: Math.floor(within.start / CLAIM_GRAIN_MS),
    lastCell: Math.ceil(within.end / CLAIM_GRAIN_MS),
    now,
    own: heldBy === undefined ? '' : holdPatternOfKey(heldBy),
  };
  const window = `of ${therapistIds} from ${within.start} to ${within.end}`;
  const [therapistsBooked, roomsBooked, off, external, held] = await Promise.all([
    listBooked(db, 'therapistId', therapistIds, within),
    listBooked(db, 'roomId', roomIds, within),
    cachedUntilCommit(db, `time off ${window}`, () => selectTimeOff(db, reads, therapistIds.length)),
    cachedUntilCommit(db, `external ${window}`, () => selectExternal(db, reads, therapistIds.length)),
    selectHeld(db, reads),
  ]);

  const busy: BusyIntervals = { therapists: therapistsBooked, rooms: roomsBooked, timeOff: new Map() };
  for (const { therapistId, start, end } of off) {
    busy.therapists.get(therapistId)!.push({ start, end });
    const known = busy.timeOff.get(therapistId);
    if (known) known.push({ start, end });
    else busy.timeOff.set(therapistId, [{ start, end }]);
  }
  for (const { therapistId, start, end } of external) busy.therapists.get(therapistId)!.push({ start, end });
  for (const { resourceId, cell } of held) {
    const [kind, id] = resourceId.split(':') as ['therapist' | 'room', string];
    const byResource = kind === 'room' ? busy.rooms : busy.therapists;
    byResource.get(id)?.push({ start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS });
  }
  return busy;
}

/** Some twelve megabytes of them. */
const MOST_KEPT = 200_000;

/**
 * When these therapists or rooms have appointments in a window. Until somebody commits, those who ask for the same window
 * share what was read.
 */
async function listBooked(
  db: Db,
  column: 'therapistId' | 'roomId',
  ids: string[],
  within: Interval,
): Promise<Map<string, Interval[]>> {
  const cache = await cachedUntilCommit(db, 'booked windows', async () => ({
    windows: new Map<string, Map<string, Interval[]>>(),
    size: 0,
  }));
  const window = `${column} ${within.start} ${within.end}`;
  const known = cache.windows.get(window) ?? new Map<string, Interval[]>();
  const unknown = ids.filter((id) => !known.has(id));
  const read = unknown.length > 0 ? await readBooked(db, column, unknown, within) : new Map<string, Interval[]>();
  const size = [...read.values()].reduce((sum, { length }) => sum + length, 0);
  if (cache.size + size <= MOST_KEPT) {
    for (const id of unknown) known.set(id, read.get(id) ?? []);
    cache.windows.set(window, known);
    cache.size += size;
  }
  return new Map(ids.map((id) => [id, [...(known.get(id) ?? read.get(id) ?? [])]]));
}

const selectBooked = preparedQuery((on, column: 'therapistId' | 'roomId', count: number) => {
  // Twenty thousand rows cost drizzle 25 ms to map; as one text a therapist or room they cost a third of that.
  return on
    .select({
      id: appointments[column],
      spans: sql<string>`string_agg(${appointments.paddedStartAt} || ' ' || ${appointments.paddedEndAt}, ' ')`,
    })
    .from(appointments)
    .where(
      and(
        inArray(appointments[column], listPlaceholders(count)),
        gt(appointments.paddedStartAt, sql.placeholder('reaching')),
        lt(appointments.paddedStartAt, sql.placeholder('end')),
        gt(appointments.paddedEndAt, sql.placeholder('start')),
        ne(appointments.status, 'cancelled'),
      ),
    )
    .groupBy(appointments[column]);
});

/** Of each by an index that begins with them: what others have booked is not even looked at. */
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

/** Reads "start end start end …". By hand: splitting first would make forty thousand strings. */
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
