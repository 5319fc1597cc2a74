import type { ActiveService } from '@/db/practice/services';
import { listBookableStarts } from './bookable-starts';

/** A start that a visitor could book now. */
export interface NextBookableStart {
  startsAt: number;
  therapistId: string;
  /** The massages that this therapist could give then, in the practice's order. */
  serviceIds: string[];
}

/** Every start of these massages in the days from `from`, earliest first, a separate entry for each therapist. */
export async function listNextBookableStarts(
  query: { services: ActiveService[]; minutes: number; from: string; days: number },
  now: number,
): Promise<NextBookableStart[]> {
  const { services, minutes, from, days } = query;
  const found = new Map<string, NextBookableStart>();
  const offered = services.filter(({ lengths }) => lengths.some((length) => length.minutes === minutes));
  const openings = await Promise.all(
    offered.map(({ id }) => listBookableStarts({ serviceId: id, minutes, from, days }, now)),
  );
  for (const [at, list] of openings.entries()) {
    for (const { startsAt, therapists } of list.ok ? list.openings : []) {
      for (const therapistId of therapists) {
        const key = `${startsAt} ${therapistId}`;
        const known = found.get(key);
        if (known) known.serviceIds.push(offered[at]!.id);
        else found.set(key, { startsAt, therapistId, serviceIds: [offered[at]!.id] });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.startsAt - b.startsAt);
}
