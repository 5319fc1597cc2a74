import { describe, expect, it } from 'vitest';
import {
  addPhrase,
  emptyNote,
  fillFromEarlierNote,
  isEmptyNote,
  isSameNote,
  listAmendmentGaps,
  listNoteDifferences,
  missingToSign,
  type NoteContent,
  noteFields,
  parseNote,
} from './session-notes';

const whole: NoteContent = {
  ...{ said: 'Sore since Sunday.', found: 'Tight calf.', did: 'Calves.', plan: 'Short walks.' },
  ...{ nextChoice: 'same', nextWords: 'Ask about the drive.', areas: { 'calf-left': 'focus-firm' } },
};

describe('a note', () => {
  it('is read whole from what was stored, and without what is no part of a note', () => {
    expect(parseNote(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(parseNote(null)).toEqual(emptyNote);
    expect(parseNote('words')).toEqual(emptyNote);
    expect(parseNote({ did: 4, nextChoice: 'harder', areas: { tail: 'focus' }, more: 'x' })).toEqual(emptyNote);
  });

  it('is empty while nothing is written and nothing is marked', () => {
    expect(isEmptyNote(emptyNote)).toBe(true);
    expect(isEmptyNote({ ...emptyNote, did: ' \n' })).toBe(true);
    for (const part of Object.keys(whole)) {
      expect(isEmptyNote({ ...emptyNote, [part]: whole[part as keyof NoteContent] }), part).toBe(false);
    }
  });

  it('tells in which parts it differs from another', () => {
    expect(listNoteDifferences(whole, whole)).toEqual([]);
    expect(isSameNote(whole, { ...whole, areas: { ...whole.areas } })).toBe(true);
    expect(listNoteDifferences(whole, emptyNote)).toEqual([...noteFields, 'next', 'areas']);
    expect(listNoteDifferences(whole, { ...whole, nextChoice: 'less' })).toEqual(['next']);
    expect(listNoteDifferences(whole, { ...whole, areas: { 'calf-left': 'focus' } })).toEqual(['areas']);
    expect(isSameNote(whole, { ...whole, did: 'Calves. ' })).toBe(false);
  });

  it('is the same with its marks in another order', () => {
    const one = { ...whole, areas: { chest: 'avoid', 'calf-left': 'focus' } } as const;
    const other = { ...whole, areas: { 'calf-left': 'focus', chest: 'avoid' } } as const;
    expect(isSameNote(one, other)).toBe(true);
  });

  it('is signed once it says what was done', () => {
    expect(missingToSign({ ...whole, did: ' ' })).toEqual(['did']);
    expect(missingToSign({ ...emptyNote, did: 'Calves.' })).toEqual([]);
  });
});

describe('copying an earlier note', () => {
  it('fills what is blank and leaves what is written', () => {
    expect(fillFromEarlierNote(whole, emptyNote)).toEqual(whole);
    expect(fillFromEarlierNote(emptyNote, whole)).toEqual(whole);
    const begun: NoteContent = { ...emptyNote, found: 'Neck.', nextWords: 'Neck first.', areas: { chest: 'avoid' } };
    expect(fillFromEarlierNote(whole, begun)).toEqual({
      ...{ ...whole, found: 'Neck.' },
      ...{ nextChoice: null, nextWords: 'Neck first.', areas: { chest: 'avoid' } },
    });
    expect(fillFromEarlierNote(whole, { ...emptyNote, nextChoice: 'more' })).toMatchObject({
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
    expect(addPhrase(words, 'Slow strokes.')).toBe(after);
  });
});

describe('an amendment', () => {
  it('needs its words and its reason', () => {
    expect(listAmendmentGaps({ reason: '', words: ' ' })).toEqual(['words', 'reason']);
    expect(listAmendmentGaps({ reason: 'I wrote left.', words: 'It was the right side.' })).toEqual([]);
  });
});
