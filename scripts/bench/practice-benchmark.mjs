import { getCalendar } from '../../db/appointments/calendar.ts';
import { loadDataKeys } from '../../db/connection/data-keys.ts';
import { connectDatabase, setConnectionForTests as serveFrom } from '../../db/connection/database-client.ts';
import { planDemoPayments } from '../../db/demo/demo-payments.ts';
import { PRACTICE } from '../../db/demo/demo-practice.ts';
import { buildClientSearchText } from '../../db/input/search-text.ts';
import { findCallers } from '../../db/people/find-callers.ts';
import { listClients } from '../../db/people/find-clients.ts';
import { getPracticeReport } from '../../db/reports/practice-report.ts';
import { listReportRows } from '../../db/reports/report-lists.ts';
import { appointments, clients, ledgerEntries, ledgerLines, series } from '../../db/schema/index.ts';
import { addDays } from '../../scheduling/day.ts';
import { toInstant, toWallTime } from '../../scheduling/zone-conversion.ts';
import { engineName, makeDatabase } from './bench-database.mjs';
import { calendarReads, fillNotices } from './calendar-page.mjs';
import { summarise } from './measure.mjs';
import { buildTherapistId, firstDay, MASSAGE_MINUTES, roomId, SERVICE, seedPractice } from './seed.mjs';

const CLIENTS = 20_000;
const TEAM = 4;
/** Eight massages a day from Monday to Saturday, each with its clean-up. */
const STARTS = ['09:00', '10:15', '11:30', '13:30', '14:45', '16:00', '17:15', '18:30'];
const DAYS = 6;
/** 4 x 8 x 6 massages in each of 261 weeks: 50,112, of which the last twelve weeks are upcoming. */
const WEEKS = 261;
const WEEKS_AHEAD = 12;
const ROWS = 500;
const FIRST = ['Ana', 'Ben', 'Ciarán', 'Dora', 'Eve', 'Finn', 'Gráinne', 'Hugh', 'Ines', 'Jun', 'Kit', 'Lena'];
const LAST = ['Adeyemi', 'Byrne', 'Cole', 'Daly', 'Egan', 'Finn', 'Hart', 'Kovač', 'Ní Bhriain', 'Walsh', 'Young'];
/**
 * What somebody types: a first letter, which finds most clients; a name; the end of a number; an address; nobody's
 * name.
 */
const SEARCHES = ['a', 'ciaran wal', '87 555 12', '9034', 'client-1234', 'zzzz'];
const OWNER = { role: 'owner', userId: 'o', email: 'o@example.org', name: 'O', therapistId: null };
const THERAPIST = { ...OWNER, role: 'therapist', therapistId: buildTherapistId(0) };
const RUNS = 60;

/**
 * A practice of four therapists after five years: what its pages read of 20,000 clients, 50,000 appointments and their
 * payments. On SQLite, or on the PostgreSQL server that DATABASE_URL names, in a database of its own that is dropped
 * afterwards.
 */
export async function* practiceFigures() {
  process.env.AUTH_SECRET ??= 'a secret for measuring only, and nothing else';
  process.env.CARE_KEY ??= 'a-care-key-for-measuring-only-and-nothing-else';
  const now = Date.now();
  const { url, drop } = await makeDatabase();
  const connection = await connectDatabase(url);
  await connection.migrate();
  await loadDataKeys(connection);
  await connection.transact((tx) => seedPractice(tx, now, TEAM));
  await fill(connection, now);
  serveFrom(connection);
  const monday = firstDay(now);
  const { on: today } = toWallTime(PRACTICE.timeZone, now);
  const year = Number(today.slice(0, 4));
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  const month = { from: `${addDays(firstOfMonth, -1).slice(0, 7)}-01`, to: firstOfMonth };
  const lastYear = { from: `${year - 1}-01-01`, to: `${year}-01-01` };
  const searchWords = (run) => SEARCHES[run % SEARCHES.length];
  const pages = {
    'calendar-week-4': () => getCalendar(OWNER, { from: monday, to: addDays(monday, 7), whose: 'everyone' }),
    'calendar-week-past-4': () =>
      getCalendar(OWNER, { from: addDays(monday, -700), to: addDays(monday, -693), whose: 'everyone' }),
    'calendar-page-4-owner': () => readAll(calendarReads(OWNER, now)),
    'calendar-page-4-therapist': () => readAll(calendarReads(THERAPIST, now)),
    'find-clients-20000-owner': (run) => listClients(OWNER, { words: searchWords(run), page: 1 }, { now }),
    'find-clients-20000-therapist': (run) => listClients(THERAPIST, { words: searchWords(run), page: 1 }, { now }),
    'find-callers-20000': (run) => findCallers(OWNER, searchWords(run), { now }),
    'report-month-50000': () => getPracticeReport(OWNER, month, { now }),
    'report-year-50000': () => getPracticeReport(OWNER, lastYear, { now }),
    'report-list-year-50000': () => listReportRows(OWNER, lastYear, 'completed', { now }),
    'report-list-booked-hours-year-50000': () => listReportRows(OWNER, lastYear, 'booked_hours', { now }),
    'report-list-hour-year-50000': () =>
      listReportRows(OWNER, lastYear, 'booked_hours', { now }, { weekday: 2, hour: 16 }),
    'report-list-open-hours-year-50000': () => listReportRows(OWNER, lastYear, 'open_hours', { now }),
    'report-list-clients-year-50000': () => listReportRows(OWNER, lastYear, 'in_plan', { now }),
    'report-list-plans-year-50000': () => listReportRows(OWNER, lastYear, 'ended_plans', { now }),
    'report-list-cap-year-50000': () =>
      listReportRows(OWNER, lastYear, 'fullest_week', { now }, { therapistId: buildTherapistId(0) }),
  };
  try {
    for (const [name, read] of Object.entries(pages)) {
      const times = [];
      const worked = [];
      for (let run = 0; run < RUNS + SEARCHES.length; run++) {
        const before = performance.now();
        const { user, system } = process.cpuUsage();
        await read(run);
        times.push(performance.now() - before);
        const after = process.cpuUsage();
        worked.push((after.user + after.system - user - system) / 1000);
      }
      // CPU time says more than elapsed time where other work waits for the same core. SQLite runs in this process.
      const { p50: cpuP50 } = summarise(worked.slice(SEARCHES.length));
      yield { name, unit: 'ms', ...summarise(times.slice(SEARCHES.length)), cpuP50, engine: engineName() };
    }
  } finally {
    serveFrom(undefined);
    await connection.close();
    await drop();
  }
}

async function readAll(reads) {
  for (const read of Object.values(reads)) await read();
}

async function fill(connection, now) {
  const people = Array.from({ length: CLIENTS }, (_, at) => {
    const name = `${FIRST[at % FIRST.length]} ${LAST[Math.floor(at / FIRST.length) % LAST.length]} ${at}`;
    const person = { name, email: `client-${at}@example.org`, phone: `+35387555${String(at).padStart(4, '0')}` };
    return { id: `client-${at}`, ...person, createdAt: now, searchText: buildClientSearchText(person) };
  });
  const dates = listDates(now);
  const plans = dates.filter(({ position }) => position === 1);
  const sessionsOf = new Map();
  for (const { seriesId } of dates) sessionsOf.set(seriesId, (sessionsOf.get(seriesId) ?? 0) + 1);
  const paid = planDemoPayments(dates);
  await insert(connection, clients, people);
  await insert(
    connection,
    series,
    plans.map(({ seriesId: id, clientId, therapistId, timeZone, localStart, startAt }) => ({
      ...{ id, clientId, therapistId, timeZone, cadence: 'weekly', sessions: sessionsOf.get(id), version: 1 },
      firstOn: localStart.slice(0, 10),
      localTime: localStart.slice(11),
      createdAt: Math.min(now, startAt - 7 * 86_400_000),
    })),
  );
  await insert(connection, appointments, dates);
  await insert(connection, ledgerEntries, paid.entries);
  await insert(connection, ledgerLines, paid.lines);
  await fillNotices(
    (table, rows) => insert(connection, table, rows),
    {
      dates,
      clientEmail: (id) => `${id}@example.org`,
      therapistIds: Array.from({ length: TEAM }, (_, at) => buildTherapistId(at)),
    },
    now,
  );
}

/**
 * Plans of two and of three weekly dates, one after the other at each time. They have no claims: nothing is booked
 * here.
 */
function listDates(now) {
  const { timeZone, currency } = PRACTICE;
  const first = addDays(firstDay(now), (WEEKS_AHEAD - WEEKS) * 7);
  const found = [];
  let plan = 0;
  for (let week = 0; week < WEEKS; week += plan % 2 === 0 ? 2 : 3) {
    const sessions = Math.min(++plan % 2 === 1 ? 3 : 2, WEEKS - week);
    for (let slot = 0; slot < TEAM * DAYS * STARTS.length; slot++) {
      const [at, day, time] = [slot % TEAM, Math.floor(slot / TEAM) % DAYS, STARTS[Math.floor(slot / TEAM / DAYS)]];
      const seriesId = `s-${plan}-${slot}`;
      const clientId = `client-${((plan - 1) * TEAM * DAYS * STARTS.length + slot) % CLIENTS}`;
      for (let k = 0; k < sessions; k++) {
        const on = addDays(first, (week + k) * 7 + day);
        const startAt = toInstant(timeZone, on, time);
        const endAt = startAt + MASSAGE_MINUTES * 60_000;
        const status = endAt > now ? 'booked' : found.length % 40 === 7 ? 'no_show' : 'completed';
        found.push({
          ...{ id: `a-${plan}-${slot}-${k}`, seriesId, clientId, position: k + 1, serviceId: SERVICE, status },
          ...{
            therapistId: buildTherapistId(at),
            nominalTherapistId: buildTherapistId(at),
            roomId: roomId(at),
            startAt,
            endAt,
          },
          ...{ paddedStartAt: startAt, paddedEndAt: endAt + 15 * 60_000, nominalStartAt: startAt, timeZone },
          ...{
            localStart: `${on}T${time}`,
            minutes: MASSAGE_MINUTES,
            priceCents: 6800,
            currency,
            sequence: 0,
            version: 1,
          },
          ...{
            createdAt: Math.min(now, startAt - 7 * 86_400_000),
            ...(status === 'completed' && { completedAt: endAt }),
            ...(status === 'no_show' && { noShowAt: endAt }),
          },
        });
      }
    }
  }
  return found;
}

async function insert(connection, table, rows) {
  for (let from = 0; from < rows.length; from += ROWS) {
    await connection.transact((tx) => tx.insert(table).values(rows.slice(from, from + ROWS)));
  }
}
