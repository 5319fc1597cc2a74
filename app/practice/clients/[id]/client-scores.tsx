import { buildScoreRows } from '@/app/manage/[token]/progress/score-rows';
import { describeProgress } from '@/care/describe-progress';
import { buildProgressChart } from '@/care/progress-chart';
import { ProgressChartFigure } from '@/components/progress-chart-figure';
import { ScoreTable } from '@/components/score-table';
import type { ProgressView } from '@/db/care/pain-scores';

/** A client's scores, in the same words that the client reads. */
export function ClientScores({
  plans,
  practice,
}: {
  plans: ProgressView[];
  practice: { timeZone: string; locale: string };
}) {
  return plans.map((view) => {
    const { title, text, comparison } = describeProgress(view.progress, view.hasBegun, 'practitioner');
    const noted = view.scores.map(({ kind, answers, session }) => ({ kind, session, value: answers?.usual ?? null }));
    const chart = buildProgressChart(noted, view.progress);
    const sessions = Math.max(...view.scores.map(({ session }) => session ?? 1), 1);
    return (
      <div key={view.seriesId} className="mb-6 last:mb-0">
        <h3 className="font-medium">{title}</h3>
        <p className="mt-1 max-w-[36rem]">{text}</p>
        <p className="mt-2 max-w-[36rem] border-l-2 border-euc pl-4 text-small text-soft">{comparison}</p>
        <details className="mt-3">
          <summary className="min-h-11 w-fit cursor-pointer py-3 text-small">Show the scores</summary>
          {chart.points.length > 0 && <ProgressChartFigure chart={chart} sessions={sessions} reader="practitioner" />}
          <div className="mt-4">
            <ScoreTable rows={buildScoreRows(view, practice)} goal={view.goal} />
          </div>
        </details>
      </div>
    );
  });
}
