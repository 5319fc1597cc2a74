import { gatherWorkloads } from '@/db/availability/therapist-workloads';
import type { Db } from '@/db/connection/connection';
import { DEEP_PRESSURE } from '@/db/practice/services';
import type { BookingRules } from '@/scheduling/plan-booking';
import { listExceededWorkloadCaps, type WorkloadCaps } from '@/scheduling/workload-caps';

// Staff may book beyond a therapist’s caps for a day or a week. They are warned of each date first.

/** A date that takes its therapist beyond their caps, and which caps. */
export interface DateOverWorkloadCaps {
  startsAt: number;
  therapistId: string;
  caps: (keyof WorkloadCaps)[];
}

interface DateToBook {
  startsAt: number;
  endsAt: number;
  serviceId: string;
}

const MINUTE = 60_000;

/** The key of such a date in a form that has shown the warning. */
export function formatDateOverWorkloadCapsKey({
  startsAt,
  therapistId,
}: Pick<DateOverWorkloadCaps, 'startsAt' | 'therapistId'>): string {
  return `${startsAt}@${therapistId}`;
}

/** The dates that exceed a cap of their chosen therapist, each counted together with those before it. */
export async function listDatesOverWorkloadCaps(
  db: Db,
  dates: readonly DateToBook[],
  choices: readonly { therapistId: string }[],
  { timeZone, services }: Pick<BookingRules, 'timeZone' | 'services'>,
): Promise<DateOverWorkloadCaps[]> {
  const therapistIds = [...new Set(choices.map(({ therapistId }) => therapistId))];
  const starts = dates.map(({ startsAt }) => startsAt);
  const within = { start: Math.min(...starts), end: Math.max(...starts) };
  const loads = await gatherWorkloads(db, { timeZone, therapistIds, within });
  const workloads = new Map([...loads.existing].map(([id, massages]) => [id, [...massages]]));
  return dates.flatMap(({ startsAt, endsAt, serviceId }, at): DateOverWorkloadCaps[] => {
    const { therapistId } = choices[at]!;
    const caps = loads.caps.get(therapistId);
    if (!caps) return [];
    const isDeep = services.get(serviceId)?.pressure === DEEP_PRESSURE;
    const requested = { start: startsAt, durationMinutes: (endsAt - startsAt) / MINUTE, isDeep };
    const known = workloads.get(therapistId) ?? [];
    const broken = listExceededWorkloadCaps({ timeZone, caps, existing: known, requested });
    workloads.set(therapistId, [...known, requested]);
    return broken.length === 0 ? [] : [{ startsAt, therapistId, caps: broken }];
  });
}
