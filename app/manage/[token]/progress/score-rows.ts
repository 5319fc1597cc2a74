import type { ScoreRow } from '@/components/score-table';
import type { ProgressView } from '@/db/care/pain-scores';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** The rows of the table: the scores in the order in which they were given. */
export function buildScoreRows(
  { scores, progress }: Pick<ProgressView, 'scores' | 'progress'>,
  practice: { timeZone: string; locale: string },
): ScoreRow[] {
  return scores.map(({ kind, notedAt, answers, session }) => ({
    key: `${kind} ${notedAt}`,
    when:
      kind === 'before' ? 'Before session 1' : kind === 'session' ? `Session ${session}` : `After session ${session}`,
    on: formatDay(toWallTime(practice.timeZone, notedAt).on, 'short', practice.locale),
    answers,
    change:
      kind === 'before' || progress.before === null || answers === null || answers.usual === null
        ? null
        : answers.usual - progress.before,
  }));
}
