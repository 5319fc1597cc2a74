import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listPlanDates } from '@/db/availability/plan-dates';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, outbox, series, therapists } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import type { StaffSeriesRequest } from './booking-request-schemas';
import { formatDateOverWorkloadCapsKey } from './dates-over-workload-caps';

const { write } = setUpTestDatabase({ now: NOW });
const nobodyWorks = instantAt('2026-12-01', '21:00');
const ana = { name: 'Ana Costa', email: '' };

const request = (
  starts: number | number[],
  client: StaffSeriesRequest['client'],
  therapistId = 'mira',
): StaffSeriesRequest => ({
  ...makeSeriesRequest(starts, { therapistId }),
  client,
});

async function rowsOf(seriesId: string) {
  const db = await reader();
  const [row] = await db
    .select({ series, client: clients })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  return row!;
}

describe('booking at the desk', () => {
  it('books a new client by name alone, and sends them no e-mail', async () => {
    const booked = await bookSeries(DESK_VIEWER, request(listWeeklyInstants('2026-12-01', '18:00', 8), ana), {
      now: NOW,
    });
    expect(booked).toMatchObject({ ok: true });
    const { client, series } = await rowsOf((booked as { seriesId: string }).seriesId);
    expect(client).toMatchObject({ name: 'Ana Costa', email: '', phone: null, searchText: 'ana costa' });
    expect(series).toMatchObject({ source: 'desk', sender: null, sessions: 8 });
    const messages = await (await reader()).select({ toEmail: outbox.toEmail }).from(outbox);
    expect(messages.map(({ toEmail }) => toEmail)).toEqual(['mira@fortnight.example']);
  });

  it('keeps two people of one name without an address as two clients', async () => {
    const first = await bookSeries(DESK_VIEWER, request(instantAt('2026-12-01', '18:00'), ana), { now: NOW });
    const second = await bookSeries(DESK_VIEWER, request(instantAt('2026-12-02', '18:00'), ana), { now: NOW });
    const ids = await Promise.all([first, second].map((result) => rowsOf((result as { seriesId: string }).seriesId)));
    expect(new Set(ids.map(({ client }) => client.id)).size).toBe(2);
  });

  it('books a known client by id, and refuses one who no longer exists', async () => {
    await write((tx) =>
      insertTestAppointment(tx, { id: 'a', on: '2026-11-10', time: '18:00', therapistId: 'tom', client: 'nia' }),
    );
    const start = instantAt('2026-12-01', '18:00');
    const booked = await bookSeries(OWNER_VIEWER, request(start, { id: 'nia' }), { now: NOW });
    expect((await rowsOf((booked as { seriesId: string }).seriesId)).client.id).toBe('nia');
    const removed = await bookSeries(OWNER_VIEWER, request(instantAt('2026-12-02', '18:00'), { id: 'nobody' }), {
      now: NOW,
    });
    expect(removed).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['client', 'id'] }] });
  });

  it('lets a therapist book in her own calendar and in nobody else’s', async () => {
    const start = instantAt('2026-12-01', '18:00');
    const other = await bookSeries(therapistViewer('tom'), request(start, ana), { now: NOW });
    expect(other).toMatchObject({ reason: 'invalid', issues: [{ path: ['appointments', 0, 'therapistId'] }] });
    expect(await bookSeries(therapistViewer('mira'), request(start, ana), { now: NOW })).toMatchObject({ ok: true });
  });

  it('needs no notice and no start grid, only five-minute cells', async () => {
    const soon = instantAt('2026-12-01', '18:05');
    const now = soon - 60_000;
    expect(await bookSeries(DESK_VIEWER, request(soon, ana), { now })).toMatchObject({ ok: true });
    expect(
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:05')), { now }),
    ).toMatchObject({ ok: false });
  });

  it('refuses a time outside working hours unless staff confirm it', async () => {
    expect(await bookSeries(DESK_VIEWER, request(nobodyWorks, ana), { now: NOW })).toMatchObject({ reason: 'invalid' });
    const acknowledged = { now: NOW, isAnyHour: true };
    expect(await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(nobodyWorks), acknowledged)).toMatchObject({
      reason: 'invalid',
    });
    expect(await bookSeries(DESK_VIEWER, request(nobodyWorks, ana), acknowledged)).toMatchObject({ ok: true });
  });

  it('refuses a double booking, even when staff confirm it', async () => {
    const acknowledged = { now: NOW, isAnyHour: true };
    await bookSeries(DESK_VIEWER, request(nobodyWorks, ana), acknowledged);
    const twice = await bookSeries(
      DESK_VIEWER,
      request(nobodyWorks + 30 * 60_000, { ...ana, name: 'Ben' }),
      acknowledged,
    );
    expect(twice).toMatchObject({ ok: false, reason: 'taken' });
    expect(await (await reader()).select().from(appointments)).toHaveLength(1);
  });
});

describe('the desk preview', () => {
  const plan = async (request: { isForStaff?: boolean; isAnyHour?: boolean }, time: string, now = NOW) => {
    const found = await listPlanDates(
      {
        serviceIds: ['swedish', 'swedish'],
        minutes: 60,
        cadence: 'weekly',
        from: '2026-12-01',
        firstOn: '2026-12-01',
        time,
        therapistId: 'mira',
        ...request,
      },
      now,
    );
    return found.ok ? found.dates.map(({ state, reason }) => reason ?? state) : found.issues;
  };

  it('follows the same hours, notice and grid as the booking', async () => {
    const soon = instantAt('2026-12-01', '18:05') - 60_000;
    expect(await plan({}, '18:05', soon)).toEqual(['too_soon', 'closed']);
    expect(await plan({ isForStaff: true }, '18:05', soon)).toEqual(['free', 'free']);
    expect(await plan({ isForStaff: true }, '21:00')).toEqual(['closed', 'closed']);
    expect(await plan({ isForStaff: true, isAnyHour: true }, '21:00')).toEqual(['free', 'free']);
  });

  it('never calls taken time free', async () => {
    await bookSeries(DESK_VIEWER, request(nobodyWorks, ana), { now: NOW, isAnyHour: true });
    expect(await plan({ isForStaff: true, isAnyHour: true }, '21:30')).toEqual(['booked', 'free']);
  });
});

describe('booking beyond a therapist’s caps', () => {
  const cap = (caps: { capDayMinutes?: number; capWeekMinutes?: number; capDeepDayMinutes?: number }) =>
    write((tx) => tx.update(therapists).set(caps).where(eq(therapists.id, 'mira')));
  const book = (starts: number | number[], acknowledged: string[] = [], viewer = DESK_VIEWER) =>
    bookSeries(viewer, request(starts, ana), { now: NOW, acknowledged });
  const six = instantAt('2026-12-01', '18:00');
  const oneOClock = instantAt('2026-12-01', '13:00');

  it('names each date first, and books once these dates are acknowledged', async () => {
    await cap({ capDayMinutes: 60, capWeekMinutes: 600 });
    expect(await book(oneOClock)).toMatchObject({ ok: true });
    const starts = listWeeklyInstants('2026-12-01', '18:00', 2);
    const dates = [{ startsAt: six, therapistId: 'mira', caps: ['dayMinutes'] }];
    expect(await book(starts)).toEqual({ ok: false, reason: 'unusual', dates, askFirst: [] });
    expect(await (await reader()).$count(appointments)).toBe(1);
    expect(await book(starts, ['another'])).toMatchObject({ reason: 'unusual' });
    expect(await book(starts, [formatDateOverWorkloadCapsKey(dates[0]!)])).toMatchObject({ ok: true });
  });

  it('counts the dates of one booking together', async () => {
    await cap({ capWeekMinutes: 90 });
    const found = await book([oneOClock, instantAt('2026-12-02', '13:00')]);
    expect(found).toMatchObject({
      reason: 'unusual',
      dates: [{ startsAt: instantAt('2026-12-02', '13:00'), caps: ['weekMinutes'] }],
    });
  });

  it('needs no acknowledgement where no cap is broken, or where the massage is not deep tissue and only that is capped', async () => {
    await cap({ capDayMinutes: 60, capDeepDayMinutes: 0 });
    expect(await book(oneOClock)).toMatchObject({ ok: true });
  });

  it('stays refused to clients, whatever they acknowledge', async () => {
    await cap({ capDayMinutes: 30 });
    const preview = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(six), {
      now: NOW,
      acknowledged: [`${six}@mira`],
    });
    expect(preview).toMatchObject({ ok: false, reason: 'taken' });
  });
});

describe('two people side by side, at the desk', () => {
  const THURSDAYS = listWeeklyInstants('2026-12-03', '17:30', 2);
  const pair = (client: StaffSeriesRequest['client'], name = 'Ben Costa'): StaffSeriesRequest => ({
    ...makeSeriesRequest(THURSDAYS, { serviceId: 'sports' }),
    client,
    beside: { name, therapistIds: ['tom', 'tom'] },
  });

  it('are booked for a known client, whose address the e-mails of both go to', async () => {
    const first = await bookSeries(
      DESK_VIEWER,
      request(instantAt('2026-12-01', '18:00'), { ...ana, email: 'ana@example.org' }),
      {
        now: NOW,
      },
    );
    const { client } = await rowsOf((first as { seriesId: string }).seriesId);
    const booked = await bookSeries(
      DESK_VIEWER,
      { ...pair({ id: client.id }), idempotencyKey: 'desk-pair' },
      { now: NOW },
    );
    if (!booked.ok || !booked.beside) throw new Error(JSON.stringify(booked));
    const other = await rowsOf(booked.beside.seriesId);
    expect(other.client).toMatchObject({ name: 'Ben Costa', email: 'ana@example.org' });
    expect(other.series).toMatchObject({ source: 'desk', bookedBy: 'Ana Costa', pairId: booked.seriesId });
    expect((await rowsOf(booked.seriesId)).series.bookedBy).toBeNull();
    const sameName = { ...pair({ id: client.id }, 'Ana Costa'), idempotencyKey: 'desk-same' };
    expect(await bookSeries(DESK_VIEWER, sameName, { now: NOW })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['beside', 'name'] }],
    });
  });

  it('can be booked only by staff who manage every calendar: a therapist books nobody for a colleague', async () => {
    expect(await bookSeries(therapistViewer('mira'), pair(ana), { now: NOW })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['beside', 'therapistIds', 0], message: expect.stringContaining('your own calendar') }],
    });
    expect(await bookSeries(OWNER_VIEWER, pair(ana), { now: NOW })).toMatchObject({ ok: true });
  });

  it('are both counted against their therapists’ caps', async () => {
    await write((tx) => tx.update(therapists).set({ capDayMinutes: 30 }).where(eq(therapists.id, 'tom')));
    const refused = await bookSeries(DESK_VIEWER, pair(ana), { now: NOW, acknowledged: [] });
    expect(refused).toMatchObject({
      reason: 'unusual',
      dates: THURSDAYS.map((startsAt) => ({ startsAt, therapistId: 'tom' })),
    });
    if (refused.ok || refused.reason !== 'unusual') throw new Error('It was booked.');
    const acknowledged = refused.dates.map(formatDateOverWorkloadCapsKey);
    expect(await bookSeries(DESK_VIEWER, pair(ana), { now: NOW, acknowledged })).toMatchObject({ ok: true });
  });

  it('are each checked for therapists who suit what they said', async () => {
    const [first] = [await bookSeries(DESK_VIEWER, pair({ ...ana, email: 'ana@example.org' }), { now: NOW })];
    if (!first.ok || !first.beside) throw new Error(JSON.stringify(first));
    const [known, other] = await Promise.all([rowsOf(first.seriesId), rowsOf(first.beside.seriesId)]);
    const listSuited = async (_: unknown, ids: string[]) => (ids.includes(other.client.id) ? ['jun'] : null);
    const again = {
      ...pair({ id: known.client.id }),
      appointments: listWeeklyInstants('2026-12-17', '17:30', 2).map((startsAt) => {
        return { startsAt, therapistId: 'mira', serviceId: 'sports' };
      }),
      standing: { firstOn: '2026-12-17', time: '17:30', therapistId: 'mira' },
      idempotencyKey: 'desk-again',
    };
    expect(await bookSeries(DESK_VIEWER, again, { now: NOW, acknowledged: [], listSuited })).toMatchObject({
      reason: 'unusual',
      askFirst: ['tom'],
    });
  });
});
