import { notFound } from 'next/navigation';
import { requireRole } from '@/auth';
import { getReceipt } from '@/db/money/bills';
import { getPractice } from '@/db/practice/practice';
import { buildReceiptContent } from './receipt-content';

/** The content of the receipt with this number, for viewers who may see its appointment. */
export async function loadReceipt(params: Promise<{ number: string }>) {
  const viewer = await requireRole('staff');
  const { number } = await params;
  const receipt = /^[1-9]\d{0,8}$/.test(number) ? await getReceipt(viewer, Number(number)) : null;
  if (!receipt) notFound();
  const practice = await getPractice();
  return { viewer, practice, receipt, text: buildReceiptContent(receipt, practice) };
}
