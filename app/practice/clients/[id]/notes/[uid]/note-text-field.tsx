import { MAX_NOTE_FIELD_LENGTH, type NoteField } from '@/care/session-notes';
import { FieldError } from '@/components/field-error';
import { NOTE_FIELD_LABELS } from './note-labels';

interface NoteTextFieldProps {
  name: NoteField;
  words: string;
  error: string | undefined;
  phrases: { id: string; words: string }[];
  /** The text of this field in the note that was saved elsewhere, where it differs. */
  newer: string | null;
  onTake: (words: string) => void;
}

const CHIP =
  'inline-flex min-h-11 max-w-full items-center rounded-full border border-edge bg-transparent px-3 text-left text-small text-ink hover:bg-sand wrap-anywhere';

/** One text field of a note, with phrases that can be inserted by a press. */
export function NoteTextField({ name, words, error, phrases, newer, onTake }: NoteTextFieldProps) {
  const { label, hint } = NOTE_FIELD_LABELS[name];
  const described = [`${name}-hint`, error && `${name}-error`, newer !== null && `${name}-newer`].filter(Boolean);
  return (
    <div className="min-w-0">
      <p className="mb-2 flex flex-wrap items-baseline gap-x-1.5 text-[0.9375rem] leading-5">
        <label htmlFor={name} className="font-[550]">
          {label}
        </label>
        <span id={`${name}-hint`} className="text-small text-soft">
          {hint}
        </span>
      </p>
      <textarea
        id={name}
        name={name}
        rows={3}
        maxLength={MAX_NOTE_FIELD_LENGTH}
        defaultValue={words}
        aria-describedby={described.join(' ')}
        aria-invalid={error ? true : undefined}
        autoComplete="off"
        className={`field-sizing-content min-h-19 w-full rounded border bg-sheet px-3.5 py-[11px] text-ui text-ink board:min-h-26 ${
          error ? 'border-clay shadow-[inset_0_0_0_1px_var(--clay)]' : 'border-edge'
        }`}
      />
      {error && (
        <FieldError id={`${name}-error`} className="mt-1">
          {error}
        </FieldError>
      )}
      {newer !== null && (
        <div id={`${name}-newer`} className="mt-2 border-l-2 border-clay pl-3 text-small">
          <p className="text-soft">Saved elsewhere:</p>
          <p className="wrap-anywhere whitespace-pre-line">{newer === '' ? 'nothing' : newer}</p>
          {newer !== '' && (
            <button
              type="button"
              onClick={() => onTake(newer)}
              className="min-h-11 text-euc underline underline-offset-[0.2em] noscript:hidden"
            >
              Add it to mine
            </button>
          )}
        </div>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {phrases.map((phrase) => (
          <button key={phrase.id} type="submit" name="do" value={`phrase:${phrase.id}`} className={CHIP}>
            <span className="sr-only">Put into {label}: </span>
            {phrase.words}
          </button>
        ))}
        <button
          type="submit"
          name="do"
          value={`keep:${name}`}
          className="inline-flex min-h-11 items-center text-small text-soft underline decoration-line underline-offset-[0.2em] hover:decoration-current"
        >
          Keep as a phrase<span className="sr-only"> for {label}</span>
        </button>
      </div>
    </div>
  );
}
