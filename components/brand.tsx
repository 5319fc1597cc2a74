const week = [0, 5, 10, 15, 20, 25, 30];
const standingDay = 15;

interface BrandMarkProps {
  height?: number;
  quiet?: string;
  standing?: string;
}

/**
 * Two rows of seven strokes with one weekday standing out: a fortnight. It takes its colours from the page; a picture
 * that stands on none names them.
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

export function Brand() {
  return (
    <>
      <BrandMark />
      Fortnight
    </>
  );
}
