import { loadReceipt } from '@/app/practice/receipts/[number]/load-receipt';
import { buildReceiptPdf } from './build-receipt-pdf';

export async function GET(_request: Request, { params }: { params: Promise<{ number: string }> }): Promise<Response> {
  const { receipt, practice, pdfText } = await loadReceipt(params);
  // A relative path: the public name of this server may differ from the host that it sees.
  if (!pdfText)
    return new Response(null, { status: 303, headers: { Location: `/practice/receipts/${receipt.number}` } });
  return new Response(await buildReceiptPdf(pdfText, { at: receipt.at, locale: practice.locale }), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="receipt-${receipt.number}.pdf"`,
      'Cache-Control': 'no-store',
    },
  });
}
