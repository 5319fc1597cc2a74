import { MAX_NOTE_SHORT_TEXT_LENGTH, type NextSessionChoice, nextSessionChoices } from '@/care/session-notes';
import { TickMark } from '@/components/date-state-mark';
import { FieldError } from '@/components/field-error';
import { NEXT_SESSION_LABELS } from './note-labels';

interface NextSessionFieldsProps {
  choice: NextSessionChoice | null;
  words: string;
  error: string | undefined;
  /** The client's next date in words. */
  next: string | null;
  /** What the note that was saved elsewhere says here, where it differs. */
  newer: { nextChoice: NextSessionChoice | null; nextWords: string } | null;
}

/** The plan for the next session: one choice, and what to remember. */
export function NextSessionFields({ choice, words, error, next, newer }: NextSessionFieldsProps) {
  return (
    <fieldset>
      <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">
        Next time {next && <span className="ml-0.5 text-small font-normal text-soft">{next}</span>}
      </legend>
      <div className="mb-2 flex flex-wrap gap-2">
        {nextSessionChoices.map((value) => (
          <label
            key={value}
            className="group relative inline-flex min-h-11 items-center gap-1.5 rounded-full border border-edge bg-sheet px-3.5 text-[0.9375rem] leading-5 has-checked:border-euc has-checked:bg-euc has-checked:font-[550] has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-euc"
          >
            <input type="radio" name="nextChoice" value={value} defaultChecked={choice === value} className="sr-only" />
            <span className="hidden group-has-checked:inline">
              <TickMark />
            </span>
            {NEXT_SESSION_LABELS[value]}
          </label>
        ))}
      </div>
      <label htmlFor="nextWords" className="sr-only">
        To remember next time
      </label>
      <textarea
        id="nextWords"
        name="nextWords"
        rows={1}
        maxLength={MAX_NOTE_SHORT_TEXT_LENGTH}
        defaultValue={words}
        autoComplete="off"
        placeholder="To remember next time"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'nextWords-error' : undefined}
        className="field-sizing-content min-h-12 w-full rounded border border-edge bg-sheet px-3.5 py-[11px] text-ui text-ink placeholder:text-soft"
      />
      {error && (
        <FieldError id="nextWords-error" className="mt-1">
          {error}
        </FieldError>
      )}
      {newer && (
        <p className="mt-2 border-l-2 border-clay pl-3 text-small">
          <span className="block text-soft">Saved elsewhere:</span>
          {[newer.nextChoice && NEXT_SESSION_LABELS[newer.nextChoice], newer.nextWords].filter(Boolean).join('. ') ||
            'nothing'}
        </p>
      )}
    </fieldset>
  );
}
