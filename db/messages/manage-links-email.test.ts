import { describe, expect, it } from 'vitest';
import { getSeries } from '@/db/appointments/series';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader } from '@/db/connection/database-client';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { getSeriesForRenewedLinkEmail, queueManageLinksEmail } from './manage-links-email';

setUpTestDatabase({ now: NOW });

async function lettersOf(kind: string) {
  return (await (await reader()).select().from(outbox)).filter((message) => message.kind === kind);
}

describe('an e-mail for a lost link', () => {
  it('is sent to the address of a booking, with all its plans in one e-mail', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: NOW });
    await queueManageLinksEmail(DEMO_CLIENT.email.toUpperCase(), NOW);
    const messages = await lettersOf('manage_links');
    expect(messages.map(({ toEmail }) => toEmail)).toEqual([DEMO_CLIENT.email]);
    expect(messages[0]?.facts).toMatchObject({
      series: [
        { left: 1, therapist: 'Mira Kovač' },
        { left: 1, therapist: 'Mira Kovač' },
      ],
    });
  });
  it('leads to the last booking when none is upcoming, and to nothing once its link has expired', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await queueManageLinksEmail(DEMO_CLIENT.email, instantAt('2026-12-02', '10:00'));
    const messages = await lettersOf('manage_links');
    expect(messages[0]?.facts).toMatchObject({ series: [{ left: 0, firstStart: instantAt('2026-12-01', '18:00') }] });
    await queueManageLinksEmail(DEMO_CLIENT.email, instantAt('2028-12-02', '10:00'));
    expect(await lettersOf('manage_links')).toHaveLength(1);
  });
  it('names the date that comes first, also where one was moved past its neighbour', async () => {
    const [first, second] = listWeeklyInstants('2026-12-01', '18:00', 2);
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest([first!, second!]), { now: NOW });
    if (!booked.ok) throw new Error(booked.reason);
    const { uid } = booked.appointments[0]!;
    const moved = { uid, startsAt: instantAt('2026-12-10', '18:00'), scope: 'this' } as const;
    expect(await moveAppointments(OWNER_VIEWER, moved, { now: NOW })).toMatchObject({ ok: true });
    const viewer = { role: 'link', seriesId: booked.seriesId } as const;
    expect((await getSeries(viewer, booked.seriesId))!.appointments.map(({ position }) => position)).toEqual([2, 1]);
    await queueManageLinksEmail(DEMO_CLIENT.email, NOW);
    const [message] = await lettersOf('manage_links');
    expect(message!.facts).toMatchObject({ series: [{ left: 2, firstStart: second }] });
    expect(await getSeriesForRenewedLinkEmail(await reader(), booked.seriesId, DEMO_CLIENT.email)).toMatchObject({
      firstStart: second,
    });
  });
  it('says which plan is cancelled, and which is one date alone', async () => {
    const weekly = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2));
    for (const request of [weekly, makeSeriesRequest(instantAt('2026-12-03', '18:00'))]) {
      const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
      if (!booked.ok) throw new Error(booked.reason);
      const { uid } = booked.appointments[0]!;
      expect(await cancelAppointments(OWNER_VIEWER, { uid, scope: 'all' }, { now: NOW })).toMatchObject({ ok: true });
    }
    await queueManageLinksEmail(DEMO_CLIENT.email, NOW);
    const [message] = await lettersOf('manage_links');
    const { series } = message!.facts as { series: { cancelled?: number; isOnce?: true; left: number }[] };
    expect(series.map(({ cancelled, isOnce, left }) => ({ cancelled, isOnce, left }))).toEqual(
      expect.arrayContaining([
        { cancelled: 1, isOnce: true, left: 0 },
        { cancelled: 2, isOnce: undefined, left: 0 },
      ]),
    );
  });
  it('counts only what stands in the e-mail with a renewed link', async () => {
    const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3));
    const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
    if (!booked.ok) throw new Error(booked.reason);
    const { uid } = booked.appointments[0]!;
    expect(await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW })).toMatchObject({ ok: true });
    expect(await getSeriesForRenewedLinkEmail(await reader(), booked.seriesId, DEMO_CLIENT.email)).toMatchObject({
      firstStart: booked.appointments[1]!.startsAt,
      sessions: 2,
    });
  });
  it('is not sent to an address without bookings', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
    await queueManageLinksEmail('stranger@example.org', NOW);
    expect(await lettersOf('manage_links')).toEqual([]);
  });
});
