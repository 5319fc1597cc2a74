import type { ReactNode } from 'react';

const states = {
  free: { word: 'Free', tone: 'text-euc', mark: 'tick' },
  clash: { word: 'Clash', tone: 'text-clay', mark: 'diamond' },
  moved: { word: 'Moved', tone: 'text-euc', mark: 'arrow' },
  skipped: { word: 'Skipped', tone: 'text-soft', mark: 'barred' },
  booked: { word: 'Booked', tone: 'text-euc', mark: 'tick' },
  completed: { word: 'Completed', tone: 'text-soft', mark: 'tick' },
  cancelled: { word: 'Cancelled', tone: 'text-soft', mark: 'barred' },
  no_show: { word: 'No-show', tone: 'text-soft', mark: 'barred' },
} as const;

export type DateStateName = keyof typeof states;

const marks: Record<'tick' | 'diamond' | 'arrow' | 'barred', ReactNode> = {
  tick: <path d="M2 7.6 5.4 11 12 3.4" strokeWidth="1.8" />,
  diamond: <path d="M7 1.2 12.8 7 7 12.8 1.2 7z" strokeWidth="1.6" />,
  arrow: <path d="M1.5 11V8.2C1.5 6 3 5 5 5h7M9 1.8 12.2 5 9 8.2" strokeWidth="1.6" />,
  barred: (
    <>
      <circle cx="7" cy="7" r="5.6" strokeWidth="1.6" />
      <path d="M4.4 7h5.2" strokeWidth="1.6" />
    </>
  ),
};

/** A date's state: always a mark together with its word. */
export function DateStateMark({ state }: { state: DateStateName }) {
  const { word, tone, mark } = states[state];
  return (
    <span className={`inline-flex items-center gap-2 text-[0.9375rem] leading-5 font-medium whitespace-nowrap ${tone}`}>
      <Mark mark={mark} />
      {word}
    </span>
  );
}

export function ClashMark() {
  return <Mark mark="diamond" />;
}

export function TickMark() {
  return <Mark mark="tick" />;
}

function Mark({ mark }: { mark: keyof typeof marks }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="flex-none"
    >
      {marks[mark]}
    </svg>
  );
}
