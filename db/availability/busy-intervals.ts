import { and, eq, gt, gte, inArray, lt, ne, notLike, sql } from 'drizzle-orm';
import { LONGEST_APPOINTMENT } from '@/db/appointments/longest-appointment';
import { holdPatternOfKey } from '@/db/claims/hold-names';
import type { Db } from '@/db/connection/connection';
import { runPrepared } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { appointments, claims, externalTimes, holds, resources, timeOff } from '@/db/schema';
import type { Interval } from '@/scheduling/interval';
import { CLAIM_GRAIN_MS } from '@/scheduling/resources';

/** What is taken of each therapist's and each room's time in a window, set-up and clean-up included. */
export interface BusyIntervals {
  therapists: Map<string, Interval[]>;
  rooms: Map<string, Interval[]>;
  /** A therapist's leave, breaks and closures: in `therapists` too, and here to tell why. */
  timeOff: Map<string, Interval[]>;
}

/**
 * Appointments that are not cancelled, time off, busy times of a calendar elsewhere, and holds that still live but those of `heldBy`, a plan's key. One read for all: a time is open only
 * with a room, and so everybody's appointments matter to everybody. The intervals are in no order.
 */
export async function listBusyIntervals(
  db: Db,
  within: Interval,
  therapistIds: string[],
  now: number,
  heldBy?: string,
): Promise<BusyIntervals> {
  const busy: BusyIntervals = { therapists: new Map(), rooms: new Map(), timeOff: new Map() };
  const param = sql.placeholder;
  const ids = therapistIds.map((_, at) => param(String(at)));
  const asked = {
    ...therapistIds,
    ...within,
    firstCell: Math.floor(within.start / CLAIM_GRAIN_MS),
    lastCell: Math.ceil(within.end / CLAIM_GRAIN_MS),
    now,
    own: heldBy === undefined ? '' : holdPatternOfKey(heldBy),
  };
  const [booked, off, external, held] = await Promise.all([
    listBooked(db, within),
    runPrepared(
      db,
      `time off of ${ids.length}`,
      (on) =>
        on
          .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
          .from(timeOff)
          .where(
            and(
              inArray(timeOff.therapistId, ids),
              lt(timeOff.startAt, param('end')),
              gt(timeOff.endAt, param('start')),
            ),
          ),
      asked,
    ),
    runPrepared(
      db,
      `external of ${ids.length}`,
      (on) =>
        on
          .select({ therapistId: externalTimes.therapistId, start: externalTimes.startAt, end: externalTimes.endAt })
          .from(externalTimes)
          .where(
            and(
              inArray(externalTimes.therapistId, ids),
              lt(externalTimes.startAt, param('end')),
              gt(externalTimes.endAt, param('start')),
            ),
          ),
      asked,
    ),
    runPrepared(
      db,
      'held between',
      (on) =>
        on
          .select({ resourceId: resources.name, cell: claims.cell })
          .from(claims)
          .innerJoin(holds, eq(holds.owner, claims.owner))
          .innerJoin(resources, eq(resources.number, claims.resource))
          .where(
            and(
              gt(claims.expiresAt, param('now')),
              notLike(holds.name, param('own')),
              gte(claims.cell, param('firstCell')),
              lt(claims.cell, param('lastCell')),
            ),
          ),
      asked,
    ),
  ]);

  for (const { therapistId, roomId, intervals } of booked) {
    append(busy.therapists, therapistId, intervals);
    append(busy.rooms, roomId, intervals);
  }
  for (const { therapistId, start, end } of off) {
    append(busy.therapists, therapistId, [{ start, end }]);
    append(busy.timeOff, therapistId, [{ start, end }]);
  }
  for (const { therapistId, start, end } of external) append(busy.therapists, therapistId, [{ start, end }]);
  for (const { resourceId, cell } of held) {
    const [kind, id] = resourceId.split(':') as ['therapist' | 'room', string];
    append(kind === 'room' ? busy.rooms : busy.therapists, id, [
      { start: cell * CLAIM_GRAIN_MS, end: (cell + 1) * CLAIM_GRAIN_MS },
    ]);
  }
  return busy;
}

interface Booked {
  therapistId: string;
  roomId: string;
  intervals: Interval[];
}

/** Some twelve megabytes of them. */
const MOST_KEPT = 200_000;

/** The appointments of a window, by therapist and room. Until somebody commits, those who ask for the same share what was read. */
async function listBooked(db: Db, within: Interval): Promise<Booked[]> {
  const kept = await cachedUntilCommit(db, 'booked windows', async () => ({
    windows: new Map<string, Booked[]>(),
    size: 0,
  }));
  const window = `${within.start} ${within.end}`;
  const known = kept.windows.get(window);
  if (known) return known;
  const booked = await readBooked(db, within);
  const size = booked.reduce((sum, { intervals }) => sum + intervals.length, 0);
  if (kept.size + size <= MOST_KEPT) {
    kept.windows.set(window, booked);
    kept.size += size;
  }
  return booked;
}

async function readBooked(db: Db, within: Interval): Promise<Booked[]> {
  const param = sql.placeholder;
  const found = await runPrepared(
    db,
    'booked between',
    (on) =>
      // Twenty thousand rows cost drizzle 25 ms to map; as one text a therapist and room they cost a third of that.
      on
        .select({
          therapistId: appointments.therapistId,
          roomId: appointments.roomId,
          spans: sql<string>`string_agg(${appointments.paddedStartAt} || ' ' || ${appointments.paddedEndAt}, ' ')`,
        })
        .from(appointments)
        .where(
          and(
            gt(appointments.paddedStartAt, param('reaching')),
            lt(appointments.paddedStartAt, param('end')),
            gt(appointments.paddedEndAt, param('start')),
            ne(appointments.status, 'cancelled'),
          ),
        )
        .groupBy(appointments.therapistId, appointments.roomId),
    { ...within, reaching: within.start - LONGEST_APPOINTMENT },
  );
  return found.map(({ spans, ...whose }) => ({ ...whose, intervals: intervalsOf(spans) }));
}

function append(to: Map<string, Interval[]>, id: string, intervals: Interval[]) {
  const known = to.get(id);
  if (!known) to.set(id, [...intervals]);
  else for (const interval of intervals) known.push(interval);
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
