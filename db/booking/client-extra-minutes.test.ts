import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { reader, transact } from '@/db/connection/database-client';
import { changeClient } from '@/db/people/change-client';
import { getClient } from '@/db/people/get-client';
import { appointments, clients, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { extendSeries } from './extend-series';
import { moveAppointments } from './move-appointments';

setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const MINUTE = 60_000;
const ANA = { name: 'Ana Costa', email: 'ana@example.org' };
const BEN = { name: 'Ben Byrne', email: 'ben@example.org' };

/** The minutes kept free after each date, the earliest first. */
async function cleanUps(seriesId: string): Promise<number[]> {
  const rows = await (await reader()).select().from(appointments).where(eq(appointments.seriesId, seriesId));
  return rows.toSorted((a, b) => a.startAt - b.startAt).map(({ endAt, paddedEndAt }) => (paddedEndAt - endAt) / MINUTE);
}

const book = (at: number, client: { name: string; email: string }) =>
  bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(at, { client }), clock);

async function booked(at: number, client: { name: string; email: string }) {
  const booked = await book(at, client);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked;
}

let usual = 0;
let anaId = '';
beforeEach(async () => {
  const { seriesId } = await booked(instantAt('2026-12-01', '16:00'), ANA);
  [usual] = (await cleanUps(seriesId)) as [number];
  anaId = (await (await reader()).select().from(series).where(eq(series.id, seriesId)))[0]!.clientId;
  await transact((tx) => tx.update(clients).set({ extraMinutes: 30 }).where(eq(clients.id, anaId)));
});

describe('the extra minutes of a client', () => {
  it('are claimed after each of their new dates, online and at the desk, and after nobody else’s', async () => {
    const own = await booked(instantAt('2026-12-02', '16:00'), ANA);
    expect(await cleanUps(own.seriesId)).toEqual([usual + 30]);
    const desk = await bookSeries(
      DESK_VIEWER,
      { ...makeSeriesRequest(instantAt('2026-12-03', '16:00')), client: { id: anaId } },
      clock,
    );
    expect(desk.ok && (await cleanUps(desk.seriesId))).toEqual([usual + 30]);
    const other = await booked(instantAt('2026-12-07', '16:00'), BEN);
    expect(await cleanUps(other.seriesId)).toEqual([usual]);
    expect(await audit()).toEqual([]);
  });

  it('cannot be booked by others, and alternatives leave room for them', async () => {
    const end = instantAt('2026-12-02', '17:00');
    await booked(instantAt('2026-12-02', '16:00'), ANA);
    expect(await book(end + usual * MINUTE, BEN)).toMatchObject({ ok: false, reason: 'taken' });
    expect(await book(end + (usual + 30) * MINUTE, BEN)).toMatchObject({ ok: true });
    // Directly before another client there is no room for the extra minutes.
    await booked(instantAt('2026-12-03', '18:00'), BEN);
    const tight = await book(instantAt('2026-12-03', '18:00') - (60 + usual) * MINUTE, ANA);
    expect(tight).toMatchObject({ ok: false, reason: 'taken' });
    if (tight.ok || tight.reason !== 'taken') throw new Error('It was not taken.');
    const [instead] = tight.clashes[0]!.alternatives;
    expect(await book(instead!.start, ANA)).toMatchObject({ ok: true });
    expect(await audit()).toEqual([]);
  });

  it('stay with a date that is moved, and are added to dates that extend the series', async () => {
    const starts = [instantAt('2026-12-08', '16:00'), instantAt('2026-12-15', '16:00')];
    const plan = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, { client: ANA }), clock);
    if (!plan.ok) throw new Error(JSON.stringify(plan));
    const { seriesId, appointments: dates } = plan;
    const link = linkViewer(seriesId);
    const moved = { uid: dates[0]!.uid, startsAt: instantAt('2026-12-09', '16:00'), scope: 'this' } as const;
    expect(await moveAppointments(link, moved, clock)).toMatchObject({ ok: true });
    expect(await extendSeries(link, { seriesId, sessions: 1 }, clock)).toMatchObject({ ok: true });
    expect(await cleanUps(seriesId)).toEqual([usual + 30, usual + 30, usual + 30]);
    expect(await audit()).toEqual([]);
  });

  it('are set by staff, from none to two hours', async () => {
    const { name, email, version } = (await getClient(OWNER_VIEWER, anaId))!;
    const values = { name, email, phone: '', language: '', favouriteTherapistId: '', tags: '' };
    const change = (extraMinutes: string, seen: number) =>
      changeClient(
        OWNER_VIEWER,
        { id: anaId, version: seen, ...values, movesMail: false, endsLinks: false, extraMinutes },
        clock,
      );
    for (const wrong of ['121', '-5', 'ten', '2.5'])
      expect(await change(wrong, version)).toMatchObject({ reason: 'invalid', issues: [{ path: ['extraMinutes'] }] });
    expect(await change('15', version)).toEqual({ ok: true });
    expect(await getClient(OWNER_VIEWER, anaId)).toMatchObject({ extraMinutes: 15 });
    expect(await change('', version + 1)).toEqual({ ok: true });
    expect(await getClient(OWNER_VIEWER, anaId)).toMatchObject({ extraMinutes: 0 });
  });
});
