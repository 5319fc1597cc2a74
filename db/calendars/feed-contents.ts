import { createHash } from 'node:crypto';
import { and, asc, eq, gt, ne, or, type SQL, sql } from 'drizzle-orm';
import { roomResourceName, therapistResourceName } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getLanguageOfAddress, getLanguageOfSeries } from '@/db/messages/reader-language';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { DAY_MS, RETENTION } from '@/db/retention';
import {
  appointments,
  calendarDepartures,
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
import type { FeedDate } from '@/scheduling/feed-date';
import type { MailLanguage } from '@/scheduling/mail-language';
import { findFeedByToken } from './feed-tokens';

// What a feed shows: read from the tables at each request. Nothing is written.

const PAST_DAYS = 366;
/** Raise this when the wording of unchanged rows changes, so that apps read them again. */
const WORDING = 2;
const STATES_KEPT = 10_000;

interface FeedState {
  /** Different after every change of what the feed shows. */
  tag: string;
  /** The latest time at which the feed can have changed to this: when this server first saw it. */
  since: number;
}

interface ReadFeed extends FeedState {
  kind: 'therapist' | 'room' | 'client';
  detail: FeedDetail;
  ownerName: string;
  practice: { name: string; address: string; timeZone: string; language: MailLanguage };
  dates: FeedDate[];
}

/** What a feed shows; only its state if its tag is among those already `seen`. Null: the token opens no feed. */
export async function getFeedContents(
  token: string,
  seen: string[],
  { now }: Clock,
): Promise<ReadFeed | (FeedState & { dates?: undefined }) | null> {
  const db = await reader();
  const found = await findFeedByToken(db, token);
  if (!found) return null;
  const { feed, ownerName } = found;
  const { name, address, timeZone } = await getPractice(db);
  const practice = { name, address, timeZone, language: await languageOf(db, feed) };
  const [text, names] = await Promise.all([readRows(db, feed, now), readNames(db)]);
  const listedNames = Object.values(names).map((each) => [...each]);
  const key = JSON.stringify([WORDING, feed.detail, ownerName, practice, listedNames]);
  const tag = createHash('sha256').update(key).update(text).digest('base64url').slice(0, 27);
  const state = stateOf(feed.id, tag, now);
  if (seen.includes(tag)) return state;
  const kind = feed.therapistId !== null ? 'therapist' : feed.roomId !== null ? 'room' : 'client';
  const dates = text === '' ? [] : text.split(ROW_ENDS).map((row) => dateIn(row, names));
  return { ...state, kind, detail: feed.detail, ownerName, practice, dates };
}

/** The client's language for feeds of clients, the practice's for all others. */
async function languageOf(db: Db, { seriesId, userId }: Feed): Promise<MailLanguage> {
  if (seriesId !== null) return getLanguageOfSeries(db, seriesId);
  const [user] = userId === null ? [] : await db.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return user ? getLanguageOfAddress(db, user.email.toLowerCase()) : (await getPractice(db)).mailLanguage;
}

function ownedBy(db: Db, feed: Feed): SQL | undefined {
  if (feed.therapistId !== null) return eq(appointments.therapistId, feed.therapistId);
  if (feed.roomId !== null) return eq(appointments.roomId, feed.roomId);
  if (feed.seriesId !== null) return eq(appointments.seriesId, feed.seriesId);
  // The same dates that the client sees when signed in: all that were booked with their address.
  const address = db
    .select({ email: sql`lower(${users.email})` })
    .from(users)
    .where(eq(users.id, feed.userId!));
  return eq(clients.email, sql`(${address})`);
}

// Names cannot contain control characters (db/input/clean-text.ts).
const FIELD_ENDS = '\u001f';
const ROW_ENDS = '\u001e';

type Feed = typeof calendarFeeds.$inferSelect;

/**
 * All dates of a feed as one text built by the database. The tag is a hash of it, and it costs a tenth of reading as
 * many rows.
 */
async function readRows(db: Db, feed: Feed, now: number): Promise<string> {
  // An app that was offline during a holiday still learns of cancellations.
  const cancelledSince = now - RETENTION.cancelledInFeedDays * DAY_MS;
  const parts = [await readDates(db, feed, now, cancelledSince), await readDepartures(db, feed, cancelledSince)];
  return parts.filter((part) => part !== '').join(ROW_ENDS);
}

async function readDates(db: Db, feed: Feed, now: number, cancelledSince: number): Promise<string> {
  const since = now - PAST_DAYS * DAY_MS;
  const { id, startAt, status } = appointments;
  const [found] = await db
    .select({
      text: sql<string | null>`string_agg(${rowText(appointments, status)}, ${ROW_ENDS} order by ${startAt}, ${id})`,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        ownedBy(db, feed),
        // The first condition is for the index; the second one decides.
        gt(appointments.paddedStartAt, since - DAY_MS),
        gt(startAt, since),
        or(ne(status, 'cancelled'), gt(appointments.cancelledAt, cancelledSince)),
      ),
    );
  return found?.text ?? '';
}

/**
 * Dates that moved to another therapist or room, as they were here: for readers of this calendar they are cancelled.
 */
async function readDepartures(db: Db, { therapistId, roomId }: Feed, since: number): Promise<string> {
  const resourceId =
    therapistId !== null ? therapistResourceName(therapistId) : roomId !== null ? roomResourceName(roomId) : null;
  if (resourceId === null) return '';
  const { startAt, leftAt } = calendarDepartures;
  const row = rowText(calendarDepartures, sql`'cancelled'`);
  const [found] = await db
    .select({ text: sql<string | null>`string_agg(${row}, ${ROW_ENDS} order by ${startAt}, ${appointments.id})` })
    .from(calendarDepartures)
    .innerJoin(appointments, eq(appointments.id, calendarDepartures.appointmentId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        eq(calendarDepartures.resourceId, resourceId),
        gt(leftAt, since),
        // A date that has moved back is among the dates again.
        therapistId !== null ? ne(appointments.therapistId, therapistId) : ne(appointments.roomId, roomId!),
      ),
    );
  return found?.text ?? '';
}

/** One date, in the form that `dateIn` reads. `when`: the table that holds its time. */
function rowText(when: typeof appointments | typeof calendarDepartures, status: SQL | typeof appointments.status): SQL {
  const { id, position, roomId, therapistId, serviceId } = appointments;
  const flag = sql`case when ${series.hasCalendarAlarm} then 1 else 0 end`;
  const numbers = [when.startAt, when.endAt, when.sequence, position, series.sessions, flag];
  const columns = [id, status, roomId, therapistId, serviceId, clients.name, ...numbers];
  return sql.join(columns, sql` || ${FIELD_ENDS} || `);
}

interface Names {
  rooms: Map<string, string>;
  therapists: Map<string, string>;
  services: Map<string, string>;
}

/** The names of rooms, therapists and massages, by id. */
async function readNames(db: Db): Promise<Names> {
  const namesOf = async (table: typeof rooms | typeof therapists | typeof services) => {
    const found = await db.select({ id: table.id, name: table.name }).from(table).orderBy(asc(table.id));
    return new Map(found.map(({ id, name }) => [id, name]));
  };
  const [ofRooms, ofTherapists, ofServices] = await Promise.all([rooms, therapists, services].map(namesOf));
  return { rooms: ofRooms!, therapists: ofTherapists!, services: ofServices! };
}

/** A feed has thousands of dates: each is read field by field, without intermediate lists or objects. */
function dateIn(row: string, names: Names): FeedDate {
  const fields = row.split(FIELD_ENDS);
  return {
    uid: fields[0]!,
    isCancelled: fields[1] === 'cancelled',
    room: names.rooms.get(fields[2]!)!,
    therapist: names.therapists.get(fields[3]!)!,
    service: names.services.get(fields[4]!)!,
    client: fields[5]!,
    start: Number(fields[6]),
    end: Number(fields[7]),
    sequence: Number(fields[8]),
    position: Number(fields[9]),
    sessions: Number(fields[10]),
    hasAlarm: fields[11] === '1',
  };
}

/** A change counts from the first time that this server saw it: the tables do not record when a name was changed. */
function stateOf(feedId: string, tag: string, now: number): FeedState {
  const states = processState.feedStates;
  const known = states.get(feedId);
  if (known?.tag === tag) return known;
  if (states.size >= STATES_KEPT) states.clear();
  const state = { tag, since: now };
  states.set(feedId, state);
  return state;
}
