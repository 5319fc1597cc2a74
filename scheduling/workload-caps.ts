// Does any therapist get more massages than their caps allow? `listExceededWorkloadCaps` answers for one massage. Here
// a whole plan is assembled without a date that exceeds a cap, counting the plan's own other dates too.

import { listExceededWorkloadCaps, type MassageWorkload, type WorkloadCaps } from './booking-policy';
import { type BusyResources, chooseResources, type RefusedDate, type ResourceNeed } from './choose-resources';

/** By therapist: the caps of those who have any, and the massages they already give around the requested dates. */
export interface CapsAndWorkload {
  timeZone: string;
  caps: ReadonlyMap<string, WorkloadCaps>;
  existing: ReadonlyMap<string, MassageWorkload[]>;
}

/** No therapist has a cap. */
export const NO_WORKLOAD_CAPS: CapsAndWorkload = { timeZone: 'UTC', caps: new Map(), existing: new Map() };

/**
 * Whether a therapist may give one more massage; always true without caps.
 *
 * @example
 * isWithinWorkloadCaps(NO_WORKLOAD_CAPS, 'mira', { start: 0, durationMinutes: 60, isDeep: false }) //=> true
 */
export function isWithinWorkloadCaps(loads: CapsAndWorkload, therapistId: string, requested: MassageWorkload): boolean {
  const caps = loads.caps.get(therapistId);
  if (!caps) return true;
  const existing = loads.existing.get(therapistId) ?? [];
  return listExceededWorkloadCaps({ timeZone: loads.timeZone, caps, existing, requested }).length === 0;
}

/**
 * Like `chooseResources`, but no therapist exceeds their caps. If only a cap stands in the way, the date is refused as
 * `booked`: its therapists are booked up.
 *
 * @example
 * chooseResourcesWithinCaps([date], { therapists: new Map(), rooms: new Map() }, NO_WORKLOAD_CAPS) //=> { ok: true, choices: [{ therapistId: 'mira', roomId: 'garden' }] }
 */
export function chooseResourcesWithinCaps(
  dates: (ResourceNeed & { load: MassageWorkload })[],
  busyResources: BusyResources,
  loads: CapsAndWorkload,
): ReturnType<typeof chooseResources> {
  const open = dates.map((date) => {
    return { ...date, therapistIds: date.therapistIds.filter((id) => isWithinWorkloadCaps(loads, id, date.load)) };
  });
  for (;;) {
    const full = open.flatMap(({ therapistIds }, at): RefusedDate[] =>
      therapistIds.length === 0 ? [{ at, reason: 'booked' }] : [],
    );
    const affected = full.length > 0 ? open.filter(({ therapistIds }) => therapistIds.length > 0) : open;
    const chosen = chooseResources(affected, busyResources);
    if (full.length > 0) {
      const places = affected.map((date) => open.indexOf(date));
      const others = chosen.ok ? [] : chosen.refused.map((refused) => ({ ...refused, at: places[refused.at]! }));
      return { ok: false, refused: [...full, ...others].sort((a, b) => a.at - b.at) };
    }
    if (!chosen.ok) return chosen;
    const over = firstOver(open, chosen.choices, loads);
    if (over === -1) return chosen;
    const { therapistId } = chosen.choices[over]!;
    open[over] = { ...open[over]!, therapistIds: open[over]!.therapistIds.filter((id) => id !== therapistId) };
  }
}

/**
 * The index of the first date that, together with those before it, exceeds its therapist's caps; -1 when there is none.
 */
function firstOver(
  dates: { load: MassageWorkload }[],
  choices: { therapistId: string }[],
  loads: CapsAndWorkload,
): number {
  return choices.findIndex(({ therapistId }, at) => {
    if (!loads.caps.has(therapistId)) return false;
    const before = dates.slice(0, at).filter((_, other) => choices[other]!.therapistId === therapistId);
    const existing = [...(loads.existing.get(therapistId) ?? []), ...before.map(({ load }) => load)];
    return !isWithinWorkloadCaps(
      { ...loads, existing: new Map([[therapistId, existing]]) },
      therapistId,
      dates[at]!.load,
    );
  });
}
