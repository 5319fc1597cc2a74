import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it } from 'vitest';
import { claimCells, releaseHolds } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { connectDatabase, reader } from '@/db/connection/database-client';
import Sqlite from '@/db/connection/sqlite-library';
import { getPractice } from '@/db/practice/practice';
import * as schema from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { gatherAvailabilityContext } from './availability-context';
import { listBusyIntervals } from './busy-intervals';

const now = Date.UTC(2026, 10, 23, 9);
const database = setUpTestDatabase({ now });
const { write } = database;
const DAY = '2026-12-01';
/** Mira, and the room in which she is booked. */
const MIRA = { therapistIds: ['mira'], roomIds: ['loft'] };
const day = { start: instantAt(DAY, '00:00'), end: instantAt('2026-12-02', '00:00') };

it('reads the padded time of appointments that are booked, done or missed, for the therapist and the room', async () => {
  await write(async (tx) => {
    const planted = { on: DAY, therapistId: 'mira', roomId: 'loft' };
    await insertTestAppointment(tx, { ...planted, id: 'a', time: '12:00' });
    await insertTestAppointment(tx, { ...planted, id: 'b', time: '14:00', status: 'completed' });
    await insertTestAppointment(tx, { ...planted, id: 'c', time: '16:00', status: 'no_show' });
    await insertTestAppointment(tx, { ...planted, id: 'd', time: '18:00', status: 'cancelled' });
  });
  const { therapists, rooms } = await listBusyIntervals(await reader(), day, MIRA, now);
  const booked = [
    { start: instantAt(DAY, '12:00'), end: instantAt(DAY, '13:15') },
    { start: instantAt(DAY, '14:00'), end: instantAt(DAY, '15:15') },
    { start: instantAt(DAY, '16:00'), end: instantAt(DAY, '17:15') },
  ];
  expect(therapists.get('mira')?.toSorted((a, b) => a.start - b.start)).toEqual(booked);
  expect(rooms.get('loft')?.toSorted((a, b) => a.start - b.start)).toEqual(booked);
});

it('includes what was booked since the last read, and returns lists that cannot be modified', async () => {
  const read = async () => (await listBusyIntervals(await reader(), day, MIRA, now)).therapists.get('mira');
  const planted = { on: DAY, therapistId: 'mira' };
  await write((tx) => insertTestAppointment(tx, { ...planted, id: 'a', time: '12:00' }));
  const first = await read();
  expect(() => first!.push({ start: 0, end: 1 })).toThrow(TypeError);
  expect(await read()).toHaveLength(1);
  await write((tx) => insertTestAppointment(tx, { ...planted, id: 'b', time: '14:00' }));
  expect(await read()).toHaveLength(2);
});

it('reads resources that nobody asked about before, and leaves out all others', async () => {
  await write(async (tx) => {
    await insertTestAppointment(tx, { id: 'a', on: DAY, time: '12:00', therapistId: 'mira', roomId: 'loft' });
    await insertTestAppointment(tx, { id: 'b', on: DAY, time: '12:00', therapistId: 'tom', roomId: 'garden' });
  });
  const booked = [{ start: instantAt(DAY, '12:00'), end: instantAt(DAY, '13:15') }];
  const read = async (therapistIds: string[], roomIds: string[]) => {
    const { therapists, rooms } = await listBusyIntervals(await reader(), day, { therapistIds, roomIds }, now);
    return [Object.fromEntries(therapists), Object.fromEntries(rooms)];
  };
  expect(await read(['mira'], ['loft'])).toEqual([{ mira: booked }, { loft: booked }]);
  expect(await read(['mira', 'tom'], ['garden'])).toEqual([{ mira: booked, tom: booked }, { garden: booked }]);
  expect(await read(['jun'], [])).toEqual([{ jun: [] }, {}]);
});

it('includes what reaches into the window, and leaves out what only touches it', async () => {
  await write(async (tx) => {
    const planted = { therapistId: 'mira', minutes: 30 };
    await insertTestAppointment(tx, { ...planted, id: 'a', on: '2026-11-30', time: '23:30' });
    await insertTestAppointment(tx, { ...planted, id: 'b', on: '2026-11-30', time: '22:30' });
    await insertTestAppointment(tx, { ...planted, id: 'c', on: '2026-12-02', time: '00:15' });
    await insertTestTimeOff(tx, 'tom', ['2026-11-20', '00:00'], [DAY, '06:00']);
    await insertTestTimeOff(tx, 'jun', ['2026-12-02', '00:00'], ['2026-12-03', '00:00']);
  });
  const { therapists, timeOff } = await listBusyIntervals(
    await reader(),
    day,
    { therapistIds: ['mira', 'tom', 'jun'], roomIds: [] },
    now,
  );
  expect(therapists.get('mira')).toEqual([{ start: instantAt('2026-11-30', '23:30'), end: instantAt(DAY, '00:15') }]);
  expect(timeOff.get('tom')).toEqual([{ start: instantAt('2026-11-20', '00:00'), end: instantAt(DAY, '06:00') }]);
  expect(timeOff.has('jun')).toBe(false);
});

it('counts a hold of a therapist or a room only until it expires', async () => {
  const held = { ownerUid: 'h', kind: 'hold' as const, start: instantAt(DAY, '18:00'), end: instantAt(DAY, '18:10') };
  await write(async (tx) => {
    await claimCells(tx, [{ ...held, resourceId: 'therapist:mira', expiresAt: now + 1000 }], now);
    await claimCells(tx, [{ ...held, resourceId: 'room:loft', expiresAt: now + 1000 }], now);
  });
  const cells = [
    { start: instantAt(DAY, '18:00'), end: instantAt(DAY, '18:05') },
    { start: instantAt(DAY, '18:05'), end: instantAt(DAY, '18:10') },
  ];
  const live = await listBusyIntervals(await reader(), day, MIRA, now);
  expect([live.therapists.get('mira'), live.rooms.get('loft')]).toEqual([cells, cells]);
  const later = await listBusyIntervals(await reader(), day, MIRA, now + 1000);
  expect([later.therapists.get('mira'), later.rooms.get('loft')]).toEqual([[], []]);
  await write((tx) => releaseHolds(tx, ['h']));
});

it('finds everything that decides free time by index, and scans no table that grows', async () => {
  if (database.connection().engine !== 'sqlite') return; // PostgreSQL plans by how full a table is
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-plan-'));
  const file = path.join(folder, 'fortnight.db');
  const migrated = await connectDatabase(`file:${file}`);
  await migrated.migrate();
  await migrated.close();
  const handle = new Sqlite(file);
  const request: { query: string; params: unknown[] }[] = [];
  const listening = drizzle(handle, {
    schema,
    logger: { logQuery: (query, params) => request.push({ query, params }) },
  });
  const practice = await getPractice();
  const span = { from: DAY, to: '2027-02-23' };
  await gatherAvailabilityContext(listening as unknown as Db, {
    practice,
    therapistIds: ['mira', 'jun'],
    roomIds: ['loft', 'garden'],
    ...span,
    now,
  });
  const steps = request.flatMap(({ query, params }) => [
    ...(handle.prepare(`explain query plan ${query}`).iterate(...params) as Iterable<{ detail: string }>),
  ]);
  handle.close();
  rmSync(folder, { recursive: true });
  const read = steps.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH) /.test(detail));
  expect(read.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
  for (const index of ['appointments_therapist', 'appointments_room'])
    expect(read.some((detail) => detail.startsWith(`SEARCH appointments USING COVERING INDEX ${index}`))).toBe(true);
  expect(read.map((detail) => detail.split(' ')[1])).toEqual(
    expect.arrayContaining(['appointments', 'time_off', 'claims', 'working_hours', 'overrides', 'holidays']),
  );
});
