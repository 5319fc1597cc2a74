import {
  aliasedTable,
  and,
  eq,
  exists,
  gt,
  gte,
  inArray,
  lt,
  lte,
  ne,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { appointments, type LedgerAccount } from '@/db/schema';
import { daysBetween, isDay } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { getDayInterval } from '@/scheduling/zone-conversion';

// Defines what counts as within a period, as a first visit and as money received: the same for a figure and for the
// list behind it.

const MOST_DAYS = 366;
const BACK_WITHIN = 56 * 86_400_000;

/** Local days; `to` is the day after the last one. */
export interface DayPeriod {
  from: string;
  to: string;
}

export function getReportInterval(timeZone: string, { from, to }: DayPeriod): Interval {
  if (!isDay(from) || !isDay(to) || from >= to || daysBetween(from, to) > MOST_DAYS)
    throw new RangeError(`A report is of 1 to ${MOST_DAYS} days, not of ${from} to ${to}.`);
  return { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
}

export const startsInPeriodCondition = ({ start, end }: Interval) =>
  and(
    // The index begins with the padded start.
    gte(appointments.paddedStartAt, start - LONGEST_APPOINTMENT_MS),
    lt(appointments.paddedStartAt, end),
    gte(appointments.startAt, start),
    lt(appointments.startAt, end),
  );

/**
 * Booked, and not over yet. The figures of a period that is not over leave these out and name them apart, so that what
 * took place, what did not and what nobody has marked add up.
 */
export const toComeCondition = (now: number) => and(eq(appointments.status, 'booked'), gt(appointments.endAt, now));

/** Neither cancelled nor to come. */
export const untilNowCondition = (now: number) =>
  and(ne(appointments.status, 'cancelled'), or(ne(appointments.status, 'booked'), lte(appointments.endAt, now)));

/** This client had no massage before. */
export function firstVisitCondition(db: Db): SQL {
  const earlier = aliasedTable(appointments, 'earlier');
  const found = db
    .select({ id: earlier.id })
    .from(earlier)
    .where(
      and(
        eq(earlier.clientId, appointments.clientId),
        eq(earlier.status, 'completed'),
        lt(earlier.startAt, appointments.startAt),
      ),
    );
  return sql`not exists ${found}`;
}

/** The client has another date within eight weeks of this one. */
export function cameBackCondition(db: Db): SQL {
  const next = aliasedTable(appointments, 'next');
  const found = db
    .select({ id: next.id })
    .from(next)
    .where(
      and(
        eq(next.clientId, appointments.clientId),
        inArray(next.status, ['booked', 'completed']),
        gt(next.startAt, appointments.startAt),
        lt(next.startAt, sql`${appointments.startAt} + ${BACK_WITHIN}`),
      ),
    );
  return exists(found);
}

export const RECEIVING_ACCOUNTS: LedgerAccount[] = ['cash', 'card', 'transfer', 'other', 'tips'];

/**
 * Money received, without tips: a tip is part of the payment, and also stands in its own account with the opposite
 * sign.
 */
export function sumReceived(money: { account: LedgerAccount; amountCents: number }[]): number {
  return money
    .filter(({ account }) => RECEIVING_ACCOUNTS.includes(account))
    .reduce((total, { amountCents }) => total + amountCents, 0);
}

/**
 * Plans of several dates that came to an end in the period: one row for each, with the number of dates that took place.
 * A plan ends with the last of its dates that was not cancelled, once that is over, so one that is broken off ends with
 * the last date before that. Where all were cancelled, it ended when the last was cancelled.
 */
export function endedPlans(db: Db, span: Interval, now: number) {
  const inPeriod = db
    .selectDistinct({ id: appointments.seriesId })
    .from(appointments)
    .where(startsInPeriodCondition(span));
  const brokenOffInPeriod = db
    .selectDistinct({ id: appointments.seriesId })
    .from(appointments)
    .where(and(gte(appointments.cancelledAt, span.start), lt(appointments.cancelledAt, span.end)));
  const lastOf = (instant: SQLWrapper) =>
    sql<number>`coalesce(max(case when ${appointments.status} <> 'cancelled' then ${instant} end), max(${appointments.cancelledAt}))`;
  const last = lastOf(appointments.startAt);
  const dates = sql<number>`count(*)`;
  return db
    .select({
      seriesId: appointments.seriesId,
      last: last.mapWith(Number).as('last_start'),
      dates: dates.mapWith(Number).as('dates'),
      kept: sql<number>`sum(case when ${appointments.status} = 'completed' then 1 else 0 end)`
        .mapWith(Number)
        .as('kept_dates'),
    })
    .from(appointments)
    .where(or(inArray(appointments.seriesId, inPeriod), inArray(appointments.seriesId, brokenOffInPeriod)))
    .groupBy(appointments.seriesId)
    .having(and(gt(dates, 1), gte(last, span.start), lt(last, span.end), lte(lastOf(appointments.endAt), now)))
    .as('standing');
}
