import { loadReceipt } from '@/app/practice/receipts/[number]/load-receipt';
import { buildReceiptPdf } from './build-receipt-pdf';

export async function GET(_request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> {
  const { receipt, practice, text } = await loadReceipt(params);
  return new Response(await buildReceiptPdf(text, { at: receipt.at, locale: practice.locale }), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="receipt-${receipt.number}.pdf"`,
      'Cache-Control': 'no-store',
    },
  });
}
