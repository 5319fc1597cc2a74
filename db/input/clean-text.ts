// Normalises what people type and paste, before it is validated: letters in one form, without invisible characters. No
// side effects and no library, because the browser may load it too.

/**
 * Invisible characters: soft hyphens, zero-width spaces, direction marks, fillers. Joiners and variation selectors are
 * handled below.
 */
const INVISIBLE = /(?![\u200c\u200d]|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
/**
 * A joiner that does nothing. Joiners shape letters of Arabic and Indic scripts, and join emoji; elsewhere they are
 * only invisible.
 */
const IDLE_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic})[\u200c\u200d]|(?<=\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\u200c\u200d]|[\u200c\u200d](?!\p{L}|\p{M}|\p{Extended_Pictographic})/gu;
/** A variation selector with no character to vary. */
const IDLE_VARIANT = /(?<!\S)\p{Variation_Selector}+/gu;

/** Letters in normal form (NFC), each gap one plain space, without invisible characters. */
export function cleanLine(text: string): string {
  return withoutInvisible(text.normalize('NFC'))
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

/**
 * Full-width letters and digits become plain ones too: for values that machines read, such as addresses and numbers.
 */
export function cleanMachineReadableText(text: string): string {
  return cleanLine(text.normalize('NFKC'));
}

/** Whether the text has nothing visible. */
function isBlank(text: string): boolean {
  return withoutInvisible(text).trim() === '';
}

/** For optional fields: an empty field and null both count as absent. */
export function emptyToUndefined(value: unknown): unknown {
  return value === null || (typeof value === 'string' && isBlank(value)) ? undefined : value;
}

/**
 * Whether the text has at most so many letters as a reader counts them: an accent or the second half of a flag is not a
 * letter.
 */
export function hasAtMostLetters(text: string, most: number): boolean {
  if (text.length <= most) return true;
  // A far longer text need not be counted.
  if (text.length > most * 20) return false;
  let letters = 0;
  for (let from = 0; from < text.length && letters <= most; ) {
    const piece = text.slice(from, from + pieceLength(text, from));
    const starts = Array.from(SEGMENTER.segment(piece), ({ index }) => index);
    // The last letter may continue in the next piece, so it is read again there. A letter that fills a whole piece
    // counts once per piece.
    const isRead = starts.length === 1 || from + piece.length === text.length;
    letters += isRead ? starts.length : starts.length - 1;
    from += isRead ? piece.length : starts.at(-1)!;
  }
  return letters <= most;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** The segmenter's work grows with the square of the length: 40,000 letters in one piece take seconds. */
const PIECE = 256;

/** Shortened by one where a surrogate pair would be cut in two. */
function pieceLength(text: string, from: number): number {
  return /[\ud800-\udbff]/.test(text[from + PIECE - 1] ?? '') ? PIECE - 1 : PIECE;
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(IDLE_JOINER, '').replace(IDLE_VARIANT, '');
}
