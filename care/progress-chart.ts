// What does the chart of a client's scores show? Points in order of time, the range of their own pain before the first
// session, and the score from which a change is worth having.

import { getHighestScoreOfImportantChange, type Progress, type Score } from './progress';

/** One point: a score from before the plan began, or the score of a session, noted in the 24 hours before it. */
interface ChartPoint {
  value: number;
  /** The number of the session, from 1; null for scores from before the plan began. */
  session: number | null;
}

/** The data of the chart. */
export interface ProgressChart {
  points: ChartPoint[];
  /** From the lowest to the highest of the last three scores from before; null while there are fewer than three. */
  band: { low: number; high: number } | null;
  /**
   * Scores at or below this are a drop worth having; null while there is nothing to compare with, or no room to drop.
   */
  worth: number | null;
}

/**
 * Builds the chart of usual pain. Scores from two days after a session show the effect of that session alone, and
 * appear only in the table.
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
