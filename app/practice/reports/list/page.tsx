import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import {
  isReportList,
  parseReportFilter,
  REPORT_LISTS,
  toReportFilterQuery,
} from '@/app/practice/reports/report-lists';
import { parseReportPeriod, periodHref } from '@/app/practice/reports/report-period';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { listReportRows } from '@/db/reports/report-lists';
import { formatDay, formatMoney, formatNumberInWords, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Report list', robots: { index: false } };

const MOST_SHOWN = 500;

export default async function ReportListPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const viewer = await requireRole('owner');
  const raw = await searchParams;
  if (!isReportList(raw.of)) notFound();
  const practice = await getPractice();
  const { timeZone, locale, currency } = practice;
  const period = parseReportPeriod(raw, toWallTime(timeZone, Date.now()).on);
  const filter = parseReportFilter(raw);
  const rows = await listReportRows(viewer, period, raw.of, filter);
  const of = filter.therapistId !== undefined ? rows[0]?.therapist : filter.serviceId !== undefined && rows[0]?.service;
  const { title, amount } = REPORT_LISTS[raw.of];
  const total = rows.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return (
    <PracticeShell practice={practice} current="reports" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={title}
        crumbs={[{ href: periodHref('/practice/reports', period.kind, period.name), label: period.title }]}
        from={`${period.title}${of ? `, ${of}` : ''}: ${rows.length === 0 ? 'none' : formatNumberInWords(rows.length)}, ${formatMoney(total, currency, locale)} in total.`}
      />
      {rows.length > 0 && (
        <>
          <p className="mb-6">
            <a
              href={periodHref(
                '/practice/reports/list.csv',
                period.kind,
                period.name,
                `&of=${raw.of}${toReportFilterQuery(filter)}`,
              )}
            >
              Download as a table
            </a>
          </p>
          <div>
            <table className="w-full border-t border-ink text-left text-small max-mid:[&_tr]:grid max-mid:[&_tr]:grid-cols-2">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr className="border-b border-line text-soft [&>th]:py-2 [&>th]:pr-4 [&>th]:font-normal">
                  <th scope="col">When</th>
                  <th scope="col">Client</th>
                  <th scope="col">Massage</th>
                  <th scope="col">With</th>
                  <th scope="col" className="text-right">
                    {amount}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, MOST_SHOWN).map((row) => (
                  <tr key={row.id} className="border-b border-line [&>td]:py-3 [&>td]:pr-4">
                    <td className="whitespace-nowrap">
                      {formatDay(toWallTime(timeZone, row.at).on, 'short', locale)},{' '}
                      {formatTime(timeZone, row.at, locale)}
                    </td>
                    <td>
                      <a href={`/practice/clients/${row.clientId}`}>
                        <bdi className="wrap-anywhere">{row.client}</bdi>
                      </a>
                    </td>
                    <td>{row.service}</td>
                    <td>{row.therapist}</td>
                    <td className="text-right whitespace-nowrap">
                      <a href={`/practice/payments/${row.appointmentId}`}>
                        {formatMoney(row.amountCents, currency, locale)}
                        <span className="sr-only">, the bill</span>
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > MOST_SHOWN && (
            <p className="mt-4 text-soft">The first {MOST_SHOWN} are shown. The table to download has all of them.</p>
          )}
        </>
      )}
    </PracticeShell>
  );
}
