import { PAYMENT_METHODS } from '@/db/money/build-ledger-entries';
import type { ReportFilter, ReportListName } from '@/db/reports/report-lists';
import type { Weekday } from '@/scheduling/day';

/** What a row names besides the time, in this order. */
export type ReportColumn = 'client' | 'service' | 'therapist' | 'kind' | 'way' | 'receipt' | 'slug';

/** What is counted, as one and as many. */
export type CountedNoun = readonly [one: string, many: string];

export type ReportAmount = { heading: string } & (
  | { unit: 'money' | 'minutes' | 'dates' }
  | { unit: 'times'; counted: CountedNoun }
);

interface ReportList {
  title: string;
  /** What each row is. */
  counted: CountedNoun;
  /** The heading of the first column, and how much of an instant it shows. */
  when: { heading: string; shows: 'day' | 'time' | 'span' };
  columns: ReportColumn[];
  amount: ReportAmount;
}

const AT = { heading: 'When', shows: 'time' } as const;
const OF_A_DATE: ReportColumn[] = ['client', 'service', 'therapist'];
const OF_AN_ENTRY: ReportColumn[] = [...OF_A_DATE, 'kind', 'way', 'receipt'];
const PRICE = { heading: 'Price', unit: 'money' } as const;
const DATES: CountedNoun = ['date', 'dates'];
const ENTRIES: CountedNoun = ['entry', 'entries'];
const dates = (title: string): ReportList => ({
  ...{ title, counted: DATES, when: AT, columns: OF_A_DATE },
  amount: PRICE,
});
const clients = (title: string): ReportList => ({
  title,
  counted: ['client', 'clients'],
  when: { heading: 'Last came', shows: 'day' },
  columns: ['client'],
  amount: { heading: 'Massages', unit: 'times', counted: ['massage', 'massages'] },
});
const plans = (title: string): ReportList => ({
  title,
  counted: ['plan', 'plans'],
  when: { heading: 'Last date', shows: 'day' },
  columns: ['client', 'therapist'],
  amount: { heading: 'Dates kept', unit: 'dates' },
});
const pages = (title: string): ReportList => ({
  title,
  counted: ['row', 'rows'],
  when: { heading: 'Day', shows: 'day' },
  columns: ['slug'],
  amount: { heading: 'Times', unit: 'times', counted: ['time', 'times'] },
});
const minutes = (heading: string) => ({ heading, unit: 'minutes' }) as const;
const bookedHours = (title: string): ReportList => ({
  title,
  counted: DATES,
  when: { heading: 'When, with set-up and clean-up', shows: 'span' },
  columns: OF_A_DATE,
  amount: minutes('Minutes'),
});
const openHours = (title: string): ReportList => ({
  title,
  counted: ['stretch', 'stretches'],
  when: { heading: 'When', shows: 'span' },
  columns: ['therapist'],
  amount: minutes('Minutes'),
});
const fullest = (title: string): ReportList => ({
  title,
  counted: DATES,
  when: AT,
  columns: OF_A_DATE,
  amount: minutes('Minutes of massage'),
});

/** The lists behind the figures, by the word in their address. */
export const REPORT_LISTS: Record<ReportListName, ReportList> = {
  completed: dates('Massages that took place'),
  unmarked: dates('Not marked yet: done, or did not come?'),
  dates: dates('Dates that were not cancelled'),
  to_come: dates('Upcoming dates'),
  no_show: dates('Clients who did not come'),
  late_cancel: dates('Cancelled too late'),
  cancelled: dates('Cancelled in time'),
  due: { ...dates('Not paid yet'), amount: { heading: 'Owed', unit: 'money' } },
  payments: {
    ...dates('Payments'),
    counted: ENTRIES,
    columns: OF_AN_ENTRY,
    amount: { heading: 'Paid, tip aside', unit: 'money' },
  },
  tips: { ...dates('Tips'), counted: ENTRIES, columns: OF_AN_ENTRY, amount: { heading: 'Tip', unit: 'money' } },
  first_time: dates('First visits'),
  came_back: dates('First visits with another date within 8 weeks'),
  booked_hours: bookedHours('Hours booked'),
  booked_to_come: bookedHours('Hours booked, upcoming'),
  open_hours: openHours('Hours open'),
  open_to_come: openHours('Hours open, upcoming'),
  fullest_day: fullest('The fullest day'),
  fullest_week: fullest('The fullest week'),
  fullest_deep_day: fullest('The day with the most deep tissue'),
  fullest_deep_week: fullest('The week with the most deep tissue'),
  clients: clients('Clients who came'),
  in_plan: clients('Clients with a plan of several dates'),
  again: clients('Clients who came again, without a plan'),
  once: clients('Clients who came once so far'),
  ended_plans: plans('Plans that came to an end'),
  kept_plans: plans('Plans kept from the first date to the last'),
  desk_bookings: {
    title: 'Booked at the desk',
    counted: ['booking', 'bookings'],
    when: { heading: 'Booked on', shows: 'time' },
    columns: OF_A_DATE,
    amount: { heading: 'Dates', unit: 'times', counted: DATES },
  },
  page_reads: pages('Question pages read'),
  page_follows: pages('Question pages followed to booking'),
};

type RawParams = Record<string, string | string[] | undefined>;

/** The filter in the address of a list. A name that nobody has matches no row. */
export function parseReportFilter(raw: RawParams): ReportFilter {
  const idOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 128) : undefined);
  const numberOf = (value: unknown, most: number) =>
    typeof value === 'string' && /^\d{1,2}$/.test(value) && Number(value) <= most ? Number(value) : undefined;
  return {
    ...{ therapistId: idOf(raw.with), serviceId: idOf(raw.massage), slug: idOf(raw.page) },
    way: PAYMENT_METHODS.find((way) => way === raw.way),
    ...{ weekday: numberOf(raw.weekday, 6) as Weekday | undefined, hour: numberOf(raw.hour, 23) },
  };
}

/** The same filter as an address has it. */
export function toReportFilterQuery({ therapistId, serviceId, way, slug, weekday, hour }: ReportFilter): string {
  const named = { with: therapistId, massage: serviceId, way, page: slug, weekday, hour };
  return Object.entries(named)
    .flatMap(([name, value]) => (value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`]))
    .join('');
}

export function isReportList(name: unknown): name is ReportListName {
  return typeof name === 'string' && Object.hasOwn(REPORT_LISTS, name);
}
