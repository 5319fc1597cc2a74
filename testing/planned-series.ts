import { listSeriesDays } from '@/scheduling/cadence';
import {
  type Occurrence,
  planClaim,
  type SeriesPosition,
  type SeriesRule,
  seriesPositionOn,
  toSeriesPosition,
} from '@/scheduling/series';
import type { Visit } from '@/scheduling/standing-times';

/** A series as its rule has it, all booked with Mira but for the positions in `skip`. */
export function plannedSeries(query: { rule: SeriesRule; firstOn: string; visits: Visit[]; skip: number[] }) {
  const { rule, visits, skip } = query;
  const dates = listSeriesDays({ cadence: rule.cadence, firstOn: query.firstOn, sessions: visits.length });
  const occurrences: Occurrence[] = [];
  const skips: SeriesPosition[] = [];
  for (const [k, visit] of visits.entries()) {
    const { isShifted, ...place } = seriesPositionOn(rule, k + 1, dates[k]!);
    if (skip.includes(k + 1)) {
      skips.push(toSeriesPosition(place));
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
