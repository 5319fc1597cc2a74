import type { ReportListName } from '@/db/reports/report-lists';

/** The lists behind the figures, by the word in their address. */
export const REPORT_LISTS: Record<ReportListName, { title: string; amount: string }> = {
  completed: { title: 'Massages that took place', amount: 'Price' },
  no_show: { title: 'Clients who did not come', amount: 'Price' },
  late_cancel: { title: 'Cancelled too late', amount: 'Price' },
  cancelled: { title: 'Cancelled in time', amount: 'Price' },
  due: { title: 'Not paid yet', amount: 'Owed' },
  payments: { title: 'Payments', amount: 'Paid, tip aside' },
  first_time: { title: 'First visits', amount: 'Price' },
};

export function isReportList(name: unknown): name is ReportListName {
  return typeof name === 'string' && Object.hasOwn(REPORT_LISTS, name);
}
