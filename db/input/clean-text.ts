// What people type and paste, before it is judged: letters in one form, without marks that nobody can see. No side
// effects, and no library: the browser may load it too.

/** Marks that show nothing: soft hyphens, zero-width spaces, directions, fillers. Some do their work: see below. */
const INVISIBLE = /(?![\u200c\u200d]|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
/** A joiner shapes letters of Arabic and Indic scripts, and joins pictures. Elsewhere it only hides. */
const IDLE_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic})[\u200c\u200d]|(?<=\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\u200c\u200d]|[\u200c\u200d](?!\p{L}|\p{M}|\p{Extended_Pictographic})/gu;
/** A variant of nothing. */
const IDLE_VARIANT = /(?<!\S)\p{Variation_Selector}+/gu;

/** In the one form of each letter (NFC), each gap one plain space, without what cannot be seen. */
export function cleanLine(text: string): string {
  return withoutInvisible(text.normalize('NFC'))
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

/** Full-width letters and digits too become the plain ones: for what machines read, such as addresses and numbers. */
export function cleanMachineReadableText(text: string): string {
  return cleanLine(text.normalize('NFKC'));
}

/** Whether there is nothing to see in it. */
function isBlank(text: string): boolean {
  return withoutInvisible(text).trim() === '';
}

/** For what need not be given: an empty field and a null say the same as none. */
export function emptyToUndefined(value: unknown): unknown {
  return value === null || (typeof value === 'string' && isBlank(value)) ? undefined : value;
}

/** Whether it has at most so many letters, as a reader counts them: an accent or a flag's second half is none. */
export function hasAtMostLetters(text: string, most: number): boolean {
  if (text.length <= most) return true;
  // One that is far longer need not be counted.
  if (text.length > most * 20) return false;
  let letters = 0;
  for (let from = 0; from < text.length && letters <= most; ) {
    const piece = text.slice(from, from + pieceLength(text, from));
    const starts = Array.from(SEGMENTER.segment(piece), ({ index }) => index);
    // The last letter may go on in the next piece, and is read again there. One that fills a whole piece counts once a piece.
    const isRead = starts.length === 1 || from + piece.length === text.length;
    letters += isRead ? starts.length : starts.length - 1;
    from += isRead ? piece.length : starts.at(-1)!;
  }
  return letters <= most;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Its work grows with the square of the text: 40,000 letters in one piece take seconds. */
const PIECE = 256;

/** So that no character is cut in two. */
function pieceLength(text: string, from: number): number {
  return /[\ud800-\udbff]/.test(text[from + PIECE - 1] ?? '') ? PIECE - 1 : PIECE;
}

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(IDLE_JOINER, '').replace(IDLE_VARIANT, '');
}
