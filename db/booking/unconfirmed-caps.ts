import { and, count, eq, gt, gte, inArray, isNotNull, isNull, lt, not, notInArray, type SQL, sql } from 'drizzle-orm';
import {
  confirmedEmailAddressCondition,
  filterConfirmedEmailAddresses,
  isConfirmedEmailAddress,
} from '@/db/access/confirmed-email-addresses';
import { exceedsNetworkLimit, senderNetworkCondition } from '@/db/access/hash-ip';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { getDatabaseEngine } from '@/db/engine';
import type { Practice } from '@/db/practice/practice';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { appointments, clients, series } from '@/db/schema';
import { addDays, mondayOf } from '@/scheduling/day';
import { listWorkingPeriodsWithin } from '@/scheduling/working-hours';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';

// Whoever books proves nothing, so a stranger could fill the practice. The open sessions of unconfirmed addresses are
// therefore capped: per sender and day, per e-mail address, and as a share of each therapist's open hours in a week.
// Series booked by staff, or before senders were stored, have no sender and do not count.

const DAY_MS = 24 * 3_600_000;

/** A session of a booking, as the caps count it. */
interface Session {
  therapistId: string;
  startAt: number;
}

interface CapQuery {
  practice: Practice;
  email: string;
  /** As `hashIp` gives it. */
  sender: string;
  sessions: Session[];
  now: number;
}

export function areUnconfirmedCapsOn(viewer: Viewer): boolean {
  return !isStaff(viewer) && process.env.RATE_LIMITS !== 'off';
}

/**
 * Must be called before any time is claimed: on PostgreSQL, each of two bookings at once would otherwise be counted
 * without the other. Holds take the same lock, in the same order.
 */
export async function lockForCapCount(tx: Db): Promise<void> {
  if (getDatabaseEngine(process.env.DATABASE_URL) === 'postgres') await lockCaps(tx);
}

const CAP_LOCK = 16; // any number that no other lock uses
// An advisory lock, because it is granted in the order it was asked for. Of many who wait for a row, some never get it.
const lockCaps = preparedQuery((on) =>
  on.select({ one: sql<number>`1` }).from(sql`pg_advisory_xact_lock(${CAP_LOCK})`),
);

/** Must be called after the sessions are written, so that they are counted too. */
export async function exceedsUnconfirmedCaps(tx: Db, query: CapQuery): Promise<boolean> {
  const { practice, email, sender, now } = query;
  const [ofEmail, isConfirmed] = await sendTogether([
    countOpen(tx, eq(clients.email, email), now),
    isConfirmedEmailAddress(tx, email),
  ]);
  if (ofEmail > practice.unconfirmedPerEmail) return true;
  if (isConfirmed) return false;
  const countOfNetwork = async (pattern: string, most: number) => {
    const ofToday = and(senderNetworkCondition(series.sender, pattern), gt(appointments.createdAt, now - DAY_MS));
    // It is slow to check whether each address is confirmed, and unnecessary while there are few sessions.
    const all = await countOpen(tx, ofToday, now);
    return all <= most ? all : countOpen(tx, and(ofToday, unconfirmedAddressCondition(tx)), now);
  };
  const exceeded = await sendTogether([
    exceedsNetworkLimit(sender, practice.unconfirmedPerSender, countOfNetwork),
    exceedsTherapistUnconfirmedCap(tx, query),
  ]);
  return exceeded.includes(true);
}

/** The client's address and the sender of a series to which the caps apply; null where they do not. */
export async function findSenderSubjectToCaps(
  tx: Db,
  viewer: Viewer,
  seriesId: string,
): Promise<Pick<CapQuery, 'email' | 'sender'> | null> {
  if (!areUnconfirmedCapsOn(viewer)) return null;
  const [found] = await tx
    .select({ email: clients.email, sender: series.sender })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), unconfirmedSeriesCondition, unconfirmedAddressCondition(tx)));
  return found ? { email: found.email, sender: found.sender! } : null;
}

async function countOpen(tx: Db, condition: SQL | undefined, now: number): Promise<number> {
  const [found] = await tx
    .select({ sessions: count() })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(appointments, eq(appointments.seriesId, series.id))
    .where(and(unconfirmedSeriesCondition, upcomingBookedCondition(now), condition));
  return found?.sessions ?? 0;
}

/** Dates of one address that are about to be moved or cancelled. */
interface PlannedChanges {
  email: string;
  changes: { id: string; therapistId: string; startAt: number; paddedStartAt: number; paddedEndAt: number }[];
  cancelled: string[];
}

/**
 * Whether a therapist would have too many unconfirmed sessions in one week. A week's first session is always allowed.
 * `planned` changes count as if they were written already.
 */
export async function exceedsTherapistUnconfirmedCap(
  tx: Db,
  query: Pick<CapQuery, 'practice' | 'sessions' | 'now'> & { planned?: PlannedChanges },
): Promise<boolean> {
  const { practice, sessions, now, planned = { email: '', changes: [], cancelled: [] } } = query;
  const changing = [...planned.changes.map(({ id }) => id), ...planned.cancelled];
  const { timeZone, unconfirmedWeekPercent } = practice;
  const weekOf = (instant: number) => mondayOf(toWallTime(timeZone, instant).on);
  const startOf = (on: string) => getDayInterval(timeZone, on).start;
  const mondays = sessions.map(({ startAt }) => weekOf(startAt)).sort();
  const therapistIds = [...new Set(sessions.map(({ therapistId }) => therapistId))];
  const [first, end] = [mondays[0]!, addDays(mondays.at(-1)!, 7)];
  const upcoming = await tx
    .select({
      therapistId: appointments.therapistId,
      startAt: appointments.startAt,
      padded: sql<number>`${appointments.paddedEndAt} - ${appointments.paddedStartAt}`,
      email: clients.email,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(
      and(
        inArray(appointments.therapistId, therapistIds),
        gte(appointments.paddedStartAt, startOf(first) - DAY_MS),
        lt(appointments.paddedStartAt, startOf(end)),
        unconfirmedSeriesCondition,
        upcomingBookedCondition(now),
        changing.length > 0 ? notInArray(appointments.id, changing) : undefined,
      ),
    );
  for (const { therapistId, startAt, paddedStartAt, paddedEndAt } of planned.changes)
    upcoming.push({ therapistId, startAt, padded: paddedEndAt - paddedStartAt, email: planned.email });
  const keyOf = ({ therapistId, startAt }: Session) => `${weekOf(startAt)} ${therapistId}`;
  const byWeek = new Map<string, typeof upcoming>(sessions.map((session) => [keyOf(session), []]));
  for (const entry of upcoming) byWeek.get(keyOf(entry))?.push(entry);
  const fuller = [...byWeek].filter(([, inWeek]) => inWeek.length > 1);
  if (fuller.length === 0) return false;

  const emails = fuller.flatMap(([, inWeek]) => inWeek.map(({ email }) => email));
  const confirmed = await filterConfirmedEmailAddresses(tx, emails);
  const { therapists } = await getEffectiveHoursOfTherapists(tx, therapistIds, addDays(first, -1), addDays(end, 1));
  return fuller.some(([week, inWeek]) => {
    const held = inWeek.filter(({ email }) => !confirmed.has(email));
    if (held.length <= 1) return false;
    const [monday = '', ...id] = week.split(' ');
    const span = { from: startOf(monday), to: startOf(addDays(monday, 7)) };
    const hours = therapists.get(id.join(' ')) ?? { weeklyHours: {}, overrides: [] };
    const open = listWorkingPeriodsWithin({ timeZone, ...hours, ...span }).reduce(
      (sum, interval) => sum + interval.end - interval.start,
      0,
    );
    return held.reduce((sum, { padded }) => sum + Number(padded), 0) * 100 > open * unconfirmedWeekPercent;
  });
}

/** A series that a visitor booked and that is not confirmed. */
export const unconfirmedSeriesCondition = and(isNotNull(series.sender), isNull(series.confirmedAt))!;

export function upcomingBookedCondition(now: number): SQL {
  return and(eq(appointments.status, 'booked'), gt(appointments.startAt, now))!;
}

export function unconfirmedAddressCondition(db: Db): SQL {
  return not(confirmedEmailAddressCondition(db, clients.email));
}
