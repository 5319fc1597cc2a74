import type { Connection, Db } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { listServicesOfBookedDates } from '@/db/practice/services';
import type { ClashReason } from '@/scheduling/availability';
import { addDays } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';
import { gatherAvailabilityContext, listRoomIdsOfServices } from './availability-context';
import { type DateAlternative, findAlternativeTimes } from './find-clash';

/** A date that is not available, with times that could replace it. */
export interface ClashWithAlternatives {
  position: number;
  startsAt: number;
  therapistId: string;
  serviceId: string;
  reason: ClashReason;
  /** For two people who come together: the therapist of the other massage. */
  besideId?: string;
  isOfOther?: boolean;
  /** The other massage and its length. */
  besideServiceId?: string;
  besideMinutes?: number;
  alternatives: DateAlternative[];
}

export type TimesTakenRefusal = { ok: false; reason: 'taken'; clashes: ClashWithAlternatives[] };

/** Alternatives lie at most this many days from the date they replace. */
const AROUND = 3;

type UnavailableDate = Omit<ClashWithAlternatives, 'alternatives'> & { minutes: number };

// When hundreds want one time, all but one get the same refusal, and finding alternatives is its most expensive part.
// So the last answer is cached until anything is written.
const lastConflict = new WeakMap<
  Connection,
  { key: string; version: number; now: number; conflict: Promise<TimesTakenRefusal> }
>();
const CACHE_MS = 1_000; // holds expire, and the notice moves on

/**
 * Describes each unavailable date, with up to three alternatives. Runs after the rollback, so that nobody waits for it.
 * `kept` are the intervals of the series' other dates, `among` the only therapists allowed, `extraMinutes` the time to
 * leave free after each date for this client, on top of the clean-up.
 */
export async function findConflictAlternatives(
  clashes: UnavailableDate[],
  {
    ownIntervals,
    among = null,
    extraMinutes = 0,
  }: { ownIntervals: Interval[]; among?: string[] | null; extraMinutes?: number },
  now: number,
): Promise<TimesTakenRefusal> {
  const connection = await getConnection();
  const version = connection.version?.();
  if (version === undefined)
    return findConflict(connection.reader, clashes, { ownIntervals, among, extraMinutes }, now);
  const key = JSON.stringify([clashes, ownIntervals, among, extraMinutes]);
  const last = lastConflict.get(connection);
  if (last?.key === key && last.version === version && Math.abs(now - last.now) < CACHE_MS) return last.conflict;
  const conflict = findConflict(connection.reader, clashes, { ownIntervals, among, extraMinutes }, now);
  lastConflict.set(connection, { key, version, now, conflict });
  return conflict;
}

async function findConflict(
  db: Db,
  clashes: UnavailableDate[],
  { ownIntervals, among, extraMinutes }: { ownIntervals: Interval[]; among: string[] | null; extraMinutes: number },
  now: number,
): Promise<TimesTakenRefusal> {
  const practice = await getPractice(db);
  const services = new Map((await listServicesOfBookedDates(db)).map((service) => [service.id, service]));
  const named: ClashWithAlternatives[] = [];
  const massageOf = (id: string, minutes: number) => {
    const service = services.get(id);
    if (!service || service.therapists.length === 0) return null;
    return { service: { ...service, cleanupMinutes: service.cleanupMinutes + extraMinutes }, minutes };
  };
  for (const { minutes, ...clash } of clashes) {
    const own = massageOf(clash.serviceId, minutes);
    const other = massageOf(clash.besideServiceId ?? clash.serviceId, clash.besideMinutes ?? minutes);
    if (!own || !other) {
      named.push({ ...clash, alternatives: [] });
      continue;
    }
    const { on } = toWallTime(practice.timeZone, clash.startsAt);
    const span = { from: addDays(on, -AROUND), to: addDays(on, AROUND + 1) };
    const needed = [own.service, other.service];
    const free = await gatherAvailabilityContext(db, {
      practice,
      therapistIds: needed.flatMap(({ therapists }) => therapists),
      roomIds: listRoomIdsOfServices(needed),
      ...span,
      now,
    });
    const [lost, lostId, kept, keptId] = clash.isOfOther
      ? [other, clash.besideId!, own, clash.therapistId]
      : [own, clash.therapistId, other, clash.besideId];
    const therapistId = lostId === 'any' ? lost.service.therapists[0]! : lostId;
    const beside =
      keptId === undefined || keptId === 'any'
        ? undefined
        : { ...kept, therapistId: keptId, isFirst: clash.isOfOther === true };
    const request = { startsAt: clash.startsAt, therapistId, ...lost };
    named.push({ ...clash, alternatives: findAlternativeTimes(free, request, ownIntervals, { among, beside }) });
  }
  return { ok: false, reason: 'taken', clashes: named };
}
