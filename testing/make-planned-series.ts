import { listSeriesDays } from '@/scheduling/cadence';
import {
  computeNominalDate,
  type NominalDate,
  type Occurrence,
  planClaim,
  type SeriesRule,
  toNominalDate,
} from '@/scheduling/plan-series-extension';
import type { OccurrenceNeeds } from '@/scheduling/standing-times';

/** A series exactly as its rule plans it, all booked with Mira except the positions in `skip`. */
export function makePlannedSeries(query: {
  rule: SeriesRule;
  firstOn: string;
  visits: OccurrenceNeeds[];
  skip: number[];
}) {
  const { rule, visits, skip } = query;
  const dates = listSeriesDays({ cadence: rule.cadence, firstOn: query.firstOn, sessions: visits.length });
  const occurrences: Occurrence[] = [];
  const skips: NominalDate[] = [];
  for (const [k, visit] of visits.entries()) {
    const { isShifted, ...place } = computeNominalDate(rule, k + 1, dates[k]!);
    if (skip.includes(k + 1)) {
      skips.push(toNominalDate(place));
      continue;
    }
    const at = { start: place.nominalStart, therapistId: 'mira', nominalTherapistId: 'mira', visit, isShifted };
    const { start, sequence } = planClaim(place, at, null);
    const { therapistId, nominalTherapistId } = at;
    const uid = `a${k + 1}`;
    occurrences.push({ ...place, uid, start, therapistId, nominalTherapistId, visit, status: 'booked', sequence });
  }
  return { occurrences, skips };
}
