import { describe, expect, it } from 'vitest';
import type { AuditAction } from '@/db/access/audit-actions';
import { recordEvent } from '@/db/access/audit-trail';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { listHistory } from './history';

const db = setUpTestDatabase({ now: NOW });
const ALL = { kind: null, userId: null, before: null };

async function book(): Promise<{ seriesId: string; uid: string }> {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  return { seriesId: booked.seriesId, uid: booked.appointments[0]!.uid };
}

const record = (action: AuditAction, subject: string, at = NOW, actor = `owner:${OWNER_VIEWER.userId}`) =>
  db.write((tx) => recordEvent(tx, { at, actor, action, subject, facts: {} }));

describe('the history of a practice', () => {
  it('says who did what and to whom, newest first', async () => {
    const { uid } = await book();
    await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW + 1 });
    await record('hours set', 'therapist:mira', NOW + 2);
    await record('massage changed', 'service:swedish', NOW + 3);
    await record('room retired', 'room:loft', NOW + 4);
    await record('signed in', `user:${OWNER_VIEWER.userId}`, NOW + 5);
    const { lines, older } = await listHistory(OWNER_VIEWER, ALL);
    expect(older).toBeNull();
    expect(lines.map(({ action, by, about }) => [action, by.kind, about?.kind, about?.name])).toEqual([
      ['signed in', 'staff', 'staff', expect.any(String)],
      ['room retired', 'staff', 'room', 'Loft'],
      ['massage changed', 'staff', 'massage', 'Swedish'],
      ['hours set', 'staff', 'staff', 'Mira Kovač'],
      ['cancelled', 'staff', 'client', 'Ana Costa'],
      ['booked', 'visitor', 'client', 'Ana Costa'],
    ]);
  });

  it('names the date in question, but nobody who was erased', async () => {
    const { uid } = await book();
    await record('arrived', `appointment:${uid}`, NOW + 1);
    await record('client changed', 'client:gone', NOW + 2);
    const { lines } = await listHistory(OWNER_VIEWER, ALL);
    expect(lines.map(({ about }) => about)).toEqual([
      null,
      { kind: 'client', id: expect.any(String), name: 'Ana Costa', startAt: Date.UTC(2026, 11, 1, 18) },
      { kind: 'client', id: expect.any(String), name: 'Ana Costa', startAt: null },
    ]);
  });

  it('can be filtered by action and by person', async () => {
    await book();
    await record('entered payment', 'appointment:gone', NOW + 1);
    await record('room added', 'room:loft', NOW + 2);
    await record('room changed', 'room:loft', NOW + 3, 'owner:somebody-else');
    const actions = async (query: Partial<Parameters<typeof listHistory>[1]>) =>
      (await listHistory(OWNER_VIEWER, { ...ALL, ...query })).lines.map(({ action }) => action);
    expect(await actions({ kind: 'bookings' })).toEqual(['booked']);
    expect(await actions({ kind: 'money' })).toEqual(['entered payment']);
    expect(await actions({ kind: 'settings' })).toEqual(['room changed', 'room added']);
    expect(await actions({ userId: OWNER_VIEWER.userId })).toEqual(['room added', 'entered payment']);
    expect(await actions({ kind: 'settings', userId: OWNER_VIEWER.userId })).toEqual(['room added']);
    expect(await actions({ kind: 'access' })).toEqual([]);
  });

  it('shows each line once across its pages, even lines of the same instant', async () => {
    for (let k = 0; k < 120; k++) await record('room changed', 'room:loft', NOW + Math.floor(k / 30));
    const seen: string[] = [];
    let before: string | null = null;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof listHistory>> = await listHistory(OWNER_VIEWER, { ...ALL, before });
      seen.push(...page.lines.map(({ id }) => id));
      before = page.older;
      pages++;
    } while (before !== null);
    expect([seen.length, new Set(seen).size, pages]).toEqual([120, 120, 3]);
  });

  it.each(['', 'x', '9.', '99999999999999999.a', "1.' or 1=1 --"])(
    'begins at the first page, asked from %j',
    async (before) => {
      await record('room added', 'room:loft');
      expect((await listHistory(OWNER_VIEWER, { ...ALL, before })).lines.length).toBeLessThanOrEqual(1);
    },
  );
});
