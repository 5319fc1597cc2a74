// What does the picture of somebody's scores show? Points in the order of time, the band that their own pain moved in
// before they came, and from where on a change would be worth having.

import { getHighestScoreOfImportantChange, type Progress, type Score } from './progress';

/** One point: a score of before, or of a session. */
interface ChartPoint {
  value: number;
  /** Which session it stands before, from 1; null before the first. */
  session: number | null;
}

/** What the picture is drawn from. */
export interface ProgressChart {
  points: ChartPoint[];
  /** From the lowest to the highest of the three scores before; null while they are fewer. */
  band: { low: number; high: number } | null;
  /** At or below this a drop would be worth having; null while there is nothing to compare with, or no room to drop. */
  worth: number | null;
}

/**
 * Draws up the picture of usual pain. Scores of two days after a session say what one session did, and stand in the
 * table only.
 *
 * @example
 * buildProgressChart([], null).band //=> null
 */
export function buildProgressChart(
  noted: { kind: Score['kind']; value: number | null; session: number | null }[],
  progress: Pick<Progress, 'before'> | null,
): ProgressChart {
  const points = noted.flatMap(({ kind, value, session }): ChartPoint[] =>
    value !== null && (kind === 'before' || kind === 'session') ? [{ value, session }] : [],
  );
  const before = points.flatMap(({ value, session }) => (session === null ? [value] : [])).slice(-3);
  if (before.length < 3 || progress?.before == null) return { points, band: null, worth: null };
  const worth = getHighestScoreOfImportantChange(progress.before);
  return {
    points,
    band: { low: Math.min(...before), high: Math.max(...before) },
    worth: worth > 0 ? Math.floor(worth * 10) / 10 : null,
  };
}
