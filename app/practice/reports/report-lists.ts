import type { ReportFilter, ReportListName } from '@/db/reports/report-lists';

/** The lists behind the figures, by the word in their address. */
export const REPORT_LISTS: Record<ReportListName, { title: string; amount: string }> = {
  completed: { title: 'Massages that took place', amount: 'Price' },
  no_show: { title: 'Clients who did not come', amount: 'Price' },
  late_cancel: { title: 'Cancelled too late', amount: 'Price' },
  cancelled: { title: 'Cancelled in time', amount: 'Price' },
  due: { title: 'Not paid yet', amount: 'Owed' },
  payments: { title: 'Payments', amount: 'Paid, tip aside' },
  first_time: { title: 'First visits', amount: 'Price' },
  came_back: { title: 'First visits with another date within 8 weeks', amount: 'Price' },
};

/** Of whom or of what alone, as the address says; what nobody is called leaves no row. */
export function parseReportFilter(raw: Record<string, string | string[] | undefined>): ReportFilter {
  const idOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 64) : undefined);
  return { therapistId: idOf(raw.with), serviceId: idOf(raw.massage) };
}

/** As the address of a list has it. */
export function toReportFilterQuery({ therapistId, serviceId }: ReportFilter): string {
  const named = Object.entries({ with: therapistId, massage: serviceId }).filter(([, id]) => id !== undefined);
  return named.map(([name, id]) => `&${name}=${encodeURIComponent(id!)}`).join('');
}

export function isReportList(name: unknown): name is ReportListName {
  return typeof name === 'string' && Object.hasOwn(REPORT_LISTS, name);
}
