import { and, eq, gt, inArray, isNotNull, lt, notInArray, or } from 'drizzle-orm';
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
 * The caps of these therapists, and their workload in the weeks around a period. `except`: appointments that are about
 * to be moved away.
 */
export async function gatherWorkloads(
  db: Db,
  query: { timeZone: string; therapistIds: string[]; within: Interval; except?: string[] },
): Promise<CapsAndWorkload> {
  const { timeZone, within, except = [] } = query;
  const all = await listCaps(db, query.therapistIds);
  const capped = query.therapistIds.filter((id) => all.has(id));
  if (capped.length === 0) return { timeZone, caps: new Map(), existing: new Map() };
  const rows = await db
    .select({
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
        except.length > 0 ? notInArray(appointments.id, except) : undefined,
      ),
    );
  const existing = new Map<string, MassageWorkload[]>();
  for (const { therapistId, pressure, ...load } of rows) {
    const known = existing.get(therapistId) ?? [];
    known.push({ ...load, isDeep: pressure === DEEP_PRESSURE });
    existing.set(therapistId, known);
  }
  return { timeZone, caps: new Map(capped.map((id) => [id, all.get(id)!])), existing };
}
