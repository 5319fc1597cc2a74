import { and, eq, gt, inArray } from 'drizzle-orm';
import { listStandingTimes } from '@/db/availability/standing-times';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { appointments, series } from '@/db/schema';
import type { Cadence } from '@/scheduling/cadence';
import { addDays, daysBetween } from '@/scheduling/day';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import type { Notification } from '@/scheduling/notification-types';
import type { StandingTime } from '@/scheduling/standing-times';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Alternatives for a client whose dates the practice cancelled, or whose time is not free to be booked again. They are
// looked up when the e-mail is sent.

/** A time that could be booked instead: one massage, or several in a rhythm. */
export interface AlternativeTime {
  /** The plan that its reader comes from. */
  seriesId: string;
  start: number;
  on: string;
  time: string;
  therapistId: string;
  therapist: string;
  serviceId: string;
  minutes: number;
  sessions: number;
  cadence: Cadence;
}

type Row = typeof appointments.$inferSelect;
/** What the client of a plan is not offered: the withheld massages, and therapists other than the suitable ones. */
export type FindHealthLimits = (
  seriesId: string,
) => Promise<{ held: { serviceId: string }[]; trained: { therapistIds: string[] } | null } | null>;

interface OfferQuery {
  now: number;
  limits: Awaited<ReturnType<FindHealthLimits>>;
  /** The days on which the practice cancelled a date: it has just said that it cannot give a massage then. */
  givenUpDays: Set<string>;
}

/** What an alternative should be near to. */
type Like = Pick<Row, 'serviceId' | 'minutes' | 'therapistId' | 'startAt'>;
type FollowUp = Extract<Notification, { kind: 'follow_up' }>;

const MOST = 3;
const MINUTE = 60_000;
const DAY = 86_400_000;
/** The earliest alternative from now: the client needs time to read and answer. */
const SOONEST_MS = 3 * 60 * MINUTE;
/** Single dates are searched this many days before and after the one that is gone. */
const AROUND = 7;

/**
 * Up to three alternatives to what the practice cancelled, or to what cannot be booked again, the nearest first; none
 * for any other message.
 */
export async function listAlternativeTimes(
  notification: Notification,
  now: number,
  findLimits: FindHealthLimits,
): Promise<AlternativeTime[]> {
  if (notification.kind === 'follow_up') return listNearAgain(notification, now, findLimits);
  const uids = givenUpByPractice(notification);
  if (uids.length === 0) return [];
  const db = await reader();
  const rows = await db
    .select()
    .from(appointments)
    .where(inArray(appointments.id, uids))
    .orderBy(appointments.startAt, appointments.id);
  const [first] = rows;
  if (!first) return [];
  const [plan] = await db.select().from(series).where(eq(series.id, first.seriesId));
  const isPlan =
    rows.length > 1 && plan!.cadence !== 'once' && rows.every(({ serviceId }) => serviceId === first.serviceId);
  const { timeZone } = await getPractice();
  const givenUpDays = new Set(rows.map(({ startAt }) => toWallTime(timeZone, startAt).on));
  const query = { now, limits: await findLimits(first.seriesId), givenUpDays };
  const found = isPlan ? await listPlans(first, plan!.cadence, rows.length, query) : await listDates(db, first, query);
  return named(found, {
    seriesId: first.seriesId,
    ...{ serviceId: first.serviceId, minutes: first.minutes, sessions: isPlan ? rows.length : 1 },
    cadence: isPlan ? plan!.cadence : 'once',
  });
}

/** The alternatives nearest to a plan's time that cannot be booked again, with the same massage and rhythm. */
async function listNearAgain(
  { again, seriesUid }: FollowUp,
  now: number,
  findLimits: FindHealthLimits,
): Promise<AlternativeTime[]> {
  if (again.held?.state !== 'taken') return [];
  const { timeZone } = await getPractice();
  const like = { ...again, startAt: toInstant(timeZone, again.on, again.time) };
  const query = { now, limits: await findLimits(seriesUid), givenUpDays: new Set<string>() };
  return named(await listPlans(like, again.cadence, again.sessions, query), { ...again, seriesId: seriesUid });
}

async function named(
  found: { start: number; standing: StandingTime }[],
  plan: Pick<AlternativeTime, 'seriesId' | 'serviceId' | 'minutes' | 'sessions' | 'cadence'>,
): Promise<AlternativeTime[]> {
  const { seriesId, serviceId, minutes, sessions, cadence } = plan;
  const names = new Map((await listTherapists()).map(({ id, name }) => [id, name]));
  return found.map(({ start, standing }) => ({
    ...{ start, on: standing.firstOn, time: standing.time, therapistId: standing.therapistId },
    therapist: names.get(standing.therapistId) ?? standing.therapistId,
    ...{ seriesId, serviceId, minutes, sessions, cadence },
  }));
}

function givenUpByPractice(notification: Notification): string[] {
  if (!('audience' in notification) || notification.audience !== 'client') return [];
  const changed = new Set(notification.changed);
  return notification.series.appointments
    .filter(({ uid, cancelledBy }) => changed.has(uid) && cancelledBy === 'practice')
    .map(({ uid }) => uid);
}

/** The same massage on other days near this one. */
async function listDates(db: Db, row: Row, query: OfferQuery) {
  const { now } = query;
  const practice = await getPractice(db);
  const { on } = toWallTime(practice.timeZone, row.startAt);
  const today = toWallTime(practice.timeZone, now).on;
  const early = addDays(on, -AROUND);
  const from = early < today ? today : early;
  const weeks = [from, addDays(from, 7), addDays(from, 14)].filter(
    (day) => daysBetween(on, day) <= AROUND || day === from,
  );
  const found: StandingTime[] = [];
  for (const day of weeks) found.push(...(await listOpen(row, 'once', 1, day, query)));
  const own = await listOwn(db, row, now);
  const near = found
    .map((standing) => ({ standing, start: standing.occurrences[0]!.start }))
    .filter(({ start }) => start >= now + SOONEST_MS)
    .filter(({ start }) => !own.some((other) => intervalsOverlap(other, { start, end: start + row.minutes * MINUTE })));
  return nearest(near, row);
}

/** Plans of as many dates with the same massage and rhythm, all free, from about the first date on. */
async function listPlans(first: Like, cadence: Cadence, sessions: number, query: OfferQuery) {
  const { now } = query;
  const { timeZone } = await getPractice();
  const { on } = toWallTime(timeZone, first.startAt);
  const today = toWallTime(timeZone, now).on;
  const open = await listOpen(first, cadence, sessions, on < today ? today : on, query);
  const openForAll = open
    .filter((standing) => standing.open === sessions)
    .map((standing) => ({ standing, start: standing.occurrences[0]!.start }))
    .filter(({ start }) => start >= now + SOONEST_MS);
  return nearest(openForAll, first);
}

async function listOpen(
  first: Like,
  cadence: Cadence,
  sessions: number,
  from: string,
  { now, limits, givenUpDays }: OfferQuery,
): Promise<StandingTime[]> {
  const isOffered = (await listServicesBookableOnline()).some(({ id }) => id === first.serviceId);
  if (!isOffered || limits?.held.some(({ serviceId }) => serviceId === first.serviceId)) return [];
  const serviceIds = Array.from({ length: sessions }, () => first.serviceId);
  const among = limits?.trained?.therapistIds;
  const found = await listStandingTimes({ serviceIds, minutes: first.minutes, cadence, from, among }, now);
  const standingTimes = found.ok ? found.standingTimes : [];
  return standingTimes.filter(
    ({ open, occurrences }) => open > 0 && !occurrences.some(({ on }) => givenUpDays.has(on)),
  );
}

/**
 * The nearest to the former time, preferring the same therapist; each on a different day, as far as there are enough.
 */
function nearest<T extends { start: number; standing: StandingTime }>(found: T[], row: Like): T[] {
  const farness = ({ start, standing }: T) => {
    const days = Math.round(Math.abs(start - row.startAt) / DAY);
    const hours = Math.abs(((start - row.startAt) % DAY) / (60 * MINUTE));
    return days + Math.min(hours, 24 - hours) / 4 + (standing.therapistId === row.therapistId ? 0 : 0.5);
  };
  const ranked = [...found].sort((a, b) => farness(a) - farness(b) || a.start - b.start);
  const chosen: T[] = [];
  for (const each of ranked)
    if (chosen.every(({ standing }) => standing.firstOn !== each.standing.firstOn)) chosen.push(each);
  const isOther = (each: T) => chosen.slice(0, MOST).every(({ start }) => start !== each.start);
  const firsts = chosen.slice(0, MOST);
  return [...firsts, ...ranked.filter((each) => !firsts.includes(each) && isOther(each))].slice(0, MOST);
}

/** The client's other appointments: nobody can have two massages at once. */
function listOwn(db: Db, { clientId }: Row, now: number): Promise<Interval[]> {
  return db
    .select({ start: appointments.startAt, end: appointments.endAt })
    .from(appointments)
    .where(and(eq(appointments.clientId, clientId), eq(appointments.status, 'booked'), gt(appointments.endAt, now)));
}
