'use client';

import { useLayoutEffect, useRef } from 'react';
import { noteScore, useNotedScore } from '@/components/noted-score';
import { ScoreScale } from '@/components/score-scale';

/** Without script there is nowhere to keep it, and the booking asks instead. */
export function NoteScore({ slug, of }: { slug: string; of: string }) {
  const noted = useNotedScore(slug);
  const scale = useRef<HTMLDivElement>(null);
  // The page is there before its script: what was pressed until then was heard by nobody.
  useLayoutEffect(() => {
    const early = scale.current?.querySelector<HTMLInputElement>('input:checked')?.value;
    if (early) noteScore(slug, early);
  }, [slug]);
  return (
    <div ref={scale} className="mt-6 noscript:hidden print:hidden">
      <ScoreScale
        key={noted}
        legend={`Note your score now: ${of}`}
        chosen={noted}
        onChoose={(score) => noteScore(slug, score)}
        hint="0 is none, 10 the worst. It stays in this tab, and is offered to you when you book."
      />
    </div>
  );
}
