import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { PAYMENT_METHOD_LABELS } from '@/app/practice/payments/ledger-entry-labels';
import {
  isReportList,
  parseReportFilter,
  REPORT_LISTS,
  toReportFilterQuery,
} from '@/app/practice/reports/report-lists';
import { parseReportPeriod, periodHref } from '@/app/practice/reports/report-period';
import {
  describeReportTotal,
  formatQuestion,
  listHeadings,
  type ReportCell,
  toReportCells,
} from '@/app/practice/reports/report-table';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PageLinks } from '@/components/page-links';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { listReportRows, type ReportFilter, type ReportListName } from '@/db/reports/report-lists';
import type { ReportRow } from '@/db/reports/report-rows';
import { formatWallTime, formatWeekdays } from '@/scheduling/formatting';
import { formatMinuteOfDay } from '@/scheduling/time-of-day';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Report list', robots: { index: false } };

const A_PAGE = 100;
/** Lists that what is to come in the period is left out of; it has lists of its own. */
const UNTIL_NOW: ReportListName[] = ['dates', 'booked_hours', 'open_hours'];

export default async function ReportListPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await connection();
  const viewer = await requireRole('owner');
  const { at: requestedPage, ...raw } = await searchParams;
  const list = raw.of;
  if (!isReportList(list)) notFound();
  const practice = await getPractice();
  const now = Date.now();
  const period = parseReportPeriod(raw, toWallTime(practice.timeZone, now).on);
  const filter = parseReportFilter(raw);
  const rows = await listReportRows(viewer, period, list, { now }, filter);
  const pages = Math.max(1, Math.ceil(rows.length / A_PAGE));
  const page = Math.min(Math.max(1, Math.trunc(Number(requestedPage)) || 1), pages);
  const { title } = REPORT_LISTS[list];
  const listHref = (file: 'list' | 'list.csv', more = '') =>
    periodHref(
      `/practice/reports/${file}`,
      period.kind,
      period.name,
      `&of=${list}${toReportFilterQuery(filter)}${more}`,
    );
  const isUntilNow = UNTIL_NOW.includes(list) && period.to > toWallTime(practice.timeZone, now).on;
  const about = [period.title, isUntilNow && 'until now', describeFilter(filter, rows[0], practice.locale)]
    .filter(Boolean)
    .join(', ');
  return (
    <PracticeShell practice={practice} current="reports" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={title}
        crumbs={[{ href: periodHref('/practice/reports', period.kind, period.name), label: period.title }]}
        from={`${about}: ${describeReportTotal(list, rows, practice)}.`}
      />
      {rows.length > 0 && (
        <>
          <p className="mb-6 flex flex-wrap gap-x-6">
            {list === 'unmarked' && <a href="/practice/unmarked">Say how they went</a>}
            <a href={listHref('list.csv')}>Download as a table</a>
          </p>
          <div>
            <table className="w-full border-t border-ink text-left text-small max-mid:[&_tr]:grid max-mid:[&_tr]:grid-cols-2 max-mid:[&_tr>*:last-child]:col-start-2">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr className="border-b border-line text-soft [&>th]:py-2 [&>th]:pr-4 [&>th]:font-normal [&>th]:last:pr-0 [&>th]:last:text-right">
                  {listHeadings(list).map((heading) => (
                    <th key={heading} scope="col">
                      {heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.slice((page - 1) * A_PAGE, page * A_PAGE).map((row) => (
                  <tr
                    key={row.id}
                    className="border-b border-line [&>td]:py-3 [&>td]:pr-4 [&>td]:last:pr-0 [&>td]:last:text-right [&>td]:last:whitespace-nowrap"
                  >
                    {toReportCells(list, row, practice).map((cell) => (
                      <td key={cell.heading}>
                        <Cell {...cell} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {pages > 1 && (
            <PageLinks
              {...{ page, pages }}
              label="rows"
              href={(to) => listHref('list', `&at=${to}`)}
              className="mt-4"
            />
          )}
        </>
      )}
    </PracticeShell>
  );
}

function Cell({ text, href, leadsTo }: ReportCell) {
  if (href === undefined) return text;
  return (
    <a href={href}>
      <bdi className="wrap-anywhere">{text}</bdi>
      {leadsTo !== undefined && <span className="sr-only">, {leadsTo}</span>}
    </a>
  );
}

/** 'Mira Kovač', 'Monday 10:00 to 11:00'; empty where the list has no filter. */
function describeFilter(filter: ReportFilter, row: ReportRow | undefined, locale: string): string {
  const { therapistId, serviceId, way, slug, weekday, hour } = filter;
  const time = (of: number) => formatWallTime(formatMinuteOfDay(60 * of), locale);
  return [
    therapistId !== undefined && row?.therapist,
    serviceId !== undefined && row?.service,
    way !== undefined && PAYMENT_METHOD_LABELS[way].toLowerCase(),
    slug !== undefined && formatQuestion(slug),
    weekday !== undefined &&
      hour !== undefined &&
      `${formatWeekdays([weekday], 'long')} ${time(hour)} to ${time(hour + 1)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
