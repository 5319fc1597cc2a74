import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { describeProgress } from '@/care/describe-progress';
import { buildProgressChart } from '@/care/progress-chart';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { ProgressChartFigure } from '@/components/progress-chart-figure';
import { ScoreTable } from '@/components/score-table';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getProgress } from '@/db/care/pain-scores';
import { getProgressCheckIn } from '@/db/care/progress-check-in';
import { HowToContinue } from './how-to-continue';
import { ProgressFlashNotice } from './progress-flash-notice';
import { buildScoreRows } from './score-rows';

export const metadata: Metadata = { title: 'Is it helping?', robots: { index: false } };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A summary in words, then the scores as a chart, then the same scores in numbers. */
export default async function ProgressPage({ params, searchParams }: Props) {
  const managed = await loadManagedSeries(params);
  const { practice, token, viewer, series, now } = managed;
  const { flash } = await searchParams;
  const [view, next] = await Promise.all([
    getProgress(viewer, viewer.seriesId, { now }),
    getProgressCheckIn(viewer, { now }),
  ]);
  if (!view) notFound();
  const { title, text, comparison } = describeProgress(view.progress, view.hasBegun);
  const rows = buildScoreRows(view, practice);
  const noted = view.scores.map(({ kind, answers, session }) => ({ kind, session, value: answers?.usual ?? null }));
  const chart = buildProgressChart(noted, view.progress);
  const sessions = series.appointments.filter(({ status }) => status === 'booked' || status === 'completed').length;
  return (
    <Shell practice={practice} current="manage">
      <PageHeader title={title} crumbs={[{ href: `/manage/${token}`, label: 'Your dates' }]}>
        <p className="mt-5 max-w-[38rem] font-serif text-read">{text}</p>
        <p className="mt-4 max-w-[38rem] border-l-2 border-euc pl-4 text-small text-soft">{comparison}</p>
        <div className="mt-6 flex flex-wrap gap-3 print:hidden">
          <ButtonLink kind="plain" href={`/manage/${token}/score`}>
            Note a score
          </ButtonLink>
        </div>
      </PageHeader>
      <ProgressFlashNotice flash={flash} practice={practice} />
      {chart.points.length > 0 && (
        <Section title="Your scores" aside="Usual pain this week, 0 to 10. Lower is better.">
          <ProgressChartFigure chart={chart} sessions={sessions} />
        </Section>
      )}
      {rows.length > 0 && (
        <Section title="In numbers">
          <ScoreTable rows={rows} goal={view.goal} />
          {view.reading !== null && (
            <p className="mt-3 max-w-[36rem] text-small text-soft">
              When you read our page you noted {view.reading}. That is why you came, and is not counted: people look for
              help when it is bad, and it often eases by itself.
            </p>
          )}
        </Section>
      )}
      {next && <HowToContinue token={token} view={next} practice={practice} />}
      <Section title="To show somebody">
        <p className="max-w-[36rem]">
          One page for a physiotherapist or a doctor: why you came, what was done, your scores, and these words. You
          make it and you decide who sees it.
        </p>
        <p className="mt-2 flex flex-wrap gap-x-6 print:hidden">
          <a href={`/manage/${token}/progress/letter`} className="inline-flex min-h-11 items-center">
            See the page
          </a>
          <a href={`/manage/${token}/progress/letter.pdf`} className="inline-flex min-h-11 items-center">
            Save it as a PDF
          </a>
        </p>
      </Section>
      <Section title="How this is judged">
        <p className="max-w-[36rem] text-small text-soft">
          By usual pain alone: the mean of three scores from before your first session against the mean of the last two
          from before a session. How large a drop counts depends on where you started: one point under 4.5, two up to
          7.5, three above. No clinician has reviewed this rule for us yet.
        </p>
      </Section>
    </Shell>
  );
}
