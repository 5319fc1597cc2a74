const words = ['Light', 'Medium', 'Firm'];
const bars = [
  { x: 0.75, y: 8.25, height: 2.75 },
  { x: 12.75, y: 4.75, height: 6.25 },
  { x: 24.75, y: 1.25, height: 9.75 },
];

/** How firm a massage is: one to three filled bars, and a word. */
export function PressureBars({ pressure }: { pressure: number }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg width="33" height="12" viewBox="0 0 33 12" aria-hidden="true" className="flex-none text-euc">
        {bars.map((bar, index) => (
          <rect
            key={bar.x}
            {...bar}
            width="7.5"
            fill={index < pressure ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.5"
          />
        ))}
      </svg>
      {words[pressure - 1]}
    </span>
  );
}
