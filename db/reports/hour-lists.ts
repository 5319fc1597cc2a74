import { and, asc } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, therapists } from '@/db/schema';
import { type Weekday, weekdayOf } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';
import { sumMinutesByWeekdayHour } from './hours-by-weekday';
import { keepFrom, keepUntil, listOpenIntervals } from './open-hours';
import { type DayPeriod, startsInPeriodCondition, type untilNowCondition } from './report-conditions';
import { type ReportRow, selectDateRows } from './report-rows';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Each of these dates, with its minutes including set-up and clean-up. */
export async function listBookedHours(
  db: Db,
  span: Interval,
  isCounted: ReturnType<typeof untilNowCondition>,
): Promise<ReportRow[]> {
  const rows = await selectDateRows(db)
    .where(and(startsInPeriodCondition(span), isCounted))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return rows.map((row) => {
    const { paddedStart: at, paddedEnd: until } = row;
    return { ...row, at, until, amount: (until - at) / MINUTE };
  });
}

/** When each therapist worked until now, or will work from now on, without their time off. */
export async function listOpenHours(
  db: Db,
  period: DayPeriod,
  timeZone: string,
  { isToCome, now }: { isToCome: boolean; now: number },
): Promise<ReportRow[]> {
  const people = await db.select().from(therapists).orderBy(asc(therapists.position));
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  const open = await listOpenIntervals(db, people, period, timeZone);
  return (isToCome ? keepFrom(open, now) : keepUntil(open, now))
    .sort((a, b) => a.start - b.start)
    .map(({ therapistId, start, end }) => ({
      id: `${therapistId} ${start}`,
      at: start,
      until: end,
      appointmentId: null,
      therapistId,
      serviceId: null,
      clientId: null,
      client: null,
      therapist: nameOf.get(therapistId)!,
      service: null,
      amount: (end - start) / MINUTE,
    }));
}

/** Reduces each row to the minutes within one hour of one weekday, by the practice's clock. */
export function keepHour(
  timeZone: string,
  rows: ReportRow[],
  { weekday, hour }: { weekday: Weekday; hour: number },
): ReportRow[] {
  return rows.flatMap((row) => {
    const { on, time } = toWallTime(timeZone, row.at);
    const beginsAfter = Number(time.slice(0, 2)) > hour && weekdayOf(on) === weekday;
    const isShort = (row.until ?? row.at) - row.at < DAY;
    // Most rows are on another day or begin too late: only rows that may reach into the hour are split by hours.
    if (isShort && (beginsAfter || ![weekday, (weekday + 6) % 7].includes(weekdayOf(on)))) return [];
    const hours = sumMinutesByWeekdayHour(timeZone, [], [{ start: row.at, end: row.until ?? row.at }]);
    const found = hours.find((cell) => cell.weekday === weekday && cell.hour === hour);
    return found ? [{ ...row, amount: found.bookedMinutes }] : [];
  });
}
