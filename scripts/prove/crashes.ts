import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from '@/db/connection/sqlite-library';
import {
  type ApiAnswer,
  type BookedAppointment,
  type BookingRequest,
  book,
  dayFromToday,
  getSeries,
  mapConcurrently,
  openings,
  requestApi,
} from './api-client';
import { assertTrue } from './assert-true';
import { auditOf, startServer } from './server';

// Unplanned ends of a server: killed, its WAL cut short, its database locked, its disk full. Everything that was
// acknowledged must be there afterwards, complete, and nothing else. SQLite only: PostgreSQL keeps its own WAL.

const CALENDAR = { from: 130, days: 200 }; // between two clock changes, where a week is 7 x 24 hours
const WEEK = 7 * 86_400_000;
const READY_WITHIN_MS = 2_000;
const LONGER_AFTER_KILL = 1.5;
const CLIENTS = 6;
const MOST_A_ROUND = 60;

export type KeyedRequest = BookingRequest & { key: string };
export interface AcknowledgedBooking {
  place: KeyedRequest;
  answer: ApiAnswer;
}

/**
 * Times that can all be booked, each alone or with the same time a week later, without any conflict. They are of two
 * therapists: a massage overlaps at most two of the other's, so one of three rooms is always free.
 */
export async function listBookableRequests(address: string): Promise<KeyedRequest[]> {
  const found: KeyedRequest[] = [];
  for (const therapist of ['mira', 'jun']) {
    const open: number[] = [];
    for (let day = 0; day < CALENDAR.days; day += 31) {
      const some = await openings(address, dayFromToday(CALENDAR.from + day), 31, { therapist });
      for (const start of some.map(({ startsAt }) => Date.parse(startsAt))) {
        if (open.length === 0 || start - open.at(-1)! >= 75 * 60_000) open.push(start);
      }
    }
    const free = new Set(open);
    for (const start of open) {
      if (!free.delete(start)) continue;
      const starts = found.length % 3 === 0 && free.delete(start + WEEK) ? [start, start + WEEK] : [start];
      found.push({ therapist, starts: starts.map((at) => new Date(at).toISOString()), key: randomUUID() });
    }
  }
  return found.sort(() => Math.random() - 0.5);
}

/**
 * Books one request after another with so many clients until `stop` says so. Returns what was acknowledged and what was
 * never answered.
 */
export async function bookUnderLoad(address: string, from: KeyedRequest[], stop: () => boolean, clients = CLIENTS) {
  const acknowledged: AcknowledgedBooking[] = [];
  const unanswered: KeyedRequest[] = [];
  const others: ApiAnswer[] = [];
  await mapConcurrently(Array.from({ length: clients }), clients, async () => {
    while (!stop()) {
      const place = from.pop();
      if (!place) return;
      const answer = await book(address, place);
      if (answer.status === 201) acknowledged.push({ place, answer });
      else if (answer.status === 0) unanswered.push(place);
      else others.push(answer);
    }
  });
  return { acknowledged, unanswered, others };
}

export async function assertBookingSurvived(address: string, { place, answer }: AcknowledgedBooking) {
  const { status, body } = await getSeries(address, answer.body.uid!, answer.body.manageToken!);
  assertTrue(status === 200, `an acknowledged booking is lost: its series was answered ${status}`);
  const booked = (body.appointments as BookedAppointment[]).filter((appointment) => appointment.status === 'booked');
  const starts = booked.map(({ startsAt }) => new Date(startsAt).toISOString());
  assertTrue(starts.join() === place.starts.join(), `a series of ${place.starts.length} came back as ${starts.length}`);
}

/** kill -9 at random moments under load, again and again on one file. */
async function killed(folder: string, rounds: number) {
  let env = { DATA_DIR: path.join(folder, 'killed') };
  let server = await startServer(env);
  let bookable = await listBookableRequests(server.address);
  const all: AcknowledgedBooking[] = [];
  const ready: number[] = [];
  let inDoubt = 0;
  let booked = 0;
  for (let round = 1; round <= rounds; round++) {
    if (bookable.length < MOST_A_ROUND) {
      await mapConcurrently(all.splice(0), 8, (change) => assertBookingSurvived(server.address, change));
      await server.end('SIGTERM');
      mustBeClean(env);
      rmSync(env.DATA_DIR, { recursive: true });
      env = { DATA_DIR: path.join(folder, `killed-${round}`) };
      server = await startServer(env);
      bookable = await listBookableRequests(server.address);
    }
    const some = bookable.splice(0, MOST_A_ROUND);
    const { address, end } = server;
    const before = all.length;
    let isDead = false;
    const loading = bookUnderLoad(address, some, () => isDead);
    await wait(20 + Math.random() * 400);
    const closed = end('SIGKILL');
    isDead = true;
    const { acknowledged, unanswered, others } = await loading;
    await closed;
    const odd = others.map(({ status, body }) => `${status} ${JSON.stringify(body.clashes ?? body)}`);
    assertTrue(odd.length === 0, `a free time was answered ${odd[0]}`);
    bookable.push(...some);
    server = await startServer(env);
    ready.push(server.readyMs);
    inDoubt += unanswered.length;
    // A booking may or may not have been committed before its answer was lost: sent again with its key, it is booked
    // once.
    const again = await mapConcurrently(unanswered, 4, async (place) => ({
      place,
      answer: await book(server.address, place),
    }));
    for (const { answer } of again) assertTrue(answer.status === 201, `asked again by its key: ${answer.status}`);
    all.push(...acknowledged, ...again);
    booked += acknowledged.length + again.length;
    const older = Array.from({ length: Math.min(10, before) }, () => all[Math.floor(Math.random() * before)]!);
    await mapConcurrently([...all.slice(before), ...older], 4, (change) =>
      assertBookingSurvived(server.address, change),
    );
    if (round % 50 === 0) console.error(`  … ${round} rounds, ${booked} booked, none lost`);
  }
  await mapConcurrently(all, 8, (change) => assertBookingSurvived(server.address, change));
  await server.end('SIGTERM');
  mustBeClean(env);
  const afterOrderlyEnd: number[] = [];
  for (let k = 0; k < 3; k++) {
    server = await startServer(env);
    afterOrderlyEnd.push(server.readyMs);
    await server.end('SIGTERM');
  }
  const [p50, usual, slowest] = [medianOf(ready), medianOf(afterOrderlyEnd), Math.max(...ready)];
  const late = ready.filter((ms) => ms > READY_WITHIN_MS).length;
  // On a busy machine every start takes longer, so a start after a kill is compared with one after an orderly end.
  const longest = Math.max(READY_WITHIN_MS, LONGER_AFTER_KILL * usual);
  assertTrue(p50 <= longest, `ready again after ${p50} ms (median), and ${usual} ms after an orderly end`);
  return { rounds, booked, inDoubt, readyP50: p50, readyMax: Math.round(slowest), readyAfterOrderlyEnd: usual, late };
}

function medianOf(times: number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!);
}

/** The WAL of a killed server, cut at random places: what remains must be what was committed first. */
async function cutShort(folder: string, cuts: number) {
  const env = { DATA_DIR: path.join(folder, 'cut') };
  await (await startServer(env)).end('SIGTERM'); // what the demo wrote is in the main file from here on
  const server = await startServer(env);
  const file = path.join(env.DATA_DIR, 'fortnight.db');
  const from = await listBookableRequests(server.address);
  const inOrder: string[] = [];
  // One booking after another, stopping before the first checkpoint at 1,000 pages: a frame that was copied into the
  // main file must not be cut.
  while (statSync(`${file}-wal`).size < 3_000_000) {
    const { status, body } = await book(server.address, from.pop()!);
    assertTrue(status === 201, `a free time was answered ${status}`);
    inOrder.push(body.uid!);
  }
  await server.end('SIGKILL');
  const copy = path.join(folder, 'cut-copy', 'fortnight.db');
  mkdirSync(path.dirname(copy));
  const wal = readFileSync(`${file}-wal`);
  let shortest = inOrder.length;
  for (let k = 0; k < cuts; k++) {
    copyFileSync(file, copy);
    rmSync(`${copy}-shm`, { force: true });
    writeFileSync(`${copy}-wal`, wal.subarray(0, Math.floor(Math.random() * wal.length)));
    const handle = new Sqlite(copy);
    const found = handle.pragma('integrity_check', { simple: true });
    const series = new Set(handle.prepare('select id from series').pluck().all());
    handle.close();
    assertTrue(found === 'ok', `a cut WAL left a damaged file: ${found}`);
    const isThere = inOrder.map((uid) => series.has(uid));
    const count = isThere.indexOf(false) < 0 ? isThere.length : isThere.indexOf(false);
    assertTrue(!isThere.slice(count).includes(true), 'a later commit survived an earlier one');
    shortest = Math.min(shortest, count);
    if (k % Math.ceil(cuts / 4) === 0) mustBeClean({ DATABASE_URL: `file:${copy}` });
  }
  return { cuts, commits: inOrder.length, shortest };
}

/** SIGTERM under load: every request that came before it is answered, and all that was acknowledged is there. */
async function stopped(folder: string) {
  const env = { DATA_DIR: path.join(folder, 'stopped') };
  const server = await startServer(env);
  const from = await listBookableRequests(server.address);
  let isStopped = false;
  const loading = bookUnderLoad(server.address, from.slice(0, 400), () => isStopped);
  await wait(400);
  const stopRequestedAt = performance.now();
  const exit = server.end('SIGTERM');
  isStopped = true; // requests under way are the last
  const { acknowledged, unanswered, others } = await loading;
  const code = await exit;
  const duration = performance.now() - stopRequestedAt;
  assertTrue(code === 0, `a stop under load ended with ${code}`);
  assertTrue(unanswered.length === 0, `${unanswered.length} that were asked before the stop were never answered`);
  assertTrue(
    others.every(({ status, headers }) => status === 503 && headers['retry-after']),
    'one was turned away without a word',
  );
  assertTrue(!existsSync(path.join(env.DATA_DIR, 'fortnight.db-wal')), 'the WAL was left behind');
  const next = await startServer(env);
  await mapConcurrently(acknowledged, 8, (change) => assertBookingSurvived(next.address, change));
  await next.end('SIGTERM');
  mustBeClean(env);
  return { answered: acknowledged.length, turnedAway: others.length, ms: Math.round(duration) };
}

/** Another process holds the write lock: writers are told "busy" and when to retry, while readers notice nothing. */
async function lockedOut(folder: string, ms: number) {
  const env = { DATA_DIR: path.join(folder, 'locked') };
  const server = await startServer(env);
  const from = await listBookableRequests(server.address);
  const other = new Sqlite(path.join(env.DATA_DIR, 'fortnight.db'));
  other.exec('BEGIN IMMEDIATE');
  const until = performance.now() + ms;
  const writing = Promise.all(from.slice(0, 4).map((place) => book(server.address, place)));
  const reads: number[] = [];
  while (performance.now() < until) {
    const { status, startedAt, endedAt } = await requestApi('GET', `${server.address}/api/v1/services`);
    assertTrue(status === 200, `a read beside a write lock was answered ${status}`);
    reads.push(endedAt - startedAt);
    await wait(20);
  }
  const refused = await writing;
  for (const { status, headers, startedAt, endedAt } of refused) {
    assertTrue(status === 503 && Boolean(headers['retry-after']), `a write lock was answered ${status}`);
    assertTrue(endedAt - startedAt < 8_000, `a write lock was answered after ${Math.round(endedAt - startedAt)} ms`);
  }
  other.exec('ROLLBACK');
  other.close();
  const after = await mapConcurrently(from.slice(0, 4), 4, (place) => book(server.address, place));
  assertTrue(
    after.every(({ status }) => status === 201),
    'the server did not recover from a write lock',
  );
  await server.end('SIGTERM');
  mustBeClean(env);
  reads.sort((a, b) => a - b);
  return { ms, reads: reads.length, readP99: Math.round(reads[Math.floor(reads.length * 0.99)]!) };
}

/** The disk has no room for another page: simulated for this process by a limit on the size of files. */
async function fullDisk(folder: string) {
  const env = { DATA_DIR: path.join(folder, 'full') };
  const server = await startServer(env);
  const from = await listBookableRequests(server.address);
  const { pid } = server.child;
  const wal = statSync(path.join(env.DATA_DIR, 'fortnight.db-wal')).size;
  if (!limitFileSize(pid!, wal)) {
    await server.end('SIGTERM');
    return { tried: 0 };
  }
  const place = from.pop()!;
  const refused = await book(server.address, place);
  const read = await requestApi('GET', `${server.address}/api/v1/services`);
  limitFileSize(pid!, null);
  const after = await book(server.address, place);
  assertTrue(
    refused.status === 503 && Boolean(refused.headers['retry-after']),
    `a full disk was answered ${refused.status} ${JSON.stringify(refused.body).slice(0, 200)}`,
  );
  assertTrue(read.status === 200, `a read on a full disk was answered ${read.status}`);
  assertTrue(after.status === 201, `with room again it was answered ${after.status}`);
  await server.end('SIGTERM');
  mustBeClean(env);
  return { tried: 1 };
}

function limitFileSize(pid: number, bytes: number | null): boolean {
  return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:`]).status === 0;
}

function mustBeClean(env: Record<string, string>): void {
  const found = auditOf(env);
  assertTrue(found === null, `the audit found: ${found}`);
}

export const CRASH_SCENARIOS: Record<string, (folder: string, isShort: boolean) => Promise<Record<string, number>>> = {
  'killed at random moments': (folder, isShort) => killed(folder, isShort ? 20 : 500),
  'the WAL cut at random places': (folder, isShort) => cutShort(folder, isShort ? 40 : 200),
  'SIGTERM under load': (folder) => stopped(folder),
  'a foreign write lock': (folder, isShort) => lockedOut(folder, isShort ? 6_000 : 10_000),
  'a full disk': (folder) => fullDisk(folder),
};
