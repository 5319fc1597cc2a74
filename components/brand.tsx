const week = [0, 5, 10, 15, 20, 25, 30];
const standingDay = 15;

/** Two rows of seven strokes with one weekday standing out: a fortnight. */
export function BrandMark() {
  return (
    <svg
      width="34"
      height="23"
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
            fill="currentColor"
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
