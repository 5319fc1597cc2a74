import { ScoreScale } from '@/components/score-scale';

/** Noted in the reader's tab by browser/reading.ts. Without script there is nowhere to keep it, and the booking asks. */
export function NoteScore({ slug, of }: { slug: string; of: string }) {
  return (
    <div data-score-of={slug} className="mt-6 noscript:hidden print:hidden">
      <ScoreScale
        legend={`Note your score now: ${of}`}
        chosen=""
        hint="0 is none, 10 the worst. It stays in this tab, and is offered to you when you book."
      />
    </div>
  );
}
