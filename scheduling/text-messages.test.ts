import { describe, expect, it } from 'vitest';
import { countGsmCharacters, parseTextReply, TEXT_MESSAGE_LENGTH, toGsmAlphabet } from './text-messages';

describe('a text in the GSM alphabet', () => {
  it.each([
    ['Kovač’s “room” – now…', 'Kovac\'s "room" - now...'],
    ['Zoë at Café Ø', 'Zoe at Café Ø'],
    ['Łódź\u00a0a', 'Lodz a'],
    ['Мира', 'Мира'],
    ['\u0301x', '\u0301x'],
    ['5 € [x]', '5 € [x]'],
  ])('of %j is %j', (input, plain) => expect(toGsmAlphabet(input)).toBe(plain));

  it('counts some characters twice, and none that it does not have', () => {
    expect(countGsmCharacters('a'.repeat(TEXT_MESSAGE_LENGTH))).toBe(160);
    expect(countGsmCharacters('€{}')).toBe(6);
    expect(countGsmCharacters('Мира')).toBeNull();
  });
});

describe('a reply', () => {
  it.each(['STOP', ' stop. ', 'Stopp!', 'Stop texting me', 'UNSUBSCRIBE', 'cancel', 'End', 'QUIT', 'stopall'])(
    '%j ends texts',
    (text) => expect(parseTextReply(text)).toBe('stop'),
  );
  it.each(['START', 'unstop', ' Start '])('%j begins them again', (text) => expect(parseTextReply(text)).toBe('start'));
  it.each(['', 'Cancel my date', 'ok', 'start over', 'I will end up late', '👍'])('%j is neither', (text) =>
    expect(parseTextReply(text)).toBeNull(),
  );
});
