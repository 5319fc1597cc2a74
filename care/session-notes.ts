// What does a therapist write about a session? Four text fields, a body map, and a plan for the next session. This file
// decides what a note needs before it is signed, how an earlier note is copied, and what an amendment needs.

import { type BodyMarkKindByAreaId, parseAreaMarks } from './body-areas';

/** The text fields, in the order in which they are written. */
export const noteFields = ['said', 'found', 'did', 'plan'] as const;

/** One of the four text fields. */
export type NoteField = (typeof noteFields)[number];

/** The choices for the next session. */
export const nextSessionChoices = ['same', 'less', 'more', 'other'] as const;

/** One of `nextSessionChoices`. */
export type NextSessionChoice = (typeof nextSessionChoices)[number];

/** A whole note. A text field is empty where nothing was written. */
export interface NoteContent extends Record<NoteField, string> {
  nextChoice: NextSessionChoice | null;
  /** What to remember next time. */
  nextWords: string;
  areas: BodyMarkKindByAreaId;
}

/** The most characters in one text field. */
export const MAX_NOTE_FIELD_LENGTH = 4000;
/** The most characters in a phrase, a reason, or what to remember next time. */
export const MAX_NOTE_SHORT_TEXT_LENGTH = 300;

/** A note in which nothing is written yet. */
export const emptyNote: NoteContent = {
  ...{ said: '', found: '', did: '', plan: '', nextChoice: null, nextWords: '', areas: {} },
};

/**
 * Reads a note from storage or a form. Fields that are missing or of the wrong type become empty: older notes lack the
 * fields that were added later.
 *
 * @example
 * parseNote({ did: 'Calves' }).plan //=> ''
 */
export function parseNote(value: unknown): NoteContent {
  const from = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const words = (name: string) => (typeof from[name] === 'string' ? from[name] : '');
  const nextChoice = nextSessionChoices.find((choice) => choice === from.nextChoice) ?? null;
  return {
    ...{ said: words('said'), found: words('found'), did: words('did'), plan: words('plan') },
    ...{ nextChoice, nextWords: words('nextWords'), areas: parseAreaMarks(from.areas) },
  };
}

/**
 * Whether a note has no text and no marks.
 *
 * @example
 * isEmptyNote(emptyNote) //=> true
 */
export function isEmptyNote(note: NoteContent): boolean {
  return (
    note.nextChoice === null && Object.keys(note.areas).length === 0 && writtenIn(note).every((words) => !words.trim())
  );
}

/**
 * Whether two notes are the same. Whitespace around text counts.
 *
 * @example
 * isSameNote(emptyNote, { ...emptyNote, did: 'Calves' }) //=> false
 */
export function isSameNote(a: NoteContent, b: NoteContent): boolean {
  return partsOf(a).every((part, place) => part === partsOf(b)[place]);
}

/**
 * Lists the parts in which two notes differ: text fields, `next` for the plan for next time, `areas` for the body map.
 *
 * @example
 * listNoteDifferences(emptyNote, { ...emptyNote, nextWords: 'Calves first' }) //=> ['next']
 */
export function listNoteDifferences(a: NoteContent, b: NoteContent): (NoteField | 'next' | 'areas')[] {
  const parts = [...noteFields, 'next', 'areas'] as const;
  return parts.filter((_, place) => partsOf(a)[place] !== partsOf(b)[place]);
}

/**
 * Lists the fields that must be filled before a note can be signed: what was done, since a treatment record must say
 * what the treatment was. All other fields may be blank. Source: Chartered Society of Physiotherapy, Record keeping
 * guidance, PD061 (the record says what was found, what was done and what follows).
 *
 * @example
 * listFieldsMissingToSign(emptyNote) //=> ['did']
 */
export function listFieldsMissingToSign(note: NoteContent): NoteField[] {
  return note.did.trim() === '' ? ['did'] : [];
}

/**
 * Fills the blank parts of a note from an earlier one. What is written stays.
 *
 * @example
 * fillFromEarlierNote({ ...emptyNote, did: 'Calves' }, { ...emptyNote, did: 'Neck' }).did //=> 'Neck'
 */
export function fillFromEarlierNote(earlier: NoteContent, note: NoteContent): NoteContent {
  const filled = (field: NoteField) => (note[field].trim() === '' ? earlier[field] : note[field]);
  const isNextBlank = note.nextChoice === null && note.nextWords.trim() === '';
  return {
    ...{ said: filled('said'), found: filled('found'), did: filled('did'), plan: filled('plan') },
    nextChoice: isNextBlank ? earlier.nextChoice : note.nextChoice,
    nextWords: isNextBlank ? earlier.nextWords : note.nextWords,
    areas: Object.keys(note.areas).length === 0 ? earlier.areas : note.areas,
  };
}

/**
 * Appends a phrase to the text of a field: after one space, or on a new line if one was begun.
 *
 * @example
 * appendPhrase('Calves.', 'Slow strokes.') //=> 'Calves. Slow strokes.'
 */
export function appendPhrase(words: string, phrase: string): string {
  const isNewLine = words === '' || /\s$/.test(words);
  return isNewLine ? words + phrase : `${words} ${phrase}`;
}

/** A part that an amendment lacks. */
export type MissingAmendmentField = 'reason' | 'words';

/**
 * Lists what an amendment lacks: it needs its words and the reason for them.
 *
 * @example
 * listMissingAmendmentFields({ reason: ' ', words: 'It was the right side.' }) //=> ['reason']
 */
export function listMissingAmendmentFields(amendment: Record<MissingAmendmentField, string>): MissingAmendmentField[] {
  return (['words', 'reason'] as const).filter((part) => amendment[part].trim() === '');
}

function writtenIn(note: NoteContent): string[] {
  return [...noteFields.map((field) => note[field]), note.nextWords];
}

function partsOf(note: NoteContent): string[] {
  const next = `${note.nextChoice ?? ''}\n${note.nextWords}`;
  return [...noteFields.map((field) => note[field]), next, JSON.stringify(parseAreaMarks(note.areas))];
}
