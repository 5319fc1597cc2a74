import { expect, it } from 'vitest';
import type { ReceiptContent } from '@/app/practice/receipts/[number]/receipt-content';
import { buildReceiptPdf } from './build-receipt-pdf';

const text: ReceiptContent = {
  title: 'Receipt 12',
  from: ['Fortnight Massage', '12 Camden Row, Dublin 8'],
  paidOn: 'Paid on Friday 27 November 2026',
  client: 'Zoë Kovač',
  massage: 'Swedish, 60 minutes with Mira Kovač, Tuesday 1 December 2026 at 18:00',
  rows: [
    { label: 'Price', amount: '€68' },
    { label: 'Paid by card', amount: '€68', isTotal: true },
  ],
  reversed: null,
};
const at = { at: Date.UTC(2026, 10, 27), locale: 'en-IE' };
const read = async (receipt: ReceiptContent) => Buffer.from(await buildReceiptPdf(receipt, at)).toString('latin1');

it('is one page with both fonts embedded', async () => {
  const pdf = await read(text);
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
  expect(pdf.match(/\/Count (\d+)/)?.[1]).toBe('1');
  expect(pdf.match(/\/FontFile2/g)).toHaveLength(2);
});

it('embeds no font that no text uses, and breaks a long line within the page', async () => {
  const long = 'With a very long name '.repeat(8).trim();
  const pdf = await read({ ...text, client: long, massage: 'Swedish', reversed: 'Reversed on Monday' });
  expect(pdf.match(/\/FontFile2/g)).toHaveLength(1);
  expect(pdf.match(/\/Count (\d+)/)?.[1]).toBe('1');
});
