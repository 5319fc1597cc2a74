import { ScoreRadios } from '@/components/score-radios';

/** Noted in the reader's tab by browser/question-pages.ts. Without script there is nowhere to keep it, and the booking asks. */
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
