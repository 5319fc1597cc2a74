import { and, eq, gt, inArray, isNotNull, lt, or } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { cachedWhileOfferStands } from '@/db/connection/read-cache';
import { DEEP_PRESSURE } from '@/db/practice/services';
import { appointments, services, therapists } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { CapsAndWorkload, MassageWorkload, WorkloadCaps } from '@/scheduling/workload-caps';

const WEEK = 7 * 86_400_000;

const selectCaps = preparedQuery((on, count: number) => {
  return on
    .select({
      id: therapists.id,
      dayMinutes: therapists.capDayMinutes,
      weekMinutes: therapists.capWeekMinutes,
      deepDayMinutes: therapists.capDeepDayMinutes,
      deepWeekMinutes: therapists.capDeepWeekMinutes,
    })
    .from(therapists)
    .where(
      and(
        inArray(therapists.id, createPlaceholders(count)),
        or(
          isNotNull(therapists.capDayMinutes),
          isNotNull(therapists.capWeekMinutes),
          isNotNull(therapists.capDeepDayMinutes),
          isNotNull(therapists.capDeepWeekMinutes),
        ),
      ),
    );
});

/** The caps of those of them who have any. */
async function listCaps(db: Db, therapistIds: string[]): Promise<ReadonlyMap<string, WorkloadCaps>> {
  return cachedWhileOfferStands(db, `caps of ${therapistIds}`, async () => {
    const found = await selectCaps(db, therapistIds, therapistIds.length);
    return new Map(found.map(({ id, ...caps }) => [id, caps]));
  });
}

/**
 * The caps of these therapists, and their workload in the weeks around a period. `moving`: appointments that are about
 * to be moved away, which count only in the workload before.
 */
export async function gatherWorkloads(
  db: Db,
  query: { timeZone: string; therapistIds: string[]; within: Interval; moving?: string[] },
): Promise<CapsAndWorkload> {
  const { timeZone, within, moving = [] } = query;
  const all = await listCaps(db, query.therapistIds);
  const capped = query.therapistIds.filter((id) => all.has(id));
  if (capped.length === 0) return { timeZone, caps: new Map(), existing: new Map() };
  const rows = await db
    .select({
      id: appointments.id,
      therapistId: appointments.therapistId,
      start: appointments.startAt,
      durationMinutes: appointments.minutes,
      pressure: services.pressure,
    })
    .from(appointments)
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(
      and(
        inArray(appointments.therapistId, capped),
        // The index is by padded start, and no set-up takes as long as the extra day.
        gt(appointments.paddedStartAt, within.start - WEEK - 86_400_000),
        lt(appointments.paddedStartAt, within.end + WEEK),
        inArray(appointments.status, ['booked', 'completed']),
      ),
    );
  const groupByTherapist = (found: typeof rows) => {
    const massages = new Map<string, MassageWorkload[]>();
    for (const { therapistId, start, durationMinutes, pressure } of found) {
      const known = massages.get(therapistId) ?? [];
      known.push({ start, durationMinutes, isDeep: pressure === DEEP_PRESSURE });
      massages.set(therapistId, known);
    }
    return massages;
  };
  const caps = new Map(capped.map((id) => [id, all.get(id)!]));
  const existing = groupByTherapist(rows.filter(({ id }) => !moving.includes(id)));
  return { timeZone, caps, existing, ...(moving.length > 0 && { before: groupByTherapist(rows) }) };
}
