import { notFound } from 'next/navigation';
import { loadManagedSeries, type ManagedSeries } from '@/app/manage/[token]/managed-series';
import { canDrawInPdf } from '@/app/pdf-document';
import { getProgress } from '@/db/care/pain-scores';
import { getQuestion } from '@/questions/library';
import { buildLetterContent, type LetterContent } from './build-letter-content';

/**
 * The letter for a physiotherapist or doctor; only the client's own link loads it. There is no PDF where it would lack
 * letters.
 */
export async function loadLetter(
  params: Promise<{ token: string }>,
): Promise<{ managed: ManagedSeries; text: LetterContent; hasPdf: boolean }> {
  const managed = await loadManagedSeries(params);
  const { viewer, series, practice, now } = managed;
  const view = await getProgress(viewer, viewer.seriesId, { now });
  if (!view) notFound();
  const question = series.questionSlug ? (getQuestion(series.questionSlug)?.question ?? null) : null;
  const text = buildLetterContent({ series, view, practice, question }, now);
  return { managed, text, hasPdf: canDrawInPdf(text) };
}
