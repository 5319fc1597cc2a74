import { notFound } from 'next/navigation';
import { canDrawInPdf, formatMoneyForPdf } from '@/app/pdf-document';
import { requireRole } from '@/auth';
import { getReceipt } from '@/db/money/receipts';
import { getPractice } from '@/db/practice/practice';
import { buildReceiptContent } from './receipt-content';

/**
 * The content of the receipt with this number, for viewers who may see its appointment. `pdfText` is null where a PDF
 * would lack letters.
 */
export async function loadReceipt(params: Promise<{ number: string }>) {
  const viewer = await requireRole('staff');
  const { number } = await params;
  const receipt = /^[1-9]\d{0,8}$/.test(number) ? await getReceipt(viewer, Number(number)) : null;
  if (!receipt) notFound();
  const practice = await getPractice();
  const forPdf = buildReceiptContent(receipt, practice, formatMoneyForPdf);
  const text = buildReceiptContent(receipt, practice);
  return { viewer, practice, receipt, text, pdfText: canDrawInPdf(forPdf) ? forPdf : null };
}
