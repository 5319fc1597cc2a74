import path from 'node:path';
import PDFDocument from 'pdfkit';

// A4 PDFs in the site's own fonts.

export const PDF_MARGIN = 56;
export const PDF_TEXT_WIDTH = 595 - 2 * PDF_MARGIN;
const FACES = { latin: 'inter-500.ttf', extended: 'inter-extended-500.ttf' };
/** The letters in the second font file; the first has the other Latin letters. */
const EXTENDED = /[\u0100-\u024f\u1e00-\u1eff]/;

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

function runsOf(text: string): { face: keyof typeof FACES; text: string }[] {
  const runs: { face: keyof typeof FACES; text: string }[] = [];
  for (const character of text.normalize('NFC')) {
    const face = EXTENDED.test(character) ? 'extended' : 'latin';
    const run = runs.at(-1);
    if (run?.face === face) run.text += character;
    else runs.push({ face, text: character });
  }
  return runs;
}
