import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { ButtonLink } from '@/components/button';
import { NoPdfNote } from '@/components/no-pdf-note';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PrintButton } from '@/components/print-button';
import { PracticeShell } from '@/components/shell';
import { loadReceipt } from './load-receipt';

export const metadata: Metadata = { title: 'Receipt', robots: { index: false } };

export default async function ReceiptPage({ params }: { params: Promise<{ number: string }> }) {
  await connection();
  const { viewer, practice, receipt, text, pdfText } = await loadReceipt(params);
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={text.title}
        crumbs={[{ href: `/practice/payments/${receipt.appointmentId}`, label: 'The bill' }]}
      >
        {text.reversed && (
          <div className="mt-6">
            <Notice tone="bad" title={text.reversed}>
              The money was not taken after all, or was entered wrongly.
            </Notice>
          </div>
        )}
      </PageHeader>
      <div className="max-w-[36rem]">
        <address className="mb-8 not-italic">
          {text.from.map((line, at) => (
            <span key={line} className={`block ${at === 0 ? 'font-semibold' : 'text-soft'}`}>
              {line}
            </span>
          ))}
        </address>
        <p>
          <bdi className="font-medium">{text.client}</bdi>
        </p>
        <p className="text-soft">{text.massage}</p>
        <dl className="mt-6 border-t border-ink">
          {text.rows.map(({ label, amount, isTotal }) => (
            <div
              key={label}
              className={`flex justify-between gap-4 border-b border-line py-3 ${isTotal ? 'font-semibold' : ''}`}
            >
              <dt>{label}</dt>
              <dd>{amount}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-small text-soft">{text.paidOn}</p>
        <p className="mt-8 flex flex-wrap gap-3 print:hidden">
          {pdfText && (
            <ButtonLink kind="plain" href={`/practice/receipts/${receipt.number}/receipt.pdf`}>
              Save as PDF
            </ButtonLink>
          )}
          <PrintButton />
        </p>
        {!pdfText && <NoPdfNote />}
      </div>
    </PracticeShell>
  );
}
