import { notFound } from 'next/navigation';
import { isReportList, parseReportFilter, REPORT_LISTS } from '@/app/practice/reports/report-lists';
import { parseReportPeriod } from '@/app/practice/reports/report-period';
import { requireRole } from '@/auth';
import { getPractice } from '@/db/practice/practice';
import { formatCsv } from '@/db/reports/format-csv';
import { listReportRows } from '@/db/reports/report-lists';
import { getCurrencyDecimals } from '@/scheduling/parse-money';
import { toWallTime } from '@/scheduling/zone-conversion';

/** The list behind a figure, for a spreadsheet. Amounts are plain numbers in the practice's currency. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await requireRole('owner');
  const requested = Object.fromEntries(new URL(request.url).searchParams);
  if (!isReportList(requested.of)) notFound();
  const { timeZone, currency } = await getPractice();
  const period = parseReportPeriod(requested, toWallTime(timeZone, Date.now()).on);
  const rows = await listReportRows(viewer, period, requested.of, parseReportFilter(requested));
  const digits = getCurrencyDecimals(currency);
  const file = formatCsv(
    ['Date', 'Time', 'Client', 'Massage', 'With', `${REPORT_LISTS[requested.of].amount} (${currency})`],
    rows.map(({ at, client, service, therapist, amountCents }) => {
      const { on, time } = toWallTime(timeZone, at);
      return [on, time, client, service, therapist, Number((amountCents / 10 ** digits).toFixed(digits))];
    }),
  );
  return new Response(file, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${requested.of.replace('_', '-')}-${period.name}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
