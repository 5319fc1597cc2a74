import { Button } from './button';

const POINTS = Array.from({ length: 11 }, (_, point) => point);

/**
 * A score from 0 to 10 in one tap, or none: each is a button that sends the form, as `score`. The previous score is not
 * shown, because people lean towards a score that they see. `chosen` is the score already noted at this time.
 */
export function ScoreSubmitButtons({ legend, hint, chosen }: { legend: string; hint: string; chosen: number | null }) {
  return (
    <fieldset className="max-w-[36rem]" aria-describedby="score-hint">
      <legend className="sr-only">{legend}</legend>
      <p id="score-hint" className="mb-3 text-small text-soft">
        {hint}
      </p>
      <div className="grid grid-cols-6 gap-1.5 mid:gap-2">
        {POINTS.map((point) => (
          <Button
            key={point}
            kind="plain"
            name="score"
            value={point}
            aria-pressed={chosen === point}
            className="min-w-0 px-0! text-[1.125rem]! tabular-nums aria-pressed:border-2 aria-pressed:border-ink"
          >
            {point}
          </Button>
        ))}
        <Button kind="plain" name="score" value="skip" formNoValidate className="min-w-0 px-0! text-small!">
          Skip
        </Button>
      </div>
    </fieldset>
  );
}
