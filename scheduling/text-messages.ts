// What fits into one text message, and what is meant by one that comes back? A text of 160 characters of the GSM alphabet
// (3GPP TS 23.038) is sent as one; a single character outside it makes it 70.

/** How many characters of the GSM alphabet one text holds. */
export const TEXT_MESSAGE_LENGTH = 160;

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_TWICE = '^{}\\[~]|€';

const ALIKE: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  ł: 'l',
  Ł: 'L',
};

/**
 * Gives a text in letters of the GSM alphabet as far as it can be: quotes and dashes become plain, accents that the
 * alphabet lacks are dropped. What has no likeness there, such as Greek small letters, stays.
 *
 * @example
 * toGsmAlphabet('Kovač’s') //=> "Kovac's"
 */
export function toGsmAlphabet(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => {
      if (isGsm(character)) return character;
      if (/\s/.test(character)) return ' ';
      const plain = ALIKE[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
      return plain !== '' && [...plain].every(isGsm) ? plain : character;
    })
    .join('');
}

function isGsm(character: string): boolean {
  return GSM.includes(character) || GSM_TWICE.includes(character);
}

/**
 * Counts what a text takes of one message: a few characters count twice. Null where a letter is not of the GSM alphabet.
 *
 * @example
 * countGsmCharacters('5 €') //=> 4
 */
export function countGsmCharacters(text: string): number | null {
  let length = 0;
  for (const character of text) {
    if (!isGsm(character)) return null;
    length += GSM_TWICE.includes(character) ? 2 : 1;
  }
  return length;
}

const STOPS = ['STOP', 'STOPP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'];
/** These words end texts, whatever follows them; "cancel my date" is another matter. */
const CLEAR_STOPS = ['STOP', 'STOPP', 'STOPALL', 'UNSUBSCRIBE'];
const STARTS = ['START', 'UNSTOP'];

/**
 * Parses a reply that asks for texts to end or to begin again; null for any other words.
 *
 * @example
 * parseTextReply(' Stop. ') //=> 'stop'
 */
export function parseTextReply(text: string): 'stop' | 'start' | null {
  const words = text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = ''] = words;
  if (CLEAR_STOPS.includes(first)) return 'stop';
  if (words.length !== 1) return null;
  if (STOPS.includes(first)) return 'stop';
  return STARTS.includes(first) ? 'start' : null;
}
