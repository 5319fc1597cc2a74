import { expect, it } from 'vitest';
import type { ReportListName } from '@/db/reports/report-lists';
import { describeReportTotal, formatReportHours } from './report-table';

const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE', currency: 'EUR' };
const row = (amount: number) => ({
  ...{ id: String(amount), at: 0, amount, appointmentId: null, therapistId: null, serviceId: null },
  ...{ clientId: null, client: null, therapist: null, service: null },
});

it.each([
  [75, '1.25 h'],
  [90, '1.5 h'],
  [50, '0.83 h'],
  [0, '0 h'],
  [100_155, '1,669.25 h'],
])('writes %i minutes as %s', (minutes, words) => {
  expect(formatReportHours(minutes, 'en-IE')).toBe(words);
});

it('writes hours as the other numbers of the practice are written', () => {
  expect(formatReportHours(100_155, 'de-DE')).toBe('1.669,25 h');
});

it.each<[ReportListName, number[], string]>([
  ['payments', [6800, 170_000], '2 entries, €1,768 in total'],
  ['payments', [-800], '1 entry, −€8'],
  ['completed', [6800, 6800], '2 dates, €136 in total'],
  ['booked_hours', [75], '1 date, 1.25 h'],
  ['open_hours', [240, 225], '2 stretches, 7.75 h in total'],
  ['clients', [1], '1 client, 1 massage'],
  ['clients', [1, 1234], '2 clients, 1,235 massages in total'],
  ['page_reads', [1], '1 row, 1 time'],
  ['page_reads', [40, 54], '2 rows, 94 times in total'],
  ['kept_plans', [2, 3], '2 plans'],
  ['desk_bookings', [1], '1 booking, 1 date'],
  ['tips', [], 'none'],
])('heads the list %s of %j with "%s"', (list, amounts, words) => {
  expect(describeReportTotal(list, amounts.map(row), practice)).toBe(words);
});
