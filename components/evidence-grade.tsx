export type EvidenceGradeLevel = 'strong' | 'moderate' | 'limited' | 'very limited' | 'conflicting';
export type CadenceBasisKind = 'trial' | 'extrapolated' | 'none';

const grades: Record<EvidenceGradeLevel, { word: string; bars: number; explanation: string }> = {
  strong: { word: 'Strong', bars: 4, explanation: 'Several good trials agree' },
  moderate: { word: 'Moderate', bars: 3, explanation: 'Trials agree, with some doubts' },
  limited: { word: 'Limited', bars: 2, explanation: 'Few trials, or small ones' },
  'very limited': { word: 'Very limited', bars: 1, explanation: 'Hardly any direct trial' },
  conflicting: { word: 'Conflicting', bars: 0, explanation: 'Trials pull both ways' },
};

const bases: Record<CadenceBasisKind, string> = {
  trial: 'Tested in a trial',
  extrapolated: 'Borrowed from another problem',
  none: 'Our suggestion',
};

export function formatEvidenceGrade(grade: EvidenceGradeLevel): string {
  return grades[grade].word;
}

export function describeEvidenceGrade(grade: EvidenceGradeLevel): string {
  return grades[grade].explanation;
}

/** How sure we are: always four bars together with the word. */
export function EvidenceGradeLabel({ grade }: { grade: EvidenceGradeLevel }) {
  return (
    <span className="inline-flex items-center gap-2">
      <EvidenceGradeMark grade={grade} />
      {grades[grade].word}
    </span>
  );
}

export function EvidenceGradeMark({ grade, height = 18 }: { grade: EvidenceGradeLevel; height?: number }) {
  return (
    <svg width={height * 1.5} height={height} viewBox="0 0 26.5 18" aria-hidden="true" className="flex-none">
      {[0, 1, 2, 3].map((bar) => {
        const x = 0.75 + bar * 7;
        const pulls = grade === 'conflicting';
        const isFilled = pulls || bar < grades[grade].bars;
        return (
          <g key={bar}>
            <rect x={x} y=".75" width="4" height="16.5" rx=".75" fill="none" stroke="currentColor" strokeWidth="1.5" />
            {isFilled && (
              <rect x={x} y={pulls && bar % 2 ? 9 : 0.75} width="4" height={pulls ? 8.25 : 16.5} fill="currentColor" />
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** Where a cadence comes from: a full, half or empty disc, and the words. */
export function CadenceBasis({ basis }: { basis: CadenceBasisKind }) {
  return (
    <span className="inline-flex items-center gap-[7px] font-sans text-tiny font-medium text-soft">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="flex-none">
        <circle cx="6" cy="6" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        {basis === 'trial' && <circle cx="6" cy="6" r="5.25" fill="currentColor" />}
        {basis === 'extrapolated' && <path d="M6 .75a5.25 5.25 0 0 0 0 10.5z" fill="currentColor" />}
      </svg>
      {bases[basis]}
    </span>
  );
}
