import path from 'node:path';
import PDFDocument from 'pdfkit';
import { formatMoney } from '@/scheduling/format-money';
import { getCurrencyDecimals } from '@/scheduling/parse-money';

// A4 PDFs in the site's own fonts.

export const PDF_MARGIN = 56;
export const PDF_TEXT_WIDTH = 595 - 2 * PDF_MARGIN;
const FACES = { latin: 'inter-500.ttf', extended: 'inter-extended-500.ttf' };
/** The characters that each font file has; a test compares them with the files. */
const LETTERS = {
  latin:
    /[\x20-\x7e\xa0-\xac\xae-\xff\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2032\u2033\u2039\u203a\u2044\u20ac\u2191\u2193\u2212]/,
  extended:
    /[\u0100-\u0130\u0132-\u0148\u014a-\u0151\u0154-\u01c3\u01c5-\u024f\u1e00-\u1e9b\u1e9d-\u1e9f\u1ef2-\u1eff]/,
};

/** An empty PDF with its title. `done` resolves to the whole file once the document is ended. */
export function createPdf(
  title: string,
  { at, locale, tagged = false }: { at: number; locale: string; tagged?: boolean },
): { paper: PDFKit.PDFDocument; done: Promise<Uint8Array<ArrayBuffer>> } {
  const paper = new PDFDocument({
    size: 'A4',
    margin: PDF_MARGIN,
    lang: locale,
    ...(tagged && { tagged, displayTitle: true, pdfVersion: '1.5' as const }),
    info: { Title: title, CreationDate: new Date(at), ModDate: new Date(at) },
  });
  const parts: Uint8Array[] = [];
  paper.on('data', (part: Uint8Array) => parts.push(part));
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    paper.on('end', () => resolve(Buffer.concat(parts)));
    paper.on('error', reject);
  });
  for (const [name, file] of Object.entries(FACES)) {
    paper.registerFont(name, path.join(process.cwd(), 'app', 'fonts', file));
  }
  return { paper, done };
}

/** Writes text in two fonts: each run of letters in the font that has them. */
export function writePdfText(
  paper: PDFKit.PDFDocument,
  text: string,
  size: number,
  options: { align?: 'right'; at?: number } = {},
): void {
  const runs = runsOf(text);
  paper.fontSize(size).fillColor('#1f2723');
  if (options.align === 'right') {
    const width = runs.reduce((sum, run) => sum + paper.font(run.face).widthOfString(run.text), 0);
    paper.x = PDF_MARGIN + PDF_TEXT_WIDTH - width;
  }
  if (options.at !== undefined) paper.x = options.at;
  const isOneLine = options.align !== undefined || options.at !== undefined;
  const last = runs.length - 1;
  for (const [n, run] of runs.entries())
    paper
      .font(run.face)
      .text(run.text, { continued: n < last, ...(isOneLine ? { lineBreak: false } : { width: PDF_TEXT_WIDTH }) });
  paper.x = PDF_MARGIN;
}

/**
 * Whether the fonts have all that these texts need. A name in other letters would be drawn as empty boxes; its page can
 * still be printed, because a browser has fonts for it.
 */
export function canDrawInPdf(content: unknown): boolean {
  if (typeof content === 'string')
    return [...toPdfText(content)].every((letter) => letter === '\n' || faceOf(letter) !== null);
  return typeof content !== 'object' || content === null || Object.values(content).every(canDrawInPdf);
}

/** An amount as it is written elsewhere, or with the code of its currency where the fonts have no sign for it. */
export function formatMoneyForPdf(amount: number, currency: string, locale: string): string {
  const written = formatMoney(amount, currency, locale);
  if (canDrawInPdf(written)) return written;
  const digits = getCurrencyDecimals(currency);
  const places = amount % 10 ** digits === 0 ? 0 : digits;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    numberingSystem: 'latn',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(amount / 10 ** digits);
}

/** Spaces of other widths become plain ones, and marks that nobody sees go. */
function toPdfText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/\u0153/g, 'oe')
    .replace(/\u0152/g, 'OE')
    .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '');
}

function faceOf(letter: string): keyof typeof FACES | null {
  return LETTERS.latin.test(letter) ? 'latin' : LETTERS.extended.test(letter) ? 'extended' : null;
}

function runsOf(text: string): { face: keyof typeof FACES; text: string }[] {
  const runs: { face: keyof typeof FACES; text: string }[] = [];
  for (const character of toPdfText(text)) {
    const face = faceOf(character) ?? 'latin';
    const run = runs.at(-1);
    if (run?.face === face) run.text += character;
    else runs.push({ face, text: character });
  }
  return runs;
}
