import { beforeEach, describe, expect, it } from 'vitest';
import { completeAppointment, markNoShow } from '@/db/booking/appointment-outcomes';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { countUnmarkedDates, listUnmarkedDates } from './unmarked-dates';

const database = setUpTestDatabase({ now: NOW });
const TODAY_NOON = instantAt('2026-11-23', '12:00');
const today = { todayStart: instantAt('2026-11-23', '00:00') };

beforeEach(() =>
  database.write(async (tx) => {
    const date = { time: '13:00', client: 'nia' } as const;
    await insertTestAppointment(tx, { ...date, id: 'long-ago', therapistId: 'mira', on: '2026-09-01' });
    await insertTestAppointment(tx, { ...date, id: 'mira-1', therapistId: 'mira', on: '2026-11-20' });
    await insertTestAppointment(tx, { ...date, id: 'mira-2', therapistId: 'mira', on: '2026-11-21' });
    await insertTestAppointment(tx, {
      ...date,
      id: 'tom',
      therapistId: 'tom',
      roomId: 'street',
      on: '2026-11-20',
      client: 'ben',
    });
    await insertTestAppointment(tx, {
      ...date,
      id: 'done',
      therapistId: 'mira',
      on: '2026-11-19',
      status: 'completed',
    });
    await insertTestAppointment(tx, {
      ...date,
      id: 'missed',
      therapistId: 'mira',
      on: '2026-11-18',
      status: 'no_show',
    });
    await insertTestAppointment(tx, { ...date, id: 'off', therapistId: 'mira', on: '2026-11-17', status: 'cancelled' });
    await insertTestAppointment(tx, { ...date, id: 'today', therapistId: 'mira', on: '2026-11-23', time: '09:00' });
    // Under way at noon.
    await insertTestAppointment(tx, { ...date, id: 'now', therapistId: 'mira', on: '2026-11-23', time: '11:30' });
    await insertTestAppointment(tx, { ...date, id: 'to-come', therapistId: 'mira', on: '2026-11-24' });
  }),
);

describe('dates that nobody has marked', () => {
  it('are those that are over, the newest first, for the desk and the owner; the notice counts those before today', async () => {
    for (const viewer of [DESK_VIEWER, OWNER_VIEWER]) {
      const found = await listUnmarkedDates(viewer, { now: TODAY_NOON });
      expect(found.map(({ uid }) => uid)).toEqual(['today', 'mira-2', 'tom', 'mira-1', 'long-ago']);
      expect(found[2]).toMatchObject({ clientName: 'ben', startsAt: instantAt('2026-11-20', '13:00'), version: 1 });
      expect(await countUnmarkedDates(viewer, today)).toBe(3); // of the last 30 days
    }
  });

  it('are for a therapist their own', async () => {
    const found = await listUnmarkedDates(therapistViewer('tom'), { now: TODAY_NOON });
    expect(found.map(({ uid }) => uid)).toEqual(['tom']);
    expect(await countUnmarkedDates(therapistViewer('tom'), today)).toBe(1);
  });

  it('are gone once they are marked', async () => {
    expect(await completeAppointment(DESK_VIEWER, 'mira-1', { now: NOW, version: 1 })).toEqual({ ok: true });
    expect(await markNoShow(DESK_VIEWER, 'mira-2', { now: NOW, version: 1 })).toEqual({ ok: true });
    expect((await listUnmarkedDates(DESK_VIEWER, { now: TODAY_NOON })).map(({ uid }) => uid)).toEqual([
      'today',
      'tom',
      'long-ago',
    ]);
    expect(await countUnmarkedDates(DESK_VIEWER, today)).toBe(1);
  });
});
