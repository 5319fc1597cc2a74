import { ScoreScale } from '@/components/score-scale';

/** Noted in the reader's tab by browser/reading.ts. Without script there is nowhere to keep it, and the booking asks. */
export function NoteScore({ slug, of }: { slug: string; of: string }) {
  return (
    <div data-score-of={slug} className="noscript:hidden print:hidden">
      <ScoreScale
        legend={`Note your score now: ${of}`}
        chosen=""
        narrow
        hint="0 is none, 10 the worst. Kept in this tab, and offered when you book."
      />
    </div>
  );
}
