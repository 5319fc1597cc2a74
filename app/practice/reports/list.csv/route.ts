import { notFound } from 'next/navigation';
import { isReportList, parseReportFilter } from '@/app/practice/reports/report-lists';
import { parseReportPeriod } from '@/app/practice/reports/report-period';
import { toCsvTable } from '@/app/practice/reports/report-table';
import { requireRole } from '@/auth';
import { getPractice } from '@/db/practice/practice';
import { formatCsv } from '@/db/reports/format-csv';
import { listReportRows } from '@/db/reports/report-lists';
import { toWallTime } from '@/scheduling/zone-conversion';

/** The list behind a figure, as CSV for a spreadsheet. Amounts are plain numbers in the practice's currency. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireRole('owner');
  const requested = Object.fromEntries(new URL(request.url).searchParams);
  if (!isReportList(requested.of)) notFound();
  const practice = await getPractice();
  const now = Date.now();
  const period = parseReportPeriod(requested, toWallTime(practice.timeZone, now).on);
  const found = await listReportRows(viewer, period, requested.of, { now }, parseReportFilter(requested));
  const { header, rows } = toCsvTable(requested.of, found, practice);
  const file = formatCsv(header, rows, practice.locale);
  return new Response(file, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${requested.of.replaceAll('_', '-')}-${period.name}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
