'use client';

import { noteScore, useNotedScore } from '@/components/noted-score';
import { ScoreScale } from '@/components/score-scale';

/** Without script there is nowhere to keep it, and the booking asks instead. */
export function NoteScore({ slug, of }: { slug: string; of: string }) {
  const scale = useNotedScore(slug);
  return (
    <div ref={scale} className="mt-6 noscript:hidden print:hidden">
      <ScoreScale
        legend={`Note your score now: ${of}`}
        chosen=""
        onChoose={(score) => noteScore(slug, score)}
        hint="0 is none, 10 the worst. It stays in this tab, and is offered to you when you book."
      />
    </div>
  );
}
