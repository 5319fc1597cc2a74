import { randomUUID } from 'node:crypto';
import {
  type BookedAppointment,
  book,
  cancel,
  dayFromToday,
  getSeries,
  mapConcurrently,
  move,
  type Opening,
  openings,
  requestApi,
} from './api-client';
import { assertTrue } from './assert-true';
import type { BookedInterval, History, Span } from './history';
import { findContradictions } from './history';

// Races for time over HTTP. Each takes the addresses of one or more servers on one database, spreads its clients over
// them, and throws an error in words when the outcome is impossible. `clients` is how many there are at once.

export interface RaceContext {
  addresses: string[];
  clients: number;
  /** A distant day for each call, a week after the last, that no other race uses. */
  nextDay(): string;
}

const PADDED_MS = 75 * 60_000; // an hour and its clean-up
const HOUR = 3_600_000;
const at = (arena: RaceContext, k: number) => arena.addresses[k % arena.addresses.length]!;
const many = <T>(count: number, task: (k: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, k) => task(k)));

/** How often each status came; throws on a status that must never come. */
function tally(answers: { status: number; body: unknown }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  const bad = answers.find(({ status }) => status !== 201 && status !== 200 && status !== 409);
  const body = JSON.stringify(bad?.body ?? '').slice(0, 300);
  assertTrue(!bad, `an answer was ${bad?.status}: ${body} (${JSON.stringify(counts)})`);
  return counts;
}

function onlyOne(answers: { status: number; body: unknown }[], what: string): void {
  const { 201: won = 0 } = tally(answers);
  assertTrue(won === 1, `${what}: ${won} of ${answers.length} were booked, not 1`);
}

async function emptyDay(arena: RaceContext, therapist: string): Promise<Opening[]> {
  for (let tries = 0; tries < 20; tries++) {
    const found = await openings(at(arena, 0), arena.nextDay(), 7, { therapist });
    if (found.length > 20) return found;
  }
  throw new Error(`${therapist} has no free week left to race for`);
}

async function oneStart(arena: RaceContext) {
  const [{ startsAt }] = (await emptyDay(arena, 'mira')) as [Opening];
  const answers = await many(arena.clients, (k) => book(at(arena, k), { therapist: 'mira', starts: [startsAt] }));
  onlyOne(answers, 'one start');
  const times = answers.map(({ startedAt, endedAt }) => endedAt - startedAt).sort((a, b) => a - b);
  return {
    p50: Math.round(times[Math.floor(times.length / 2)]!),
    p99: Math.round(times[Math.floor(times.length * 0.99)]!),
  };
}

async function unequalStarts(arena: RaceContext) {
  const first = (await emptyDay(arena, 'jun')).find(({ startsAt }, k, all) =>
    // The next four quarter hours are free too, so each of these starts could be booked alone.
    all
      .slice(k + 1, k + 5)
      .every((opening, n) => Date.parse(opening.startsAt) - Date.parse(startsAt) === (n + 1) * 900_000),
  );
  assertTrue(first !== undefined, 'no hour was open in quarters');
  const quarter = (n: number) => new Date(Date.parse(first.startsAt) + n * 900_000).toISOString();
  const answers = await many(arena.clients / 4, (k) =>
    book(at(arena, k), { therapist: 'jun', starts: [quarter(k % 4)], minutes: [60, 30, 60][k % 3] }),
  );
  const bookedAppointments = answers.filter(({ status }) => status === 201).flatMap(({ body }) => body.appointments!);
  tally(answers);
  assertTrue(bookedAppointments.length >= 1, 'of overlapping starts none was booked');
  const sorted = bookedAppointments.map(({ startsAt, endsAt }) => ({
    from: Date.parse(startsAt),
    to: Date.parse(endsAt) + 900_000,
  }));
  sorted.sort((a, b) => a.from - b.from);
  const isApart = sorted.every(({ from }, k) => k === 0 || from >= sorted[k - 1]!.to);
  assertTrue(isApart, 'starts that overlap were both booked');
}

async function anyTherapist(arena: RaceContext) {
  const week = await openings(at(arena, 0), arena.nextDay(), 7);
  const most = week.reduce((best, opening) => (opening.therapists.length > best.therapists.length ? opening : best));
  const free = most.therapists.length;
  const answers = await many(arena.clients / 4, (k) =>
    book(at(arena, k), { therapist: 'any', starts: [most.startsAt] }),
  );
  const { 201: won = 0 } = tally(answers);
  assertTrue(won === free, `any of ${free} free therapists: ${won} were booked`);
  return { free };
}

async function moveAgainstBook(arena: RaceContext) {
  const [from, ...rest] = (await emptyDay(arena, 'aoife')) as [Opening, ...Opening[]];
  const to = rest.find(({ startsAt }) => Date.parse(startsAt) - Date.parse(from.startsAt) >= PADDED_MS)!;
  const toMove = await book(at(arena, 0), { therapist: 'aoife', starts: [from.startsAt] });
  assertTrue(toMove.status === 201, `the one to be moved was answered ${toMove.status}`);
  const uid = toMove.body.appointments![0]!.uid;
  const answers = await many(arena.clients / 8, (k) =>
    k === 2
      ? move(at(arena, k), uid, toMove.body.manageToken!, to.startsAt)
      : book(at(arena, k), { therapist: 'aoife', starts: [to.startsAt] }),
  );
  const { 201: booked = 0, 200: moved = 0 } = tally(answers);
  assertTrue(booked + moved === 1, `one time went to ${booked} bookings and ${moved} moves`);
  const seen = await getSeries(at(arena, 1), toMove.body.uid!, toMove.body.manageToken!);
  const startsNow = Date.parse((seen.body.appointments as BookedAppointment[])[0]!.startsAt);
  assertTrue(
    startsNow === Date.parse(moved ? to.startsAt : from.startsAt),
    'the moved one is not where it was told to be',
  );
}

async function swap(arena: RaceContext) {
  const [opening, ...rest] = (await emptyDay(arena, 'mira')) as [Opening, ...Opening[]];
  const other = rest.find(({ startsAt }) => Date.parse(startsAt) - Date.parse(opening.startsAt) >= PADDED_MS)!;
  const pair = await many(2, (k) => book(at(arena, k), { therapist: 'mira', starts: [[opening, other][k]!.startsAt] }));
  const answers = await many(8, (k) => {
    const { body } = pair[k % 2]!;
    return move(at(arena, k), body.appointments![0]!.uid, body.manageToken!, [other, opening][k % 2]!.startsAt);
  });
  const counts = tally(answers);
  assertTrue(counts[409] === 8, `two who each want the other's time were answered ${JSON.stringify(counts)}`);
}

async function sharedDate(arena: RaceContext) {
  const week = await emptyDay(arena, 'jun');
  const weekly = (startsAt: string, shift: number) => {
    const starts = Array.from({ length: 4 }, (_, k) => Date.parse(startsAt) + (k + shift) * 7 * 24 * HOUR);
    return starts.map((start) => new Date(start).toISOString());
  };
  const days = (await openings(at(arena, 0), week[0]!.startsAt.slice(0, 10), 1, { therapist: 'jun' }))[0]!;
  const answers = await many(arena.clients / 8, (k) =>
    book(at(arena, k), { therapist: 'jun', starts: weekly(days.startsAt, k % 2 ? 0 : 3) }),
  );
  for (let spent = 0; spent < 7; spent++) arena.nextDay();
  onlyOne(answers, 'series that share one date');
  const won = answers.find(({ status }) => status === 201)!;
  assertTrue(won.body.appointments!.length === 4, 'a series was booked in part');
}

async function oneKey(arena: RaceContext) {
  const [{ startsAt }] = (await emptyDay(arena, 'aoife')) as [Opening];
  const key = randomUUID();
  const answers = await many(24, (k) => book(at(arena, k), { therapist: 'aoife', starts: [startsAt], key }));
  const { 201: won } = tally(answers);
  const series = new Set(answers.map(({ body }) => body.uid));
  assertTrue(won === 24 && series.size === 1, `one key was answered 201 ${won} times, with ${series.size} series`);
  const other = await book(at(arena, 1), { therapist: 'aoife', starts: [startsAt], key, name: 'Somebody Else' });
  assertTrue(other.status === 422 && other.body.code === 'idempotency_mismatch', 'a key was used for two bodies');
}

/** All clients book, move, cancel and read back for a while; then the whole history is checked for contradictions. */
async function everything(arena: RaceContext, operations: number) {
  const week = await emptyDay(arena, 'mira');
  const history: History = { intervals: [], refusals: [], readBacks: [] };
  const ownBookings: { interval: BookedInterval; uid: string; token: string; series: string }[] = [];
  const spanOf = ({ startedAt, endedAt, status }: Span & { status: number }) => ({
    startedAt,
    endedAt,
    isCertain: status === 200 || status === 201,
  });
  const placeOf = (startsAt: string) => {
    const from = Date.parse(startsAt);
    return { resource: 'mira', from, to: from + PADDED_MS };
  };
  const pick = <T>(from: T[]) => from[Math.floor(Math.random() * from.length)]!;
  const tasks = Array.from({ length: operations }, (_, k) => k);
  await mapConcurrently(tasks, arena.clients / 8, async (_, k) => {
    const address = at(arena, k);
    const entry =
      Math.random() < 0.5 ? ownBookings.splice(Math.floor(Math.random() * ownBookings.length), 1)[0] : undefined;
    const { startsAt } = pick(week);
    if (!entry) {
      const answer = await book(address, { therapist: 'mira', starts: [startsAt] });
      tally([answer]);
      if (answer.status === 409) {
        history.refusals.push({ ...placeOf(startsAt), startedAt: answer.startedAt, endedAt: answer.endedAt });
        return;
      }
      const [{ uid }] = answer.body.appointments as [BookedAppointment];
      const interval: BookedInterval = { id: `${uid}/0`, ...placeOf(startsAt), booked: spanOf(answer), freed: null };
      history.intervals.push(interval);
      ownBookings.push({ interval, uid, token: answer.body.manageToken!, series: answer.body.uid! });
    } else if (Math.random() < 0.4) {
      const answer = await cancel(address, entry.uid, entry.token);
      tally([answer]);
      assertTrue(answer.status === 200, 'what was booked could not be cancelled');
      entry.interval.freed = spanOf(answer);
    } else if (Math.random() < 0.5) {
      const answer = await move(address, entry.uid, entry.token, startsAt);
      tally([answer]);
      if (answer.status === 200) {
        const [uid, moves] = entry.interval.id.split('/');
        const interval = {
          id: `${uid}/${Number(moves) + 1}`,
          ...placeOf(startsAt),
          booked: spanOf(answer),
          freed: null,
        };
        entry.interval.freed = spanOf(answer);
        history.intervals.push(interval);
        entry.interval = interval;
      }
      ownBookings.push(entry);
    } else {
      const readBacks = await many(2, (n) => getSeries(at(arena, k + n), entry.series, entry.token));
      for (const { status, body, startedAt, endedAt } of readBacks) {
        assertTrue(status === 200, `a booking read back was answered ${status}`);
        const [seen] = body.appointments as [BookedAppointment];
        const isThere = seen.status === 'booked' && Date.parse(seen.startsAt) === entry.interval.from;
        history.readBacks.push({ id: entry.interval.id, isThere, startedAt, endedAt });
      }
      ownBookings.push(entry);
    }
  });
  const [first, ...more] = findContradictions(history);
  assertTrue(!first, `${first}${more.length ? `, and ${more.length} more` : ''}`);
  return { booked: history.intervals.length, refused: history.refusals.length, readBacks: history.readBacks.length };
}

/** Reads beside a race must not fail either. */
async function readsGoOn(arena: RaceContext) {
  const answers = await many(arena.clients / 8, (k) =>
    requestApi('GET', `${at(arena, k)}/api/v1/openings?service=swedish&minutes=60&from=${dayFromToday(30)}&days=1`),
  );
  tally(answers);
}

export const RACES: Record<string, (arena: RaceContext, operations: number) => Promise<unknown>> = {
  'clients on one start': oneStart,
  'starts that overlap and are not equal': unequalStarts,
  'any therapist, as many as are free': anyTherapist,
  'moving there against booking there': moveAgainstBook,
  'each moving to where the other is': swap,
  'series that share one date': sharedDate,
  'one key, many times': oneKey,
  'everything at once, held against its history': everything,
  'reads beside it': readsGoOn,
};
