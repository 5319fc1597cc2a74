import type { ClashReason } from '@/scheduling/availability';
import { addDays } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval';
import type { Alternative } from '@/scheduling/standing-times';
import { toWall } from '@/scheduling/zone';
import { findAlternatives } from './clash';
import { reader } from './client';
import { gatherFreeTime } from './free-time';
import { getPractice } from './practice';
import { listServices } from './services';

/** A time that could not be had, and what could stand in its place. */
export interface Clash {
  position: number;
  startsAt: number;
  therapistId: string;
  serviceId: string;
  reason: ClashReason;
  alternatives: Alternative[];
}

export type Taken = { ok: false; reason: 'taken'; clashes: Clash[] };

/** Alternatives lie at most this many days from the date they stand in for. */
const AROUND = 3;

/**
 * Names what was taken, with up to three other times for each. Read after the transaction has been undone: nobody
 * waits for it. `kept` is what the series' other dates take.
 */
export async function refuseTaken(
  clashes: (Omit<Clash, 'alternatives'> & { minutes: number })[],
  kept: Interval[],
  now: number,
): Promise<Taken> {
  const db = await reader();
  const practice = await getPractice(db);
  const services = new Map((await listServices(db)).map((service) => [service.id, service]));
  const named: Clash[] = [];
  for (const { minutes, ...clash } of clashes) {
    const service = services.get(clash.serviceId);
    if (!service || service.therapists.length === 0) {
      named.push({ ...clash, alternatives: [] });
      continue;
    }
    const { on } = toWall(practice.timeZone, clash.startsAt);
    const span = { from: addDays(on, -AROUND), to: addDays(on, AROUND + 1) };
    const free = await gatherFreeTime(db, { practice, therapistIds: service.therapists, ...span, now });
    const therapistId = clash.therapistId === 'any' ? service.therapists[0]! : clash.therapistId;
    const wanted = { startsAt: clash.startsAt, therapistId, service, minutes };
    named.push({ ...clash, alternatives: findAlternatives(free, wanted, kept) });
  }
  return { ok: false, reason: 'taken', clashes: named };
}
