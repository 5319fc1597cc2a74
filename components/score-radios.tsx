import type { ReactNode } from 'react';

const scores = ['', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

interface ScoreScaleProps {
  legend: string;
  hint: ReactNode;
  /** "" for none. */
  chosen: string;
  /** For a narrow column: two rows on every screen. */
  narrow?: boolean;
}

/** A score from 0 to 10, or none. Nothing is selected until the reader chooses. */
export function ScoreRadios({ legend, hint, chosen, narrow }: ScoreScaleProps) {
  return (
    <fieldset className="max-w-[36rem]" aria-describedby="score-hint">
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">{legend}</legend>
      <div className={`grid grid-cols-6 gap-1 ${narrow ? '' : 'mid:grid-cols-12'}`}>
        {scores.map((score) => (
          <label
            key={score}
            className="flex min-h-11 items-center justify-center rounded border border-edge text-[0.9375rem] tabular-nums has-checked:border-euc has-checked:bg-euc has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-euc"
          >
            <input
              type="radio"
              name="score"
              value={score}
              defaultChecked={chosen !== '' && score === chosen}
              className="sr-only"
            />
            {score || 'Skip'}
          </label>
        ))}
      </div>
      <p id="score-hint" className="mt-2 text-small text-soft">
        {hint}
      </p>
    </fieldset>
  );
}
