import { and, asc, eq, gte, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { appointments, ledgerEntries, ledgerLines, therapists } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { listOpenIntervals } from './open-hours';
import { type DayPeriod, getReportInterval, RECEIVING_ACCOUNTS, startsInPeriodCondition } from './report-conditions';

/** The few figures of a period that are compared with another period; each is counted as in its report. */
export interface PeriodTotals {
  takenCents: number;
  openMinutes: number;
  bookedMinutes: number;
}

const MINUTE = 60_000;

export async function getPeriodTotals(_viewer: Owner, period: DayPeriod): Promise<PeriodTotals> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const span = getReportInterval(timeZone, period);
  const people = await db.select().from(therapists).orderBy(asc(therapists.position));
  const open = await listOpenIntervals(db, people, period, timeZone);
  return {
    takenCents: await sumTaken(db, span),
    openMinutes: open.reduce((total, { start, end }) => total + (end - start) / MINUTE, 0),
    bookedMinutes: await sumBooked(db, span),
  };
}

async function sumTaken(db: Db, { start, end }: Interval): Promise<number> {
  const [found] = await db
    .select({ cents: sql<number>`coalesce(sum(${ledgerLines.amountCents}), 0)`.mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, eq(ledgerLines.entryId, ledgerEntries.id))
    .where(
      and(
        gte(ledgerEntries.at, start),
        lt(ledgerEntries.at, end),
        isNotNull(ledgerEntries.appointmentId),
        inArray(ledgerLines.account, RECEIVING_ACCOUNTS),
      ),
    );
  return found!.cents;
}

async function sumBooked(db: Db, span: Interval): Promise<number> {
  const length = sql<number>`coalesce(sum(${appointments.paddedEndAt} - ${appointments.paddedStartAt}), 0)`;
  const [found] = await db
    .select({ ms: length.mapWith(Number) })
    .from(appointments)
    .where(and(startsInPeriodCondition(span), ne(appointments.status, 'cancelled')));
  return found!.ms / MINUTE;
}
