import { getFeedContents } from '../../db/calendars/feed-contents.ts';
import { makeFeed } from '../../db/calendars/feeds.ts';
import { parseBusyTimes } from '../../db/calendars/parse-busy-times.ts';
import { loadDataKeys } from '../../db/connection/data-keys.ts';
import { connectDatabase, setConnectionForTests as serveFrom } from '../../db/connection/database-client.ts';
import { appointments, clients, series } from '../../db/schema/index.ts';
import { formatCalendarFeed } from '../../mail/calendar-feed.ts';
import { engineName, makeDatabase } from './bench-database.mjs';
import { summarise } from './measure.mjs';
import { buildTherapistId, MASSAGE_MINUTES, roomId, SERVICE, seedPractice } from './seed.mjs';

const DAYS = 3 * 365;
const A_DAY = 8;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const RUNS = 40;
/** A calendar from elsewhere, with an hour each day that repeats for ever. */
const TEN_YEARS = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:daily
DTSTAMP:20200101T000000Z
DTSTART;TZID=Europe/Dublin:20200302T100000
DTEND;TZID=Europe/Dublin:20200302T110000
RRULE:FREQ=DAILY
END:VEVENT
END:VCALENDAR`.replaceAll('\n', '\r\n');

/**
 * A therapist's feed over 3 years in which every day is full, from its address to the last byte; the answer to an app
 * that has that feed already; and the busy times of a daily event over 10 years. On SQLite, or on the PostgreSQL server
 * that DATABASE_URL names.
 */
export async function* calendarsFigures() {
  process.env.AUTH_SECRET ??= 'a secret for measuring only, and nothing else';
  process.env.CARE_KEY ??= 'a-care-key-for-measuring-only-and-nothing-else';
  const now = Date.now();
  const { url, drop, analyze } = await makeDatabase();
  const connection = await connectDatabase(url);
  await connection.migrate();
  await loadDataKeys(connection);
  await connection.transact((tx) => seedPractice(tx, now));
  await fill(connection, now);
  await analyze();
  serveFrom(connection);
  try {
    const viewer = { role: 'therapist', userId: 't', email: '', name: '', therapistId: buildTherapistId(0) };
    const { token } = await makeFeed(viewer, undefined, { now });
    const { tag, dates } = await getFeedContents(token, [], { now });
    const common = { unit: 'ms', dates: dates.length, engine: engineName() };
    const renderFeed = async () => formatCalendarFeed(await getFeedContents(token, [], { now }), now);
    yield { name: 'calendar-feed-3y', ...common, bytes: (await renderFeed()).length, ...(await time(renderFeed)) };
    yield {
      name: 'calendar-feed-3y-unchanged',
      ...common,
      ...(await time(() => getFeedContents(token, [tag], { now }))),
    };
    const reach = { from: now, to: now + 10 * 365 * DAY_MS, timeZone: 'Europe/Dublin' };
    const daily = () => parseBusyTimes(TEN_YEARS, reach);
    yield { name: 'calendar-import-10y-daily', unit: 'ms', dates: daily().busy.length, ...(await time(daily)) };
  } finally {
    serveFrom(undefined);
    await connection.close();
    await drop();
  }
}

async function time(work) {
  const times = [];
  for (let run = 0; run < RUNS + 5; run++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return summarise(times.slice(5));
}

/** Fills the therapist's days. The appointments get no claims, because nothing else is booked here. */
async function fill(connection, now) {
  const first = Math.floor(now / DAY_MS - 364) * DAY_MS;
  const common = {
    clientId: 'c',
    therapistId: buildTherapistId(0),
    timeZone: 'Europe/Dublin',
    version: 1,
    createdAt: now,
  };
  const rows = Array.from({ length: DAYS * A_DAY }, (_, k) => {
    const startAt = first + Math.floor(k / A_DAY) * DAY_MS + (9 + (k % A_DAY)) * HOUR_MS;
    const endAt = startAt + MASSAGE_MINUTES * 60_000;
    return {
      ...{
        id: `a${k}`,
        seriesId: `s${Math.floor(k / 8)}`,
        position: (k % 8) + 1,
        roomId: roomId(0),
        serviceId: SERVICE,
      },
      ...{ status: 'booked', startAt, endAt, paddedStartAt: startAt, paddedEndAt: endAt, localStart: '' },
      ...{
        nominalStartAt: startAt,
        minutes: MASSAGE_MINUTES,
        priceCents: 6800,
        currency: 'EUR',
        sequence: 0,
        ...common,
      },
    };
  });
  const client = { id: 'c', name: 'Client', email: 'client@example.org', createdAt: now };
  await connection.transact((tx) => tx.insert(clients).values(client));
  for (let at = 0; at < rows.length; at += 400) {
    const batch = rows.slice(at, at + 400);
    const plan = { cadence: 'weekly', firstOn: '', localTime: '', sessions: 8, ...common };
    const ids = [...new Set(batch.map(({ seriesId }) => seriesId))];
    await connection.transact(async (tx) => {
      await tx.insert(series).values(ids.map((id) => ({ id, ...plan })));
      await tx.insert(appointments).values(batch);
    });
  }
}
