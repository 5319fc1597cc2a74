import { createPdf, PDF_MARGIN, PDF_TEXT_WIDTH, writePdfText } from '@/app/pdf-document';
import type { ReceiptContent } from '@/app/practice/receipts/[number]/receipt-content';

/** The receipt as a PDF of one A4 page, in the site's own fonts. */
export function buildReceiptPdf(
  text: ReceiptContent,
  { at, locale }: { at: number; locale: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const { paper, done: bytes } = createPdf(text.title, { at, locale });
  writePdfText(paper, text.title, 22);
  paper.moveDown(0.8);
  for (const line of text.from) writePdfText(paper, line, 10);
  paper.moveDown(1.5);
  writePdfText(paper, text.client, 12);
  writePdfText(paper, text.massage, 10);
  paper.moveDown(1);
  for (const { label, amount } of text.rows) {
    const top = paper.y;
    writePdfText(paper, label, 11);
    const bottom = paper.y;
    paper.y = top;
    writePdfText(paper, amount, 11, { align: 'right' });
    paper.y = Math.max(bottom, paper.y) + 5;
    paper
      .moveTo(PDF_MARGIN, paper.y)
      .lineTo(PDF_MARGIN + PDF_TEXT_WIDTH, paper.y)
      .lineWidth(0.5)
      .stroke('#cfc8bd');
    paper.y += 6;
  }
  paper.moveDown(1);
  writePdfText(paper, text.paidOn, 10);
  if (text.reversed) writePdfText(paper, text.reversed, 10);
  paper.end();
  return bytes;
}
