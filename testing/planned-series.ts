import { datesOf } from '@/scheduling/cadence';
import { claimOf, type Occurrence, type Place, placeOf, placeOn, type SeriesRule } from '@/scheduling/series';
import type { Visit } from '@/scheduling/standing-times';

/** A series as its rule has it, all booked with Mira but for the positions in `skip`. */
export function plannedSeries(query: { rule: SeriesRule; firstOn: string; visits: Visit[]; skip: number[] }) {
  const { rule, visits, skip } = query;
  const dates = datesOf({ cadence: rule.cadence, firstOn: query.firstOn, sessions: visits.length });
  const occurrences: Occurrence[] = [];
  const skips: Place[] = [];
  for (const [k, visit] of visits.entries()) {
    const { isShifted, ...place } = placeOn(rule, k + 1, dates[k]!);
    if (skip.includes(k + 1)) {
      skips.push(placeOf(place));
      continue;
    }
    const at = { start: place.nominalStart, therapistId: 'mira', nominalTherapistId: 'mira', visit, isShifted };
    const { start, sequence } = claimOf(place, at, null);
    const { therapistId, nominalTherapistId } = at;
    const uid = `a${k + 1}`;
    occurrences.push({ ...place, uid, start, therapistId, nominalTherapistId, visit, status: 'booked', sequence });
  }
  return { occurrences, skips };
}
