import { createHash } from 'node:crypto';
import { and, asc, eq, gt, ne, or, type SQL, sql } from 'drizzle-orm';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import {
  appointments,
  type calendarFeeds,
  clients,
  type FeedDetail,
  rooms,
  series,
  services,
  therapists,
  users,
} from '@/db/schema';
import { processState } from '@/process-state';
import { findFeed } from './feed-tokens';

// What an address shows of the tables, as they are when it is asked. Nothing is written.

const PAST_DAYS = 366;
/** So long a cancelled date is still told of: an app that was away for a holiday learns of it. */
const CANCELLED_DAYS = 30;
/** Raised when the same rows are written in other words, so that apps read them again. */
const WORDING = 1;
const STATES_KEPT = 10_000;

interface FeedState {
  /** Another after every change of what the feed shows. */
  tag: string;
  /** By when that was so, at the latest: the first time that this server was asked for it. */
  since: number;
}

interface ReadFeed extends FeedState {
  kind: 'therapist' | 'room' | 'client';
  detail: FeedDetail;
  ownerName: string;
  practice: { name: string; address: string; timeZone: string };
  dates: FeedDate[];
}

interface FeedDate {
  uid: string;
  start: number;
  end: number;
  sequence: number;
  isCancelled: boolean;
  position: number;
  sessions: number;
  room: string;
  client: string;
  therapist: string;
  service: string;
  hasAlarm: boolean;
}

/** What the address shows; only its state where that is one of those already `seen`. Null: it opens nothing. */
export async function readFeed(
  token: string,
  seen: string[],
  { now }: Clock,
): Promise<ReadFeed | (FeedState & { dates?: undefined }) | null> {
  const db = await reader();
  const found = await findFeed(db, token);
  if (!found) return null;
  const { feed, ownerName } = found;
  const { name, address, timeZone } = await getPractice(db);
  const practice = { name, address, timeZone };
  const isIn = and(
    ownedBy(db, feed),
    gt(appointments.startAt, now - PAST_DAYS * DAY_MS),
    or(ne(appointments.status, 'cancelled'), gt(appointments.cancelledAt, now - CANCELLED_DAYS * DAY_MS)),
  );
  const said = [WORDING, feed.detail, ownerName, practice, await readPrint(db, isIn)];
  const tag = createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 27);
  const state = stateOf(feed.id, tag, now);
  if (seen.includes(tag)) return state;
  const kind = feed.therapistId !== null ? 'therapist' : feed.roomId !== null ? 'room' : 'client';
  return { ...state, kind, detail: feed.detail, ownerName, practice, dates: await listDates(db, isIn) };
}

function ownedBy(db: Db, feed: typeof calendarFeeds.$inferSelect): SQL | undefined {
  if (feed.therapistId !== null) return eq(appointments.therapistId, feed.therapistId);
  if (feed.roomId !== null) return eq(appointments.roomId, feed.roomId);
  if (feed.seriesId !== null) return eq(appointments.seriesId, feed.seriesId);
  // As they see it when they are signed in: all that was booked with their address.
  const address = db
    .select({ email: sql`lower(${users.email})` })
    .from(users)
    .where(eq(users.id, feed.userId!));
  return eq(clients.email, sql`(${address})`);
}

/** What a feed may show of each date. */
function shownOf(db: Db, isIn: SQL | undefined) {
  return db
    .select({
      uid: appointments.id,
      start: appointments.startAt,
      end: appointments.endAt,
      sequence: appointments.sequence,
      status: appointments.status,
      position: appointments.position,
      sessions: series.sessions,
      room: sql<string>`${rooms.name}`.as('room'),
      client: sql<string>`${clients.name}`.as('client'),
      therapist: sql<string>`${therapists.name}`.as('therapist'),
      service: sql<string>`${services.name}`.as('service'),
      hasAlarm: series.hasCalendarAlarm,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(rooms, eq(rooms.id, appointments.roomId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(isIn)
    .as('shown');
}

/** All of it as one text that the database makes: to learn that nothing has changed, no row is read. */
async function readPrint(db: Db, isIn: SQL | undefined): Promise<string> {
  const shown = shownOf(db, isIn);
  const { uid, start, end, sequence, status, position, sessions, room, client, therapist, service, hasAlarm } = shown;
  const columns = [uid, start, end, sequence, status, position, sessions, room, client, therapist, service, hasAlarm];
  const print = sql.join(columns, sql` || '|' || `);
  const [row] = await db
    .select({ print: sql<string | null>`string_agg(${print}, '|' order by ${start}, ${uid})` })
    .from(shown);
  return row?.print ?? '';
}

async function listDates(db: Db, isIn: SQL | undefined): Promise<FeedDate[]> {
  const shown = shownOf(db, isIn);
  const rows = await db.select().from(shown).orderBy(asc(shown.start), asc(shown.uid));
  return rows.map(({ status, ...date }) => ({ ...date, isCancelled: status === 'cancelled' }));
}

/** A change is as old as the first time that it was seen: the tables do not say when a name was changed. */
function stateOf(feedId: string, tag: string, now: number): FeedState {
  const states = processState.feedStates;
  const known = states.get(feedId);
  if (known?.tag === tag) return known;
  if (states.size >= STATES_KEPT) states.clear();
  const state = { tag, since: now };
  states.set(feedId, state);
  return state;
}
