import { and, gt, gte, inArray, isNull, lte, max, min, or } from 'drizzle-orm';
import { type BookingRules, CELL_MS, type PlannedDate, type Taken, type TakenTime } from '@/scheduling/booking';
import { addDays } from '@/scheduling/day';
import { toWall } from '@/scheduling/zone';
import { cellsOf } from './claims';
import type { Db } from './client';
import { listHours } from './hours';
import { getPractice, type Practice } from './practice';
import { claims } from './schema';
import { listServices } from './services';

export const ofTherapist = (id: string) => `therapist:${id}`;
export const ofRoom = (id: string) => `room:${id}`;

/** What a request is held against: what is offered now, and the hours around the instants it names. */
export async function gatherRules(
  tx: Db,
  wanted: { startsAt: number; therapistId: string }[],
  now: number,
): Promise<{ practice: Practice; rules: BookingRules }> {
  const practice = await getPractice(tx);
  const services = await listServices(tx);
  const offering = services.flatMap(({ therapists }) => therapists);
  const isAsked = (id: string) => wanted.some(({ therapistId }) => therapistId === 'any' || therapistId === id);
  const therapistIds = [...new Set(offering)].filter(isAsked);
  const starts = wanted.map(({ startsAt }) => startsAt);
  const dayOf = (instant: number) => toWall(practice.timeZone, instant).on;
  // Hours may run over midnight: a day more on both sides.
  const from = addDays(dayOf(Math.min(...starts)), -1);
  const to = addDays(dayOf(Math.max(...starts)), 3);
  const hours = await listHours(tx, therapistIds, from, to);
  const { timeZone, stepMinutes, noticeMinutes, windowDays, maxSessions } = practice;
  return {
    practice,
    rules: {
      timeZone,
      stepMinutes,
      noticeMinutes,
      windowDays,
      maxSessions,
      services: new Map(services.map((service) => [service.id, service])),
      hours: hours.therapists,
      now,
    },
  };
}

/** What others have of the time and the resources these dates could use. Expired holds are nobody's. */
export async function gatherTaken(
  tx: Db,
  dates: Pick<PlannedDate, 'padded' | 'therapistIds' | 'roomIds'>[],
  now: number,
): Promise<Taken> {
  const isWanted = dates.map(({ padded, therapistIds, roomIds }) => {
    const { first, last } = cellsOf(padded);
    const resources = [...therapistIds.map(ofTherapist), ...roomIds.map(ofRoom)];
    return and(inArray(claims.resourceId, resources), gte(claims.cell, first), lte(claims.cell, last));
  });
  const found = await tx
    .select({
      resourceId: claims.resourceId,
      kind: claims.kind,
      first: min(claims.cell),
      last: max(claims.cell),
    })
    .from(claims)
    .where(and(or(...isWanted), or(isNull(claims.expiresAt), gt(claims.expiresAt, now))))
    .groupBy(claims.resourceId, claims.ownerUid, claims.kind);
  const therapists = new Map<string, TakenTime[]>();
  const rooms = new Map<string, TakenTime[]>();
  for (const { resourceId, kind, first, last } of found) {
    const [what, id] = splitOnce(resourceId);
    const taken = { start: first! * CELL_MS, end: (last! + 1) * CELL_MS, isTimeOff: kind === 'time_off' };
    const of = what === 'room' ? rooms : therapists;
    of.set(id, [...(of.get(id) ?? []), taken]);
  }
  return { therapists, rooms };
}

function splitOnce(resourceId: string): [string, string] {
  const at = resourceId.indexOf(':');
  return [resourceId.slice(0, at), resourceId.slice(at + 1)];
}
