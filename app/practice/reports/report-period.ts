import type { DayPeriod } from '@/db/reports/report-conditions';
import { addDays } from '@/scheduling/day';
import { formatMonthName } from '@/scheduling/formatting';

/** A month or a year that the reports' address names. */
export interface ReportPeriod extends DayPeriod {
  kind: 'month' | 'year';
  /** As in the address: `2026-11` or `2026`. */
  name: string;
  /** 'November 2026'. */
  title: string;
  before: DayPeriod & { name: string; title: string };
  after: { name: string; title: string } | null;
}

const EARLIEST = 2000;

/**
 * The period of `?month=2026-11` or `?year=2026`; the current month where the address names no past or current period.
 */
export function parseReportPeriod(raw: Record<string, string | string[] | undefined>, today: string): ReportPeriod {
  const [thisYear, thisMonth] = [today.slice(0, 4), today.slice(0, 7)];
  const { year, month } = raw;
  if (typeof year === 'string' && /^\d{4}$/.test(year) && Number(year) >= EARLIEST && year <= thisYear) {
    const [before, after] = [Number(year) - 1, Number(year) + 1];
    return {
      kind: 'year',
      name: year,
      title: year,
      from: `${year}-01-01`,
      to: `${after}-01-01`,
      before: { name: String(before), title: String(before), from: `${before}-01-01`, to: `${year}-01-01` },
      after: String(after) <= thisYear ? { name: String(after), title: String(after) } : null,
    };
  }
  const isKnown = typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  const name = isKnown && month <= thisMonth && Number(month.slice(0, 4)) >= EARLIEST ? month : thisMonth;
  const from = `${name}-01`;
  const next = addDays(from, 31).slice(0, 7);
  const before = addDays(from, -1).slice(0, 7);
  return {
    kind: 'month',
    name,
    title: formatMonthAndYear(name),
    from,
    to: `${next}-01`,
    before: { name: before, title: formatMonthAndYear(before), from: `${before}-01`, to: from },
    after: next <= thisMonth ? { name: next, title: formatMonthAndYear(next) } : null,
  };
}

/** The address of this period on a reports page. */
export function periodHref(path: string, kind: ReportPeriod['kind'], name: string, more = ''): string {
  return `${path}?${kind}=${name}${more}`;
}

function formatMonthAndYear(month: string): string {
  return `${formatMonthName(`${month}-01`)} ${month.slice(0, 4)}`;
}
