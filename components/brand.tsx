import { UploadedPicture } from './uploaded-picture';

const week = [0, 5, 10, 15, 20, 25, 30];
const standingDay = 15;

interface BrandMarkProps {
  height?: number;
  quiet?: string;
  standing?: string;
}

/**
 * Two rows of seven strokes with one weekday highlighted: a fortnight. It takes its colours from the page; a picture
 * without a page must name them.
 */
export function BrandMark({ height = 23, quiet = 'currentColor', standing }: BrandMarkProps) {
  return (
    <svg
      width={(height / 23) * 34}
      height={height}
      viewBox="0 0 34 23"
      aria-hidden="true"
      className="flex-none text-[color-mix(in_srgb,var(--edge)_62%,var(--paper))]"
    >
      {[0, 13].map((y) =>
        week.map((x) => (
          <rect
            key={`${x}-${y}`}
            x={x}
            y={y}
            width="3"
            height="10"
            rx=".75"
            fill={(x === standingDay && standing) || quiet}
            className={x === standingDay ? 'text-euc' : undefined}
          />
        )),
      )}
    </svg>
  );
}

/** What a page shows of its practice. */
export interface BrandedPractice {
  name: string;
  markId: string | null;
}

/**
 * The practice's logo, or else its first letter, and its name. Shows nothing on a page that does not know its practice.
 */
export function Brand({ practice }: { practice: BrandedPractice | null }) {
  if (!practice) return 'Start page';
  return (
    <>
      <PracticeMark {...practice} />
      <bdi className="line-clamp-2 min-w-0 pb-0.5 leading-6 wrap-anywhere max-wide:in-[.practice]:leading-5 max-narrow:in-[.practice]:sr-only wide:leading-7">
        {practice.name}
      </bdi>
    </>
  );
}

function PracticeMark({ name, markId }: BrandedPractice) {
  if (markId) return <UploadedPicture id={markId} size={36} className="size-9 flex-none rounded object-contain" />;
  const [initial = ''] = name.trim();
  return (
    <span
      aria-hidden="true"
      className="grid size-9 flex-none place-items-center rounded bg-euc text-[1.25rem] leading-none text-on-euc forced-colors:border"
    >
      {initial.toUpperCase()}
    </span>
  );
}
