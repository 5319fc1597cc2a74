import path from 'node:path';
import PDFDocument from 'pdfkit';
import type { ReceiptText } from '@/app/practice/receipts/[number]/lines';

const MARGIN = 56;
const WIDTH = 595 - 2 * MARGIN;
const FACES = { latin: 'inter-500.ttf', extended: 'inter-extended-500.ttf' };
/** The letters of the second face; the first has all others of Latin scripts. */
const EXTENDED = /[\u0100-\u024f\u1e00-\u1eff]/;

/** The receipt as a PDF of one A4 page, with the site's own type. */
export function receiptPdf(
  text: ReceiptText,
  { at, locale }: { at: number; locale: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const paper = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: locale,
    info: { Title: text.title, CreationDate: new Date(at), ModDate: new Date(at) },
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

  write(paper, text.title, 22);
  paper.moveDown(0.8);
  for (const line of text.from) write(paper, line, 10);
  paper.moveDown(1.5);
  write(paper, text.client, 12);
  write(paper, text.massage, 10);
  paper.moveDown(1);
  for (const { label, amount } of text.rows) {
    const top = paper.y;
    write(paper, label, 11);
    const bottom = paper.y;
    paper.y = top;
    write(paper, amount, 11, { align: 'right' });
    paper.y = Math.max(bottom, paper.y) + 5;
    paper
      .moveTo(MARGIN, paper.y)
      .lineTo(MARGIN + WIDTH, paper.y)
      .lineWidth(0.5)
      .stroke('#cfc8bd');
    paper.y += 6;
  }
  paper.moveDown(1);
  write(paper, text.paidOn, 10);
  if (text.takenBack) write(paper, text.takenBack, 10);
  paper.end();
  return done;
}

/** One text in two faces: each run of letters in the one that has them. */
function write(paper: PDFKit.PDFDocument, text: string, size: number, options: { align?: 'right' } = {}): void {
  const runs = runsOf(text);
  paper.fontSize(size).fillColor('#1f2723');
  if (options.align === 'right') {
    const width = runs.reduce((sum, run) => sum + paper.font(run.face).widthOfString(run.text), 0);
    paper.x = MARGIN + WIDTH - width;
  }
  const last = runs.length - 1;
  for (const [n, run] of runs.entries())
    paper
      .font(run.face)
      .text(run.text, { continued: n < last, ...(options.align ? { lineBreak: false } : { width: WIDTH }) });
  paper.x = MARGIN;
}

function runsOf(text: string): { face: keyof typeof FACES; text: string }[] {
  const runs: { face: keyof typeof FACES; text: string }[] = [];
  for (const letter of text.normalize('NFC')) {
    const face = EXTENDED.test(letter) ? 'extended' : 'latin';
    const run = runs.at(-1);
    if (run?.face === face) run.text += letter;
    else runs.push({ face, text: letter });
  }
  return runs;
}
