import { describe, expect, it } from 'vitest';
import {
  appendPhrase,
  emptyNote,
  fillFromEarlierNote,
  isEmptyNote,
  isSameNote,
  listFieldsMissingToSign,
  listMissingAmendmentFields,
  listNoteDifferences,
  type NoteContent,
  noteFields,
  parseNote,
} from './session-notes';

const fullNote: NoteContent = {
  ...{ said: 'Sore since Sunday.', found: 'Tight calf.', did: 'Calves.', plan: 'Short walks.' },
  ...{ nextChoice: 'same', nextWords: 'Ask about the drive.', areas: { 'calf-left': 'focus-firm' } },
};

describe('a session note', () => {
  it('is read completely from storage, without anything that is not part of a note', () => {
    expect(parseNote(JSON.parse(JSON.stringify(fullNote)))).toEqual(fullNote);
    expect(parseNote(null)).toEqual(emptyNote);
    expect(parseNote('words')).toEqual(emptyNote);
    expect(parseNote({ did: 4, nextChoice: 'harder', areas: { tail: 'focus' }, more: 'x' })).toEqual(emptyNote);
  });

  it('is empty while nothing is written or marked', () => {
    expect(isEmptyNote(emptyNote)).toBe(true);
    expect(isEmptyNote({ ...emptyNote, did: ' \n' })).toBe(true);
    for (const part of Object.keys(fullNote)) {
      expect(isEmptyNote({ ...emptyNote, [part]: fullNote[part as keyof NoteContent] }), part).toBe(false);
    }
  });

  it('lists the parts in which it differs from another note', () => {
    expect(listNoteDifferences(fullNote, fullNote)).toEqual([]);
    expect(isSameNote(fullNote, { ...fullNote, areas: { ...fullNote.areas } })).toBe(true);
    expect(listNoteDifferences(fullNote, emptyNote)).toEqual([...noteFields, 'next', 'areas']);
    expect(listNoteDifferences(fullNote, { ...fullNote, nextChoice: 'less' })).toEqual(['next']);
    expect(listNoteDifferences(fullNote, { ...fullNote, areas: { 'calf-left': 'focus' } })).toEqual(['areas']);
    expect(isSameNote(fullNote, { ...fullNote, did: 'Calves. ' })).toBe(false);
  });

  it('equals a note with the same marks in another order', () => {
    const note = { ...fullNote, areas: { chest: 'avoid', 'calf-left': 'focus' } } as const;
    const other = { ...fullNote, areas: { 'calf-left': 'focus', chest: 'avoid' } } as const;
    expect(isSameNote(note, other)).toBe(true);
  });

  it('can be signed once it says what was done', () => {
    expect(listFieldsMissingToSign({ ...fullNote, did: ' ' })).toEqual(['did']);
    expect(listFieldsMissingToSign({ ...emptyNote, did: 'Calves.' })).toEqual([]);
  });
});

describe('copying an earlier note', () => {
  it('fills blank parts and keeps what is written', () => {
    expect(fillFromEarlierNote(fullNote, emptyNote)).toEqual(fullNote);
    expect(fillFromEarlierNote(emptyNote, fullNote)).toEqual(fullNote);
    const begun: NoteContent = { ...emptyNote, found: 'Neck.', nextWords: 'Neck first.', areas: { chest: 'avoid' } };
    expect(fillFromEarlierNote(fullNote, begun)).toEqual({
      ...{ ...fullNote, found: 'Neck.' },
      ...{ nextChoice: null, nextWords: 'Neck first.', areas: { chest: 'avoid' } },
    });
    expect(fillFromEarlierNote(fullNote, { ...emptyNote, nextChoice: 'more' })).toMatchObject({
      nextChoice: 'more',
      nextWords: '',
    });
  });
});

describe('a phrase', () => {
  it.each([
    ['', 'Slow strokes.'],
    ['Calves.', 'Calves. Slow strokes.'],
    ['Calves.\n', 'Calves.\nSlow strokes.'],
    ['Calves. ', 'Calves. Slow strokes.'],
  ])('goes after "%s"', (words, after) => {
    expect(appendPhrase(words, 'Slow strokes.')).toBe(after);
  });
});

describe('an amendment', () => {
  it('needs its words and its reason', () => {
    expect(listMissingAmendmentFields({ reason: '', words: ' ' })).toEqual(['words', 'reason']);
    expect(listMissingAmendmentFields({ reason: 'I wrote left.', words: 'It was the right side.' })).toEqual([]);
  });
});
