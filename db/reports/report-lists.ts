import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import { unmarkedCondition } from '@/db/appointments/unmarked-dates';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { PaymentMethod } from '@/db/money/build-ledger-entries';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments } from '@/db/schema';
import type { Weekday } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { ClientStanding } from './client-counts';
import { type CapListName, isCapList, keepFullestStretch, listCappedMinutes } from './fullest-stretches';
import { keepHour, listBookedHours, listOpenHours } from './hour-lists';
import { listDue, listPayments } from './money-lists';
import { listClientRows, listDeskBookings, listEndedPlans, listPageCounts } from './people-lists';
import {
  cameBackCondition,
  type DayPeriod,
  firstVisitCondition,
  getReportInterval,
  RECEIVING_ACCOUNTS,
  startsInPeriodCondition,
  toComeCondition,
  untilNowCondition,
} from './report-conditions';
import { type ReportRow, selectDateRows } from './report-rows';

// The rows that a figure of the report counts, for the owner only.

/** Dates, with their price. */
type DateListName =
  | 'completed'
  | 'unmarked'
  | 'dates'
  | 'to_come'
  | 'no_show'
  | 'late_cancel'
  | 'cancelled'
  | 'first_time'
  | 'came_back';

export type ReportListName =
  | DateListName
  | 'due'
  | 'payments'
  | 'tips'
  | 'booked_hours'
  | 'open_hours'
  | 'booked_to_come'
  | 'open_to_come'
  | CapListName
  | 'clients'
  | ClientStanding
  | 'ended_plans'
  | 'kept_plans'
  | 'desk_bookings'
  | 'page_reads'
  | 'page_follows';

/** Restricts a list. */
export interface ReportFilter {
  therapistId?: string | undefined;
  serviceId?: string | undefined;
  /** How it was paid, for payments and tips. */
  way?: PaymentMethod | undefined;
  /** 0 is Sunday. Used with `hour`, for booked or open hours. */
  weekday?: Weekday | undefined;
  hour?: number | undefined;
  /** A page of the library. */
  slug?: string | undefined;
}

/** The appointments, payments, hours, clients or plans that one figure counts. */
export async function listReportRows(
  _viewer: Owner,
  period: DayPeriod,
  list: ReportListName,
  clock: Clock,
  filter: ReportFilter = {},
): Promise<ReportRow[]> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const span = getReportInterval(timeZone, period);
  const { therapistId, serviceId, way, slug } = filter;
  const isWanted = (row: ReportRow) =>
    (therapistId === undefined || row.therapistId === therapistId) &&
    (serviceId === undefined || row.serviceId === serviceId) &&
    (way === undefined || row.way === way) &&
    (slug === undefined || row.slug === slug);
  const wanted = (await listAllRows(db, period, span, timeZone, list, clock)).filter(isWanted);
  if (isCapList(list)) return keepFullestStretch(timeZone, wanted, list).rows;
  const { weekday, hour } = filter;
  return weekday === undefined || hour === undefined ? wanted : keepHour(timeZone, wanted, { weekday, hour });
}

async function listAllRows(
  db: Db,
  period: DayPeriod,
  span: Interval,
  timeZone: string,
  list: ReportListName,
  { now }: Clock,
): Promise<ReportRow[]> {
  switch (list) {
    case 'due':
      return listDue(db, span, { now });
    case 'payments':
      return listPayments(db, span, RECEIVING_ACCOUNTS, 1);
    case 'tips':
      return listPayments(db, span, ['tips'], -1);
    case 'booked_hours':
      return listBookedHours(db, span, untilNowCondition(now));
    case 'booked_to_come':
      return listBookedHours(db, span, toComeCondition(now));
    case 'open_hours':
    case 'open_to_come':
      return listOpenHours(db, period, timeZone, { isToCome: list === 'open_to_come', now });
    case 'fullest_day':
    case 'fullest_week':
    case 'fullest_deep_day':
    case 'fullest_deep_week':
      return listCappedMinutes(db, period, timeZone, list);
    case 'clients':
    case 'in_plan':
    case 'again':
    case 'once':
      return listClientRows(db, span, list === 'clients' ? null : list);
    case 'ended_plans':
    case 'kept_plans':
      return listEndedPlans(db, span, { isKeptWhole: list === 'kept_plans', now });
    case 'desk_bookings':
      return listDeskBookings(db, span);
    case 'page_reads':
    case 'page_follows':
      return listPageCounts(db, period, timeZone, list === 'page_reads' ? 'read' : 'followed');
    default:
      return listDates(db, span, list, now);
  }
}

async function listDates(db: Db, span: Interval, list: DateListName, now: number): Promise<ReportRow[]> {
  const conditions: Record<DateListName, SQL | undefined> = {
    completed: eq(appointments.status, 'completed'),
    unmarked: unmarkedCondition(now),
    dates: untilNowCondition(now),
    to_come: toComeCondition(now),
    no_show: eq(appointments.status, 'no_show'),
    late_cancel: and(eq(appointments.status, 'cancelled'), eq(appointments.isLateCancel, true)),
    cancelled: and(eq(appointments.status, 'cancelled'), eq(appointments.isLateCancel, false)),
    first_time: and(eq(appointments.status, 'completed'), firstVisitCondition(db)),
    came_back: and(eq(appointments.status, 'completed'), firstVisitCondition(db), cameBackCondition(db)),
  };
  const rows = await selectDateRows(db)
    .where(and(startsInPeriodCondition(span), conditions[list]))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  if (list !== 'first_time' && list !== 'came_back') return rows;
  // Two dates side by side are both a first visit, but of one client.
  const seen = new Set<string>();
  return rows.filter(({ clientId }) => !seen.has(clientId) && seen.add(clientId));
}
