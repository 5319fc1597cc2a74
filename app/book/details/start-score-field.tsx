import { useLayoutEffect, useRef } from 'react';
import { restoreScoreFromTab, storeScoreInTab } from '@/browser/noted-score';
import { ScoreRadios } from '@/components/score-radios';
import { WhoseScoreHint } from './two-person-name-fields';

/** The score that the question's page asked for, as it was noted there in this tab. */
export function StartScoreField({ score, chosen }: { score: { slug: string; of: string }; chosen: string }) {
  const scale = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scale.current) restoreScoreFromTab(scale.current, score.slug);
  }, [score.slug]);
  return (
    <div
      ref={scale}
      onChange={({ target }) => target instanceof HTMLInputElement && storeScoreInTab(score.slug, target.value)}
    >
      <ScoreRadios
        legend={`From 0 to 10: ${score.of}`}
        chosen={chosen}
        hint={
          <>
            If you like. <WhoseScoreHint />
            Only your therapist and the practice see it; it is never e-mailed.
          </>
        }
      />
    </div>
  );
}
