import type { ReactNode } from 'react';
import { EvidenceGradeLabel } from '@/components/evidence-grade';
import { benefitLevels } from '@/questions/front-matter';
import type { Question } from '@/questions/library';
import { SORENESS_PER_TEN, sorenessShare } from '@/questions/soreness';
import { type CitationNumberBySource, InlineText } from './inline-text';

/**
 * How sure we are, how much it helps, and how many feel sore or unwell: each as a picture, with the same in words
 * beside it.
 */
export function EvidencePictures({ question, numbers }: { question: Question; numbers: CitationNumberBySource }) {
  const { grade, benefit, helps } = question;
  // The count of people who feel sore or unwell rests on two sources; a page that does not cite both does not show
  // it.
  const counts = SORENESS_PER_TEN.sources.filter((id) => numbers.has(id));
  return (
    <dl className="mt-5 grid mid:grid-cols-3 mid:divide-x mid:divide-line print:mt-2 print:gap-2">
      <Picture label="How sure we are">
        <span className="mr-4 inline-block font-[550]">
          <EvidenceGradeLabel grade={grade} />
        </span>
        <a href="/questions/how-we-grade" className="inline-flex min-h-6 items-center text-small text-euc">
          How we grade
        </a>
      </Picture>
      <Picture label="How much it helps">
        <span className="font-[550]">{benefit.size}</span>
        {helps !== 'does not apply' && <HelpBar helps={helps} />}
        <span className="mt-1 block text-small text-soft">{benefit.why}</span>
      </Picture>
      {counts.length === 2 && (
        <Picture label="Sore or unwell after">
          <TenPeople sure={SORENESS_PER_TEN.least} perhaps={SORENESS_PER_TEN.most - SORENESS_PER_TEN.least} />
          <span className="mt-1 block text-small text-soft">
            <b className="font-[550] text-ink">{sorenessShare}</b>, mostly for a day and a half.
            <InlineText inlines={counts.map((id) => ({ kind: 'cite', id }))} numbers={numbers} />
          </span>
        </Picture>
      )}
    </dl>
  );
}

function Picture({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 border-t border-line py-2 mid:block mid:border-t-0 mid:px-5 mid:py-0 mid:first:pl-0 mid:last:pr-0">
      <dt className="text-small text-soft mid:mb-1.5">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** From no help to a lot. Hatched all over where nobody has measured it. */
function HelpBar({ helps }: { helps: [number, number] | null }) {
  const label = helps
    ? helps[0] === helps[1]
      ? benefitLevels[helps[0]]
      : `Between ${benefitLevels[helps[0]]?.toLowerCase()} and ${benefitLevels[helps[1]]?.toLowerCase()}`
    : 'Not known';
  return (
    <svg viewBox="0 0 244 34" role="img" aria-label={label} className="mt-1.5 block w-full max-w-61 text-soft">
      {benefitLevels.map((step, index) => {
        const isMet = helps && index >= helps[0] && index <= helps[1];
        return (
          <g key={step}>
            <rect
              x={1 + index * 61}
              y="1"
              width="58"
              height="10"
              className={isMet ? 'fill-ink stroke-ink' : 'fill-none stroke-edge'}
            />
            {!helps && <path d={hatch(1 + index * 61)} className="stroke-edge" />}
            <text
              x={1 + index * 61}
              y="29"
              className={`font-sans text-[13px] ${isMet ? 'fill-ink font-[550]' : 'fill-soft'}`}
            >
              {step}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function hatch(from: number): string {
  return [4, 14, 24, 34, 44].map((x) => `M${from + x} 11l10-10`).join('');
}

/** Ten figures: filled for the people it happens to, hatched for those it may happen to, empty for the rest. */
function TenPeople({ sure, perhaps }: { sure: number; perhaps: number }) {
  return (
    <svg
      viewBox="0 0 240 38"
      role="img"
      aria-label={`${sure} to ${sure + perhaps} of 10 people`}
      className="block w-full max-w-60"
    >
      {Array.from({ length: 10 }, (_, index) => index + 1).map((person) => {
        const x = (person - 1) * 24 + 2;
        const isSure = person <= sure;
        return (
          <g key={person} className={`stroke-ink ${isSure ? 'fill-ink' : 'fill-none'}`} strokeWidth="1.4">
            <circle cx={x + 9} cy="7" r="5" />
            <path d={`M${x + 1} 36V23a8 8 0 0 1 16 0v13z`} />
            {!isSure && person <= sure + perhaps && (
              <path d={`M${x + 2} 27l8-8M${x + 2} 34l13-13M${x + 8} 35l8-8`} strokeWidth="1.8" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
