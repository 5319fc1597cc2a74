import { ScoreRadios } from '@/components/score-radios';

/**
 * browser/question-pages.ts stores the score in the reader's tab. Without script it cannot be stored, and the booking
 * asks for it.
 */
export function ReaderScoreScale({ slug, measure }: { slug: string; measure: string }) {
  return (
    <div data-score-of={slug} className="noscript:hidden print:hidden">
      <ScoreRadios
        legend={`Note your score now: ${measure}`}
        chosen=""
        narrow
        hint="0 is none, 10 the worst. Kept in this tab, and offered when you book."
      />
    </div>
  );
}
