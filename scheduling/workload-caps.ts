// Does any therapist get more massages than their caps allow? `listExceededWorkloadCaps` answers for one massage, by
// local days of the practice. `chooseResourcesWithinCaps` assembles a whole plan without a date that exceeds a cap,
// counting the plan's own other dates too.

import { type BusyResources, chooseResources, type RefusedDate, type ResourceNeed } from './choose-resources';
import { dayNumber, weekdayOfDayNumber } from './day';
import { checkInstant, checkWholeNumber } from './input-checks';
import { toWallTime } from './zone-conversion';

/** The most hands-on minutes a therapist gives, set-up and clean-up aside; null is no cap. Weeks begin on Monday. */
export interface WorkloadCaps {
  dayMinutes: number | null;
  weekMinutes: number | null;
  deepDayMinutes: number | null;
  deepWeekMinutes: number | null;
}

/** A massage as a cap counts it: whole, on the local day it starts. `isDeep` is deep tissue, the hardest on the hands. */
export interface MassageWorkload {
  start: number;
  durationMinutes: number;
  isDeep: boolean;
}

/**
 * Names the caps that a massage would break beside those a therapist gives already; none when it may be booked.
 * A cap is broken by more than its minutes, not by all of them. `before`, where a massage is moved: what the therapist
 * gives until then, so that a cap which is exceeded already is named only when it would be exceeded by more.
 * Throws a RangeError that names the malformed field.
 *
 * @example
 * listExceededWorkloadCaps({
 *   timeZone: 'Europe/Dublin', caps: { dayMinutes: 300, weekMinutes: null, deepDayMinutes: 90, deepWeekMinutes: null },
 *   existing: [{ start: Date.UTC(2026, 11, 1, 9), durationMinutes: 60, isDeep: true }],
 *   requested: { start: Date.UTC(2026, 11, 1, 18), durationMinutes: 60, isDeep: true },
 * }) //=> ['deepDayMinutes']
 */
export function listExceededWorkloadCaps(query: {
  timeZone: string;
  caps: WorkloadCaps;
  existing: MassageWorkload[];
  requested: MassageWorkload;
  before?: MassageWorkload[];
}): (keyof WorkloadCaps)[] {
  const { timeZone, caps, existing, requested, before = [] } = query;
  checkMassage('requested', requested);
  for (const [i, massage] of existing.entries()) checkMassage(`existing[${i}]`, massage);
  for (const [i, massage] of before.entries()) checkMassage(`before[${i}]`, massage);
  const when = getDayAndMonday(timeZone, requested);
  const after = sumMinutes([...existing, requested], when, timeZone);
  const former = sumMinutes(before, when, timeZone);
  const broken: (keyof WorkloadCaps)[] = [];
  for (const cap of ['dayMinutes', 'weekMinutes', 'deepDayMinutes', 'deepWeekMinutes'] as const) {
    const most = caps[cap];
    if (most === null) continue;
    checkWholeNumber(`caps.${cap}`, most, 0);
    // The deep-tissue caps do not apply to a gentler massage, even when they are full.
    const applies = requested.isDeep || !cap.startsWith('deep');
    if (applies && after[cap] > Math.max(most, former[cap])) broken.push(cap);
  }
  return broken;
}

function checkMassage(field: string, { start, durationMinutes }: MassageWorkload): void {
  checkInstant(`${field}.start`, start);
  checkWholeNumber(`${field}.durationMinutes`, durationMinutes, 0);
}

/** The number of the local day on which a massage starts, and of the Monday of its week. */
function getDayAndMonday(timeZone: string, { start }: MassageWorkload): { day: number; monday: number } {
  const day = dayNumber(toWallTime(timeZone, start).on);
  return { day, monday: day - ((weekdayOfDayNumber(day) + 6) % 7) };
}

/** The minutes of these massages on a day and in its week, as each cap counts them. */
function sumMinutes(
  massages: MassageWorkload[],
  when: { day: number; monday: number },
  timeZone: string,
): Record<keyof WorkloadCaps, number> {
  const sums = { dayMinutes: 0, weekMinutes: 0, deepDayMinutes: 0, deepWeekMinutes: 0 };
  for (const massage of massages) {
    const { day, monday } = getDayAndMonday(timeZone, massage);
    const minutes = massage.durationMinutes;
    if (monday !== when.monday) continue;
    sums.weekMinutes += minutes;
    if (massage.isDeep) sums.deepWeekMinutes += minutes;
    if (day !== when.day) continue;
    sums.dayMinutes += minutes;
    if (massage.isDeep) sums.deepDayMinutes += minutes;
  }
  return sums;
}

/**
 * By therapist: the caps of those who have any, and the massages they give around the requested dates. Where dates are
 * moved, `existing` lacks them, and `before` has all that was given until then.
 */
export interface CapsAndWorkload {
  timeZone: string;
  caps: ReadonlyMap<string, WorkloadCaps>;
  existing: ReadonlyMap<string, MassageWorkload[]>;
  before?: ReadonlyMap<string, MassageWorkload[]>;
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
  const before = loads.before?.get(therapistId) ?? [];
  return listExceededWorkloadCaps({ timeZone: loads.timeZone, caps, existing, requested, before }).length === 0;
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
