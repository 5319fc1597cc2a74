// Does anybody get more massage to give than they can bear? `listExceededCaps` answers for one massage; here a whole
// plan is put together without a date that would break a cap, its own other dates counted too.

import { type Caps, listExceededCaps, type MassageLoad } from './policy';
import { type BusyResources, chooseResources, type DateRefused, type ResourceNeed } from './resources';

/** The caps of those who have any, and what they give already around the dates that are asked about; by therapist. */
export interface CapLoads {
  timeZone: string;
  caps: ReadonlyMap<string, Caps>;
  given: ReadonlyMap<string, MassageLoad[]>;
}

/** Nobody has a cap. */
export const NO_CAPS: CapLoads = { timeZone: 'UTC', caps: new Map(), given: new Map() };

/**
 * Says whether a therapist may give one more massage; somebody without caps always may.
 *
 * @example
 * isWithinCaps(NO_CAPS, 'mira', { start: 0, durationMinutes: 60, isDeep: false }) //=> true
 */
export function isWithinCaps(loads: CapLoads, therapistId: string, wanted: MassageLoad): boolean {
  const caps = loads.caps.get(therapistId);
  if (!caps) return true;
  const given = loads.given.get(therapistId) ?? [];
  return listExceededCaps({ timeZone: loads.timeZone, caps, given, wanted }).length === 0;
}

/**
 * As `chooseResources`, and no therapist gets more than their caps allow. A date that only a cap is in the way of is
 * refused as `booked`: whoever it was asked of is booked up.
 *
 * @example
 * chooseWithinCaps([date], { therapists: new Map(), rooms: new Map() }, NO_CAPS) //=> { ok: true, choices: [{ therapistId: 'mira', roomId: 'garden' }] }
 */
export function chooseWithinCaps(
  dates: (ResourceNeed & { load: MassageLoad })[],
  taken: BusyResources,
  loads: CapLoads,
): ReturnType<typeof chooseResources> {
  const open = dates.map((date) => {
    return { ...date, therapistIds: date.therapistIds.filter((id) => isWithinCaps(loads, id, date.load)) };
  });
  for (;;) {
    const full = open.flatMap(({ therapistIds }, at): DateRefused[] =>
      therapistIds.length === 0 ? [{ at, reason: 'booked' }] : [],
    );
    const asked = full.length > 0 ? open.filter(({ therapistIds }) => therapistIds.length > 0) : open;
    const chosen = chooseResources(asked, taken);
    if (full.length > 0) {
      const places = asked.map((date) => open.indexOf(date));
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

/** The first date that, with those before it, is more than its therapist's caps allow; -1 when there is none. */
function firstOver(dates: { load: MassageLoad }[], choices: { therapistId: string }[], loads: CapLoads): number {
  return choices.findIndex(({ therapistId }, at) => {
    if (!loads.caps.has(therapistId)) return false;
    const before = dates.slice(0, at).filter((_, other) => choices[other]!.therapistId === therapistId);
    const given = [...(loads.given.get(therapistId) ?? []), ...before.map(({ load }) => load)];
    return !isWithinCaps({ ...loads, given: new Map([[therapistId, given]]) }, therapistId, dates[at]!.load);
  });
}
