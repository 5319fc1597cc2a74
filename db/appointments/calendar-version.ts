import { and, count, gt, gte, lt, sum } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { appointments, dayNotes, externalBusyTimes, timeOff } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { getDayInterval } from '@/scheduling/zone-conversion';
import { LONGEST_APPOINTMENT_MS } from './longest-appointment-ms';

/**
 * A number that changes with every change to one week of the practice. Two screens that show a week poll it to learn of
 * changes. It does not say what changed, and its cost grows with the rows of the week.
 */
export async function getCalendarVersion(_viewer: Staff, monday: string): Promise<number> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const start = getDayInterval(timeZone, monday).start;
  const sunday = addDays(monday, 7);
  const end = getDayInterval(timeZone, sunday).start;
  const [[booked], [off], [external], [noted]] = await Promise.all([
    // A cancelled appointment keeps its row, and every change of a row raises its version.
    db
      .select({ rows: count(), versions: sum(appointments.version) })
      .from(appointments)
      .where(and(gte(appointments.paddedStartAt, start - LONGEST_APPOINTMENT_MS), lt(appointments.paddedStartAt, end))),
    db
      .select({ rows: count(), starts: sum(timeOff.startAt), ends: sum(timeOff.endAt) })
      .from(timeOff)
      .where(and(lt(timeOff.startAt, end), gt(timeOff.endAt, start))),
    db
      .select({ rows: count(), starts: sum(externalBusyTimes.startAt), ends: sum(externalBusyTimes.endAt) })
      .from(externalBusyTimes)
      .where(and(lt(externalBusyTimes.startAt, end), gt(externalBusyTimes.endAt, start))),
    db
      .select({ rows: count(), versions: sum(dayNotes.version), changes: sum(dayNotes.updatedAt) })
      .from(dayNotes)
      .where(and(gte(dayNotes.on, monday), lt(dayNotes.on, sunday))),
  ]);
  const facts = [
    booked?.rows,
    booked?.versions,
    off?.rows,
    off?.starts,
    off?.ends,
    external?.rows,
    external?.starts,
    external?.ends,
    noted?.rows,
    noted?.versions,
    noted?.changes,
  ];
  return facts.reduce<number>((sum, fact) => (sum * 31 + (Number(fact ?? 0) % PRIME)) % PRIME, 0);
}

const PRIME = 2_147_483_647;
