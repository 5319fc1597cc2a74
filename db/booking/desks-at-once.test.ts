import { inArray } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { appointments } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { moveAsStaff } from './move-as-staff';

// Four desks drag the same few appointments about one day, while clients book that day's times.

const db = setUpTestDatabase({ now: NOW });
const DESKS = [OWNER_VIEWER, DESK_VIEWER, OWNER_VIEWER, DESK_VIEWER];
const DRAGS = 12;
const CLIENTS = 40;
const ON = '2026-12-01';
const HOURS = ['12:00', '13:15', '16:00', '17:15', '18:30'];
const PEOPLE = ['mira', 'jun'];

interface Drag {
  uid: string;
  /** The version that the desk had seen when it dragged. */
  version: number;
  startsAt: number;
  therapistId: string;
}

const book = (k: number, time: string, therapistId: string) => {
  const client = { name: `Client ${k}`, email: `client-${k}@example.org` };
  return bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(ON, time), { client, therapistId }), {
    now: NOW - 3_600_000,
  });
};

async function rowsOf(uids: string[]) {
  const { id, version, startAt, therapistId } = appointments;
  return db
    .connection()
    .reader.select({ uid: id, version, startAt, therapistId })
    .from(appointments)
    .where(inArray(id, uids));
}

it('no dates overlap and no change is lost when four desks drag while clients book', async () => {
  const uids: string[] = [];
  for (const [k, therapist] of ['mira', 'jun', 'mira'].entries()) {
    const booked = await book(k, HOURS[k]!, therapist);
    if (!booked.ok) throw new Error(booked.reason);
    uids.push(booked.appointments[0]!.uid);
  }
  const began = new Map((await rowsOf(uids)).map((row) => [row.uid, row]));
  const succeeded: Drag[] = [];
  const answers = new Set<string>();

  const desk = async (n: number) => {
    for (let k = 0; k < DRAGS; k++) {
      const rows = await rowsOf(uids);
      const seen = rows[(k + n) % rows.length]!;
      const to = { startsAt: instantAt(ON, HOURS[(k * 3 + n) % HOURS.length]!), therapistId: PEOPLE[(k + n) % 2]! };
      if (to.startsAt === seen.startAt && to.therapistId === seen.therapistId) continue;
      const drag = { uid: seen.uid, version: seen.version, ...to };
      const answer = await moveAsStaff(DESKS[n]!, { ...drag, scope: 'this', isAcknowledged: true }, { now: NOW });
      answers.add(answer.ok ? 'moved' : answer.reason);
      if (answer.ok) succeeded.push(drag);
    }
  };
  const client = async (k: number) => {
    const answer = await book(100 + k, HOURS[3 + (k % 2)]!, PEOPLE[(k >> 1) % 2]!);
    answers.add(answer.ok ? 'booked' : answer.reason);
  };
  await Promise.all([...DESKS.map((_, n) => desk(n)), ...Array.from({ length: CLIENTS }, (_, k) => client(k))]);

  expect([...answers].filter((answer) => !['moved', 'booked', 'taken', 'conflict'].includes(answer))).toEqual([]);
  expect([...answers]).toEqual(expect.arrayContaining(['moved', 'booked']));
  expect(await audit()).toEqual([]);
  for (const row of await rowsOf(uids)) {
    const own = succeeded.filter(({ uid }) => uid === row.uid).sort((a, b) => a.version - b.version);
    // Two equal versions would mean that one change has overwritten another.
    expect(new Set(own.map(({ version }) => version)).size).toBe(own.length);
    const { startsAt, therapistId } = own.at(-1) ?? { startsAt: began.get(row.uid)!.startAt, ...began.get(row.uid)! };
    expect(row).toMatchObject({ startAt: startsAt, therapistId });
  }
});
