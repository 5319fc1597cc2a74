import { aliasedTable, and, asc, eq, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { PAYMENT_METHODS, type PaymentMethod } from '@/db/money/build-ledger-entries';
import { sumOwedCents } from '@/db/money/owed';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, type LedgerAccount, ledgerEntries, ledgerLines, services, therapists } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { type ClientCounts, countClients } from './client-counts';
import { CAP_LISTS, CAPS, type CapListName, keepFullestStretch, listCappedMinutes } from './fullest-stretches';
import { sumMinutesByWeekdayHour, type WeekdayHourMinutes } from './hours-by-weekday';
import { keepFrom, keepUntil, listOpenIntervals } from './open-hours';
import { countSources, listQuestionPageFigures, type PageFigures } from './question-page-figures';
import {
  type DayPeriod,
  endedPlans,
  getReportInterval,
  startsInPeriodCondition,
  sumReceived,
  toComeCondition,
  untilNowCondition,
} from './report-conditions';

// How the practice is doing, counted from stored data, for the owner only.

const MINUTE = 60_000;

interface Revenue {
  id: string;
  name: string;
  /** Massages that took place. */
  sessions: number;
  minutes: number;
  /** Money received in the period, for these or other massages, without tips. */
  takenCents: number;
}

export interface PracticeReport {
  currency: string;
  takenCents: number;
  tipCents: number;
  /** Unpaid: massages of the period that took place, and fees for those that did not. */
  dueCents: number;
  byTherapist: Revenue[];
  byService: Revenue[];
  /** What came in by each way of paying, without tips. */
  byWay: { way: PaymentMethod; takenCents: number }[];
  /** Dates of the period until now that were not cancelled: completed, missed or unmarked. */
  dates: number;
  completed: number;
  noShows: number;
  /** Over, and nobody has said whether they took place. */
  unmarked: number;
  cancelled: number;
  lateCancels: number;
  /** Until now, as are the minutes open and booked. */
  hours: WeekdayHourMinutes[];
  openMinutes: number;
  bookedMinutes: number;
  /** What the rest of the period holds. A date that is under way is to come. */
  toCome: { dates: number; openMinutes: number; bookedMinutes: number };
  clients: ClientCounts;
  /** Plans that came to an end in the period, and those of them of which every date took place. */
  series: { ended: number; keptWhole: number };
  pages: PageFigures[];
  bookings: { fromQuestions: number; online: number; desk: number };
  /** The minutes of the fullest day or week, compared with a therapist's cap; `list` names the list behind them. */
  caps: { list: CapListName; id: string; name: string; capMinutes: number; mostMinutes: number }[];
}

export async function getPracticeReport(_viewer: Owner, period: DayPeriod, { now }: Clock): Promise<PracticeReport> {
  const db = await reader();
  const { timeZone, currency } = await getPractice(db);
  const span = getReportInterval(timeZone, period);
  const dates = await countDates(db, span);
  const completed = dates.filter(({ status }) => status === 'completed');
  const cancelled = dates.filter(({ status }) => status === 'cancelled');
  const people = await db.select().from(therapists).orderBy(asc(therapists.position));
  const massages = await db
    .select({ id: services.id, name: services.name })
    .from(services)
    .orderBy(asc(services.position));
  const money = await listMoney(db, span);
  const open = await listOpenIntervals(db, people, period, timeZone);
  const hours = sumMinutesByWeekdayHour(timeZone, keepUntil(open, now), await listTakenIntervals(db, span, now));
  const toCome = await countDatesToCome(db, span, now);
  const takingsOf = (id: string, name: string, field: 'therapistId' | 'serviceId'): Revenue => {
    const own = completed.filter((row) => row[field] === id);
    return {
      id,
      name,
      sessions: sumMany(own),
      minutes: own.reduce((total, { minutes }) => total + minutes, 0),
      takenCents: sumReceived(money.filter((line) => line[field] === id)),
    };
  };
  const isWorthARow = ({ sessions, takenCents }: Revenue) => sessions > 0 || takenCents !== 0;
  const sources = await countSources(db, span);
  return {
    currency,
    takenCents: sumReceived(money),
    tipCents: 0 - sumOfAccount(money, 'tips'),
    dueCents: await sumOwedCents(db, startsInPeriodCondition(span), { now }),
    byTherapist: people.map(({ id, name }) => takingsOf(id, name, 'therapistId')).filter(isWorthARow),
    byService: massages.map(({ id, name }) => takingsOf(id, name, 'serviceId')).filter(isWorthARow),
    byWay: sumByWay(money, await mapTipsByWay(db, span)),
    dates: sumMany(dates) - sumMany(cancelled) - toCome.dates,
    completed: sumMany(completed),
    unmarked: sumMany(dates.filter(({ status }) => status === 'booked')) - toCome.dates,
    noShows: sumMany(dates.filter(({ status }) => status === 'no_show')),
    cancelled: sumMany(cancelled.filter(({ isLateCancel }) => !isLateCancel)),
    lateCancels: sumMany(cancelled.filter(({ isLateCancel }) => isLateCancel)),
    hours,
    openMinutes: hours.reduce((total, { openMinutes }) => total + openMinutes, 0),
    bookedMinutes: hours.reduce((total, { bookedMinutes }) => total + bookedMinutes, 0),
    toCome: {
      ...toCome,
      openMinutes: sumBy(keepFrom(open, now), ({ start, end }) => (end - start) / MINUTE),
    },
    clients: await countClients(db, span),
    series: await countEndedSeries(db, span, now),
    pages: await listQuestionPageFigures(db, period, sources),
    bookings: {
      fromQuestions: sumMany(sources.filter(({ slug }) => slug !== null)),
      online: sumMany(sources.filter(({ slug, source }) => slug === null && source === 'online')),
      desk: sumMany(sources.filter(({ slug, source }) => slug === null && source === 'desk')),
    },
    caps: await listCaps(db, period, people, timeZone),
  };
}

/** A year has thousands of dates, so the database counts them: each row stands for many dates. */
async function countDates(db: Db, span: Interval) {
  const { therapistId, serviceId, status, isLateCancel } = appointments;
  return db
    .select({
      ...{ therapistId, serviceId, status, isLateCancel },
      many: sql<number>`count(*)`.mapWith(Number),
      minutes: sql<number>`sum(${appointments.minutes})`.mapWith(Number),
    })
    .from(appointments)
    .where(startsInPeriodCondition(span))
    .groupBy(therapistId, serviceId, status, isLateCancel);
}

async function countDatesToCome(
  db: Db,
  span: Interval,
  now: number,
): Promise<{ dates: number; bookedMinutes: number }> {
  const length = sql<number>`coalesce(sum(${appointments.paddedEndAt} - ${appointments.paddedStartAt}), 0)`;
  const [found] = await db
    .select({ dates: sql<number>`count(*)`.mapWith(Number), ms: length.mapWith(Number) })
    .from(appointments)
    .where(
      and(
        // The index begins with the padded start; of a period that is over it leaves nothing to read.
        gte(appointments.paddedStartAt, now - LONGEST_APPOINTMENT_MS),
        startsInPeriodCondition(span),
        toComeCondition(now),
      ),
    );
  return { dates: found!.dates, bookedMinutes: found!.ms / MINUTE };
}

/** The time of the dates until now that were not cancelled, with their set-up and clean-up. */
async function listTakenIntervals(db: Db, span: Interval, now: number): Promise<Interval[]> {
  return db
    .select({ start: appointments.paddedStartAt, end: appointments.paddedEndAt })
    .from(appointments)
    .where(and(startsInPeriodCondition(span), untilNowCondition(now)));
}

type Money = Awaited<ReturnType<typeof listMoney>>[number];

/** What each ledger account received in the period, by therapist and massage. */
async function listMoney(db: Db, { start, end }: Interval) {
  return db
    .select({
      account: ledgerLines.account,
      therapistId: appointments.therapistId,
      serviceId: appointments.serviceId,
      amountCents: sql<number>`sum(${ledgerLines.amountCents})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, eq(ledgerLines.entryId, ledgerEntries.id))
    .innerJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .where(and(gte(ledgerEntries.at, start), lt(ledgerEntries.at, end)))
    .groupBy(ledgerLines.account, appointments.therapistId, appointments.serviceId);
}

/** The tips of the period by the way they were paid, below zero as their account has them. */
async function mapTipsByWay(db: Db, { start, end }: Interval): Promise<Map<string, number>> {
  const method = aliasedTable(ledgerLines, 'method');
  const found = await db
    .select({ way: method.account, cents: sql<number>`sum(${ledgerLines.amountCents})`.mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'tips')))
    .innerJoin(method, and(eq(method.entryId, ledgerEntries.id), inArray(method.account, [...PAYMENT_METHODS])))
    .where(and(gte(ledgerEntries.at, start), lt(ledgerEntries.at, end), isNotNull(ledgerEntries.appointmentId)))
    .groupBy(method.account);
  return new Map(found.map(({ way, cents }) => [way, cents]));
}

/** A tip is part of its payment, and its account has the opposite sign. */
function sumByWay(money: Money[], tips: Map<string, number>): PracticeReport['byWay'] {
  return PAYMENT_METHODS.flatMap((way) => {
    const takenCents = sumOfAccount(money, way) + (tips.get(way) ?? 0);
    return takenCents === 0 ? [] : [{ way, takenCents }];
  });
}

function sumOfAccount(money: Money[], account: LedgerAccount): number {
  return sumBy(
    money.filter((line) => line.account === account),
    ({ amountCents }) => amountCents,
  );
}

async function countEndedSeries(db: Db, span: Interval, now: number): Promise<PracticeReport['series']> {
  const standing = endedPlans(db, span, now);
  const [found] = await db
    .select({
      ended: sql<number>`count(*)`.mapWith(Number),
      keptWhole:
        sql<number>`coalesce(sum(case when ${standing.kept} = ${standing.dates} then 1 else 0 end), 0)`.mapWith(Number),
    })
    .from(standing);
  return found!;
}

function sumMany(rows: { many: number }[]): number {
  return sumBy(rows, ({ many }) => many);
}

function sumBy<Row>(rows: Row[], amountOf: (row: Row) => number): number {
  return rows.reduce((total, row) => total + amountOf(row), 0);
}

/** For each cap of each therapist, the minutes of their fullest day or week. */
async function listCaps(
  db: Db,
  period: DayPeriod,
  people: (typeof therapists.$inferSelect)[],
  timeZone: string,
): Promise<PracticeReport['caps']> {
  const caps: PracticeReport['caps'] = [];
  for (const list of CAP_LISTS) {
    const capped = people.flatMap(({ id, name, ...person }) => {
      const capMinutes = person[CAPS[list].column];
      return capMinutes === null ? [] : [{ list, id, name, capMinutes }];
    });
    const rows = capped.length === 0 ? [] : await listCappedMinutes(db, period, timeZone, list);
    for (const cap of capped) {
      const own = rows.filter(({ therapistId }) => therapistId === cap.id);
      caps.push({ ...cap, mostMinutes: keepFullestStretch(timeZone, own, list).minutes });
    }
  }
  return caps;
}
