import { parseAreaMarks } from '@/care/body-areas';
import { type NoteContent, type NoteField, nextSessionChoices } from '@/care/session-notes';

// The state of a note's form after an answer, and how its fields are read: both the browser and the action need it.

type FieldName = NoteField | 'nextWords';

export interface NoteFormState {
  /** What was written, so that a page drawn without script has it too. */
  values: NoteContent | null;
  errors: Partial<Record<FieldName, string>>;
  problem: 'busy' | 'changed_since' | 'not_found' | 'signed' | 'signed_out' | 'too_early' | 'unreadable' | null;
  /** The note as somebody else has saved it meanwhile. */
  newer: { content: NoteContent; version: number; updatedAt: number } | null;
  /** The latest version that this form knows; null before any answer. */
  version: number | null;
  /** Whether a phrase was stored. */
  isPhraseStored: boolean;
  /** When the server answered; 0 before any answer. */
  at: number;
  /** Grows with every answer, so that the focus moves once for each. */
  answer: number;
}

export const initialNoteFormState: NoteFormState = {
  ...{ values: null, errors: {}, problem: null, newer: null, version: null, isPhraseStored: false, at: 0, answer: 0 },
};

/** Longer text is cut here; its field then says that it is too long. Nobody writes as much. */
const MOST_LETTERS = 20_000;

export function readNoteContent(form: FormData): NoteContent {
  const words = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, MOST_LETTERS) : '';
  };
  const areas = [...form.entries()].flatMap(([name, mark]) =>
    name.startsWith('area-') && mark !== '' ? [[name.slice('area-'.length), mark]] : [],
  );
  return {
    ...{ said: words('said'), found: words('found'), did: words('did'), plan: words('plan') },
    nextChoice: nextSessionChoices.find((choice) => choice === form.get('nextChoice')) ?? null,
    nextWords: words('nextWords'),
    areas: parseAreaMarks(Object.fromEntries(areas)),
  };
}
