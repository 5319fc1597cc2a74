import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { cleanLine, emptyToUndefined, hasAtMostLetters } from './clean-text';
import { bookingNoteSchema, emailAddressSchema, personNameSchema, phoneNumberSchema } from './field-schemas';

describe('45 a name', () => {
  it.each([
    ['nothing that can be seen', '\u200b'],
    ['spaces of every kind', ' \u00a0\u3000\u2003'],
    ['fillers', '\u3164\u115f\uffa0\u2800'],
    ['marks of direction', '\u202e\u2066\u2069'],
    ['joiners that join nothing', '\u200d\u200c'],
    ['a variant of nothing', '\ufe0f'],
  ])('is refused when it is %s', (_what, name) => {
    expect(personNameSchema.safeParse(name).error?.issues[0]?.message).toBe('Enter a name.');
  });

  it.each([
    ['Jose\u0301', 'José'],
    ['\u200bAna\u200b Costa\ufeff', 'Ana Costa'],
    ['Ana\u00a0\u00a0 Costa', 'Ana Costa'],
    ['\u202eAna\u202c', 'Ana'],
    ['An\u200da', 'Ana'],
    ['Cos\u00adta', 'Costa'],
    // These names are spelled with a joiner.
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['ක්\u200dෂ', 'ක්\u200dෂ'],
    // The way one family writes its name, with a variation selector.
    ['葛\u{e0100}城', '葛\u{e0100}城'],
    ['👩‍🚀', '👩‍🚀'],
  ])('is stored in one form that looks the same: %j', (input, stored) => {
    expect(personNameSchema.parse(input)).toBe(stored);
    expect(cleanLine(stored)).toBe(stored);
  });

  it('may have as many letters as a reader counts', () => {
    expect(personNameSchema.safeParse('x\u0301'.repeat(120)).success).toBe(true);
    expect(personNameSchema.safeParse('👩‍🚀'.repeat(120)).success).toBe(true);
    expect(personNameSchema.safeParse('👩‍🚀'.repeat(121)).success).toBe(false);
    expect(personNameSchema.safeParse('x'.repeat(121)).success).toBe(false);
  });

  it('of a megabyte is refused without being counted', () => {
    expect(personNameSchema.safeParse('x'.repeat(1_000_000)).success).toBe(false);
    expect(hasAtMostLetters('x\u0301'.repeat(500_000), 120)).toBe(false);
  });
});

describe('the letters of a long text', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const lettersOf = (text: string) => [...segmenter.segment(text)].length;

  // The work of JavaScript's segmenter grows with the square of the length: 40,000 letters blocked the server for
  // seconds.
  it.each(['a', 'é', 'e\u0301', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f1ee}', '\u200d', '한', 'क्'])(
    'of %j are counted in a moment, however many they are',
    (character) => {
      const text = character.repeat(40_000).slice(0, 39_999);
      const began = performance.now();
      hasAtMostLetters(text, 2000);
      expect(performance.now() - began).toBeLessThan(500);
    },
  );

  it('are counted as a reader counts them, wherever the text is split', () => {
    const some = fc.constantFrom(
      ...['a', 'Z', ' ', '\n', '\r', 'é', 'e', '\u0301', '\u200d', '\ufe0f', '\u{1f468}', '\u{1f3fb}', '\u{1f1ee}'],
      ...[
        '\u{1f1ea}',
        '❤',
        '\u1100',
        '\u1161',
        '\u11a8',
        '각',
        'क',
        '\u094d',
        'ท',
        '\u0e33',
        '\u{e0067}',
        '\u0600',
        '\ud83d',
      ],
    );
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 900 }), (parts) => {
        const text = parts.join('');
        const letters = lettersOf(text);
        expect(hasAtMostLetters(text, letters)).toBe(text.length <= letters * 20);
        if (letters > 1 && text.length <= (letters - 1) * 20) expect(hasAtMostLetters(text, letters - 1)).toBe(false);
      }),
    );
  });
});

describe('44 an e-mail address', () => {
  it.each([
    ['ana＠example.org', 'ana@example.org'],
    ['ａｎａ１２＠example．org', 'ana12@example.org'],
    ['\u202aana@example.org\u202c', 'ana@example.org'],
    ['ana@\u200bexample.org\u00a0', 'ana@example.org'],
    ['ana@münchen.example', 'ana@xn--mnchen-3ya.example'],
    ['Ana@MU\u0308NCHEN.example', 'ana@xn--mnchen-3ya.example'],
    ['ana@例え.example', 'ana@xn--r8jz45g.example'],
  ])('is accepted as it is pasted: %j', (input, stored) => {
    expect(emailAddressSchema.parse(input)).toBe(stored);
  });

  it.each([
    'ana@münchen.example,b@y.example',
    'ana@münchen.example/x',
    'ana@@ü.example',
    'ü@example.org',
    'ana@ü',
    'ana@ü..example',
  ])('is left unchanged when it is invalid: %j', (input) => {
    expect(emailAddressSchema.safeParse(input).success).toBe(false);
  });
});

describe('46 an optional field', () => {
  it.each(['', ' ', '\u200b', '\u00a0\t', null, undefined])('counts as absent when it is %j', (empty) => {
    expect(emptyToUndefined(empty)).toBeUndefined();
    expect(phoneNumberSchema.parse(empty)).toBeUndefined();
    expect(bookingNoteSchema.parse(empty)).toBeUndefined();
  });
});
