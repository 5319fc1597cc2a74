import { LEDGER_KIND_LABELS, PAYMENT_METHOD_LABELS } from '@/app/practice/payments/ledger-entry-labels';
import type { ReportListName } from '@/db/reports/report-lists';
import type { ReportRow } from '@/db/reports/report-rows';
import { getQuestion } from '@/questions/library';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { getCurrencyDecimals } from '@/scheduling/parse-money';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type CountedNoun, REPORT_LISTS, type ReportAmount, type ReportColumn } from './report-lists';

// The list behind a figure, both for a page and for a spreadsheet.

interface PracticeForms {
  timeZone: string;
  locale: string;
  currency: string;
}

const HEADINGS: Record<ReportColumn, string> = {
  client: 'Client',
  service: 'Massage',
  therapist: 'With',
  kind: 'What',
  way: 'How',
  receipt: 'Receipt',
  slug: 'Question page',
};

interface CellContent {
  text: string;
  href?: string | undefined;
  /** Where `href` leads, unless the text says it. */
  leadsTo?: string;
}

export interface ReportCell extends CellContent {
  /** The heading of its column. */
  heading: string;
}

export function listHeadings(list: ReportListName): string[] {
  const { when, columns, amount } = REPORT_LISTS[list];
  return [when.heading, ...columns.map((column) => HEADINGS[column]), amount.heading];
}

/** The time, the names and the amount of a row: a cell for each heading. */
export function toReportCells(list: ReportListName, row: ReportRow, practice: PracticeForms): ReportCell[] {
  const { when, columns } = REPORT_LISTS[list];
  const { timeZone, locale } = practice;
  const day = formatDay(toWallTime(timeZone, row.at).on, 'short', locale);
  const time = formatTime(timeZone, row.at, locale);
  const span = row.until === undefined ? time : `${time} to ${formatTime(timeZone, row.until, locale)}`;
  const at = { day, time: `${day}, ${time}`, span: `${day}, ${span}` }[when.shows];
  const cells = [{ text: at }, ...columns.map((column) => toNameCell(column, row)), toAmountCell(list, row, practice)];
  const headings = listHeadings(list);
  return cells.map((cell, column) => ({ heading: headings[column]!, ...cell }));
}

function toNameCell(column: ReportColumn, row: ReportRow): CellContent {
  if (column === 'client') return { text: row.client ?? '', href: `/practice/clients/${row.clientId}` };
  if (column === 'kind') return { text: row.kind ? LEDGER_KIND_LABELS[row.kind] : '' };
  if (column === 'way') return { text: row.way ? PAYMENT_METHOD_LABELS[row.way] : '' };
  if (column === 'receipt')
    return row.receipt ? { text: String(row.receipt), href: `/practice/receipts/${row.receipt}` } : { text: '' };
  if (column === 'slug') return { text: formatQuestion(row.slug ?? ''), href: `/questions/${row.slug}` };
  return { text: row[column] ?? '' };
}

function toAmountCell(list: ReportListName, row: ReportRow, practice: PracticeForms): CellContent {
  const { unit } = REPORT_LISTS[list].amount;
  const text = formatReportAmount(unit, row.amount, practice);
  if (unit === 'dates') return { text: `${row.amount} of ${row.outOf}` };
  if (unit !== 'money') return { text };
  return { text, href: `/practice/payments/${row.appointmentId}`, leadsTo: 'the bill' };
}

type AmountUnit = (typeof REPORT_LISTS)[ReportListName]['amount']['unit'];

function formatReportAmount(unit: AmountUnit, amount: number, { currency, locale }: PracticeForms): string {
  return unit === 'money' ? formatMoney(amount, currency, locale) : String(amount);
}

/** The number of rows and the total of their amounts: '25 entries, €1,768 in total', '1 date, 1.25 h', 'none'. */
export function describeReportTotal(list: ReportListName, rows: ReportRow[], practice: PracticeForms): string {
  if (rows.length === 0) return 'none';
  const { counted, amount } = REPORT_LISTS[list];
  const total = describeSum(
    amount,
    rows.reduce((sum, row) => sum + row.amount, 0),
    practice,
  );
  return [formatCount(rows.length, counted, practice), total && (rows.length === 1 ? total : `${total} in total`)]
    .filter(Boolean)
    .join(', ');
}

/** Empty for plans: the sum of the dates that several kept says nothing. */
function describeSum(amount: ReportAmount, sum: number, practice: PracticeForms): string {
  if (amount.unit === 'minutes') return formatReportHours(sum, practice.locale);
  if (amount.unit === 'times') return formatCount(sum, amount.counted, practice);
  return amount.unit === 'money' ? formatReportAmount('money', sum, practice) : '';
}

function formatCount(count: number, [one, many]: CountedNoun, { locale }: PracticeForms): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;
}

/** '148 h', '7.5 h', '1.25 h': exact enough for a sum to agree with its parts. */
export function formatReportHours(minutes: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(minutes / 60)} h`;
}

export function formatQuestion(slug: string): string {
  return getQuestion(slug)?.question ?? slug;
}

/** The same for a spreadsheet: day and time in columns of their own, and amounts as plain numbers. */
export function toCsvTable(
  list: ReportListName,
  rows: ReportRow[],
  practice: PracticeForms,
): { header: string[]; rows: (string | number)[][] } {
  const { timeZone, currency } = practice;
  const { when, columns, amount } = REPORT_LISTS[list];
  const digits = getCurrencyDecimals(currency);
  const isMoney = amount.unit === 'money';
  const isOfPlans = amount.unit === 'dates';
  return {
    header: [
      'Date',
      ...(when.shows === 'day' ? [] : ['Time']),
      ...(when.shows === 'span' ? ['Until'] : []),
      ...columns.map((column) => HEADINGS[column]),
      isMoney ? `${amount.heading} (${currency})` : amount.heading,
      ...(isOfPlans ? ['Dates'] : []),
    ],
    rows: rows.map((row) => {
      const { on, time } = toWallTime(timeZone, row.at);
      return [
        on,
        ...(when.shows === 'day' ? [] : [time]),
        ...(when.shows === 'span' ? [toWallTime(timeZone, row.until ?? row.at).time] : []),
        ...columns.map((column) => toNameCell(column, row).text),
        isMoney ? Number((row.amount / 10 ** digits).toFixed(digits)) : row.amount,
        ...(isOfPlans ? [row.outOf ?? 0] : []),
      ];
    }),
  };
}
