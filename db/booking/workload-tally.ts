import { gatherWorkloads } from '@/db/availability/therapist-workloads';
import type { Db } from '@/db/connection/connection';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { listExceededWorkloadCaps, type MassageWorkload, type WorkloadCaps } from '@/scheduling/workload-caps';
import { toWallTime } from '@/scheduling/zone-conversion';

// Counts what therapists give while dates go from one to another in a proposal, so that each is compared with the caps
// of whoever would get it.

/** A cap that a date would take its therapist beyond, and its minutes. */
export interface ExceededCap {
  cap: keyof WorkloadCaps;
  minutes: number;
}

export interface WorkloadTally {
  /** The caps that this therapist would exceed with this massage, by what is counted so far. */
  listExceeded: (therapistId: string, massage: MassageWorkload) => ExceededCap[];
  add: (therapistId: string, massage: MassageWorkload) => void;
  remove: (therapistId: string, massage: MassageWorkload) => void;
}

/** More than a week, whatever the clocks do: what is further away counts towards no cap of the same week. */
const NEARBY_MS = 8 * 86_400_000;

/**
 * Begins with what these therapists give in the weeks around the period. A day that is too full at the beginning may be
 * filled again up to there: no cap is exceeded by more than it was.
 */
export async function makeWorkloadTally(
  db: Db,
  { timeZone, ...query }: { timeZone: string; therapistIds: string[]; within: Interval },
): Promise<WorkloadTally> {
  const loads = await gatherWorkloads(db, { timeZone, ...query });
  const counted = new Map([...loads.existing].map(([id, massages]) => [id, [...massages]]));
  // The answer is the same for all starts on one day, and many starts are asked about.
  const answers = new Map<string, ExceededCap[]>();
  const change = (therapistId: string, massages: MassageWorkload[]) => {
    counted.set(therapistId, massages);
    answers.clear();
  };
  return {
    listExceeded: (therapistId, massage) => {
      const caps = loads.caps.get(therapistId);
      if (!caps) return [];
      const { start, durationMinutes, isDeep } = massage;
      const key = `${therapistId} ${toWallTime(timeZone, start).on} ${durationMinutes} ${isDeep}`;
      const known = answers.get(key);
      if (known) return known;
      const isNear = (other: MassageWorkload) => Math.abs(other.start - start) < NEARBY_MS;
      const existing = (counted.get(therapistId) ?? []).filter(isNear);
      const before = (loads.existing.get(therapistId) ?? []).filter(isNear);
      const exceeded = listExceededWorkloadCaps({ timeZone, caps, existing, requested: massage, before });
      const answer = exceeded.map((cap) => ({ cap, minutes: caps[cap]! }));
      answers.set(key, answer);
      return answer;
    },
    add: (therapistId, massage) => change(therapistId, [...(counted.get(therapistId) ?? []), massage]),
    remove: (therapistId, massage) => {
      const massages = counted.get(therapistId) ?? [];
      const at = massages.findIndex(
        ({ start, durationMinutes }) => start === massage.start && durationMinutes === massage.durationMinutes,
      );
      if (at !== -1) change(therapistId, massages.toSpliced(at, 1));
    },
  };
}
