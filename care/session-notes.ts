// What does a therapist write of a session? Four fields of words, a map of the body and what is meant for next time; and
// here is what must stand in it before it is signed, how an earlier one is copied, and what an amendment needs.

import { type MarkedAreas, parseAreaMarks } from './body-areas';

/** The fields of words, in the order in which they are written. */
export const noteFields = ['said', 'found', 'did', 'plan'] as const;

/** One of the four fields of words. */
export type NoteField = (typeof noteFields)[number];

/** What is meant for the next session, as one choice. */
export const nextSessionChoices = ['same', 'less', 'more', 'other'] as const;

/** One of those choices. */
export type NextSessionChoice = (typeof nextSessionChoices)[number];

/** A whole note. Words are empty where nothing was written. */
export interface NoteContent extends Record<NoteField, string> {
  nextChoice: NextSessionChoice | null;
  /** What to remember next time. */
  nextWords: string;
  areas: MarkedAreas;
}

/** So many letters one field holds. */
export const MAX_NOTE_FIELD_LENGTH = 4000;
/** So many letters a phrase, a reason, or what is to be remembered next time holds. */
export const MAX_NOTE_SHORT_TEXT_LENGTH = 300;

/** A note in which nothing is written yet. */
export const emptyNote: NoteContent = {
  ...{ said: '', found: '', did: '', plan: '', nextChoice: null, nextWords: '', areas: {} },
};

/**
 * Takes a note from what was stored or sent. What is missing or of another kind is empty: an older note lacks what was
 * added since.
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
 * Whether nothing is written and nothing is marked.
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
 * Whether two notes say the same. Empty space around words counts.
 *
 * @example
 * isSameNote(emptyNote, { ...emptyNote, did: 'Calves' }) //=> false
 */
export function isSameNote(a: NoteContent, b: NoteContent): boolean {
  return partsOf(a).every((part, place) => part === partsOf(b)[place]);
}

/**
 * The parts in which two notes differ: fields of words, `next` for what is meant for next time, `areas` for the map.
 *
 * @example
 * listNoteDifferences(emptyNote, { ...emptyNote, nextWords: 'Calves first' }) //=> ['next']
 */
export function listNoteDifferences(a: NoteContent, b: NoteContent): (NoteField | 'next' | 'areas')[] {
  const parts = [...noteFields, 'next', 'areas'] as const;
  return parts.filter((_, place) => partsOf(a)[place] !== partsOf(b)[place]);
}

/**
 * The fields that must be filled before a note can be signed: what was done, since a record of a treatment that does not
 * say what the treatment was is none. All else may be blank. Source: Chartered Society of Physiotherapy, Record keeping
 * guidance, PD061 (the record says what was found, what was done and what follows).
 *
 * @example
 * listFieldsMissingToSign(emptyNote) //=> ['did']
 */
export function listFieldsMissingToSign(note: NoteContent): NoteField[] {
  return note.did.trim() === '' ? ['did'] : [];
}

/**
 * Fills what is still blank in a note from an earlier one, part by part. What is written stays.
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
 * Puts a phrase after what is written in a field: after one space, or on the new line that was begun.
 *
 * @example
 * appendPhrase('Calves.', 'Slow strokes.') //=> 'Calves. Slow strokes.'
 */
export function appendPhrase(words: string, phrase: string): string {
  const isNewLine = words === '' || /\s$/.test(words);
  return isNewLine ? words + phrase : `${words} ${phrase}`;
}

/** What an amendment lacks, by field. */
export type MissingAmendmentField = 'reason' | 'words';

/**
 * What an amendment lacks: it needs its words and the reason for them.
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
