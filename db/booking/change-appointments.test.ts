import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { getSeries, listSeries } from '@/db/appointments/series';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { auditEvents, claims, outbox, services } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  clientViewer,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { completeAppointment, markNoShow, undoOutcome } from './appointment-outcomes';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { moveAppointments } from './move-appointments';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SIX = instantAt('2026-12-01', '18:00');
const ANA = clientViewer('ana@example.org');
const MIRA = therapistViewer('mira');

async function booked(starts: number | number[], other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, other), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  const uids = result.appointments.map(({ uid }) => uid);
  return { ...result, uids, uid: uids[0]!, link: linkViewer(result.seriesId) };
}
/** What is in the outbox besides the messages about the booking. */
async function news() {
  const { reader } = db.connection();
  const mail = (await reader.select().from(outbox)).filter(({ kind }) => kind !== 'booked');
  const results = mail.map(async (entry) => ({
    toEmail: entry.toEmail,
    ...(await getNotificationFactsToSend(reader, entry, NOW))?.notification,
  }));
  return (await Promise.all(results)).sort((a, b) => (a.toEmail < b.toEmail ? -1 : 1));
}
const statuses = async (seriesId: string) =>
  (await getSeries(OWNER_VIEWER, seriesId))!.appointments.map(({ status }) => status);
const cellCount = async () => (await db.connection().reader.select().from(claims)).length;
const cancel = (viewer: Viewer, uid: string, scope: 'this' | 'following' | 'all' = 'this', now = NOW) =>
  cancelAppointments(viewer, { uid, scope }, { now });
const move = (viewer: Viewer, uid: string, startsAt: number, therapistId?: string, now = NOW) =>
  moveAppointments(viewer, { uid, startsAt, therapistId, scope: 'this' }, { now });

describe('cancelling', () => {
  it('is refused for everybody once the massage is over', async () => {
    const { seriesId, uids, link } = await booked(listWeeklyInstants('2026-12-01', '18:00', 1));
    const end = SIX + 60 * 60_000;
    for (const viewer of [link, OWNER_VIEWER])
      expect(await cancel(viewer, uids[0]!, 'this', end)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await statuses(seriesId)).toEqual(['booked']);
    expect(await cancel(OWNER_VIEWER, uids[0]!, 'this', end - 1)).toMatchObject({ ok: true });
  });

  it('cancels this appointment, sends each person one message, and leaves the rest', async () => {
    const { seriesId, uids, link } = await booked(listWeeklyInstants('2026-12-01', '18:00', 3));
    expect(await cancel(link, uids[1]!)).toEqual({ ok: true, seriesId, cancelled: [uids[1]] });
    expect(await statuses(seriesId)).toEqual(['booked', 'cancelled', 'booked']);
    expect(await cellCount()).toBe(2 * 2 * 15);
    expect(await news()).toMatchObject([
      {
        toEmail: 'ana@example.org',
        kind: 'cancelled',
        audience: 'client',
        changed: [uids[1]],
        series: { appointments: [{}, { status: 'cancelled', sequence: 1 }, { status: 'booked', sequence: 0 }] },
      },
      { toEmail: 'mira@fortnight.example', audience: 'therapist', changed: [uids[1]] },
    ]);
    const history = await db.connection().reader.select().from(auditEvents).where(eq(auditEvents.action, 'cancelled'));
    expect(history).toMatchObject([{ actor: `link:${seriesId}`, facts: { scope: 'this', cancelled: [uids[1]] } }]);
    expect(
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-08', '18:00', 1)), { now: NOW }),
    ).toMatchObject({
      ok: true,
    });
  });

  it('cancels this appointment and all after it', async () => {
    const { seriesId, uids, link } = await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
    expect(await cancel(link, uids[1]!, 'following')).toMatchObject({ cancelled: uids.slice(1) });
    expect(await statuses(seriesId)).toEqual(['booked', 'cancelled', 'cancelled', 'cancelled']);
    expect(await news()).toHaveLength(2);
  });

  it('cancels all upcoming appointments, and keeps the one past its cutoff', async () => {
    const { seriesId, uids, link } = await booked(listWeeklyInstants('2026-12-01', '18:00', 3));
    expect(await cancel(link, uids[2]!, 'all', SIX - 23 * HOUR)).toMatchObject({
      ok: true,
      cancelled: [uids[2], uids[1]],
    });
    expect(await statuses(seriesId)).toEqual(['booked', 'cancelled', 'cancelled']);
  });

  it('is refused to a client from the minute of the cutoff, and never to the practice', async () => {
    const { uid, link } = await booked(SIX);
    expect(await cancel(link, uid, 'this', SIX - 24 * HOUR + 1)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await cancel(ANA, uid, 'all', SIX - 24 * HOUR + 1)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await cancel(MIRA, uid, 'this', SIX - MINUTE)).toMatchObject({ ok: true });
  });

  it('happens once', async () => {
    const { uid, link } = await booked(SIX);
    await cancel(link, uid);
    for (const scope of ['this', 'following', 'all'] as const) {
      expect(await cancel(link, uid, scope)).toEqual({ ok: false, reason: 'conflict' });
    }
    expect(await news()).toHaveLength(2);
  });

  it('is refused when the appointment has changed since it was seen', async () => {
    const { uid, link, seriesId } = await booked(SIX);
    await move(link, uid, SIX - HOUR);
    const stale = { uid, scope: 'this' as const, version: 1 };
    expect(await cancelAppointments(link, stale, { now: NOW })).toEqual({ ok: false, reason: 'conflict' });
    expect(await statuses(seriesId)).toEqual(['booked']);
  });
});

describe('moving', () => {
  it('claims the new time, releases the old one, and sends each person one message', async () => {
    const { seriesId, uids, link } = await booked(listWeeklyInstants('2026-12-01', '18:00', 2));
    const later = instantAt('2026-12-09', '17:00');
    expect(await move(link, uids[1]!, later)).toEqual({ ok: true, seriesId });
    const view = await getSeries(link, seriesId);
    expect(view!.appointments[1]).toMatchObject({
      startsAt: later,
      endsAt: later + HOUR,
      localStart: '2026-12-09T17:00',
      nominalStartsAt: instantAt('2026-12-08', '18:00'),
      isMoved: true,
      sequence: 1,
      version: 2,
    });
    expect(await news()).toMatchObject([
      {
        toEmail: 'ana@example.org',
        kind: 'moved',
        changed: [uids[1]],
        series: { appointments: [{ position: 1 }, { start: later, movedFrom: instantAt('2026-12-08', '18:00') }] },
      },
      { toEmail: 'mira@fortnight.example', kind: 'moved', changed: [uids[1]] },
    ]);
    expect(await cellCount()).toBe(2 * 2 * 15);
  });

  it('may overlap its own old time', async () => {
    const { uid, link, seriesId } = await booked(SIX);
    expect(await move(link, uid, SIX - 15 * MINUTE)).toEqual({ ok: true, seriesId });
    expect(await cellCount()).toBe(2 * 15);
  });

  it('to the same time changes nothing and sends nothing', async () => {
    const { uid, link } = await booked(SIX);
    expect(await move(link, uid, SIX)).toMatchObject({ ok: true });
    expect(await news()).toEqual([]);
  });

  it('to another therapist sends the former one a cancellation', async () => {
    const { uid, link } = await booked(SIX);
    expect(await move(link, uid, SIX, 'jun')).toMatchObject({ ok: true });
    expect(await news()).toMatchObject([
      { toEmail: 'ana@example.org', kind: 'moved', changed: [uid] },
      { toEmail: 'jun@fortnight.example', kind: 'booked', series: { appointments: [{ therapist: 'Jun Sato' }] } },
      {
        toEmail: 'mira@fortnight.example',
        kind: 'cancelled',
        changed: [uid],
        series: { appointments: [{ status: 'cancelled', start: SIX, therapist: 'Mira Kovač', sequence: 1 }] },
      },
    ]);
  });

  it('onto taken time is refused with alternatives, and the old time stays', async () => {
    const { uid, link } = await booked(SIX);
    await booked(instantAt('2026-12-02', '18:00'));
    const refused = await move(link, uid, instantAt('2026-12-02', '18:00'));
    expect(refused).toMatchObject({
      reason: 'taken',
      clashes: [{ position: 1, reason: 'booked', therapistId: 'mira' }],
    });
    expect(!refused.ok && refused.reason === 'taken' && refused.clashes[0]!.alternatives).toHaveLength(3);
    expect(await cellCount()).toBe(2 * 2 * 15);
    expect(await news()).toEqual([]);
  });

  it('is refused to a client after the move cutoff, and never to the practice', async () => {
    const { uid, link } = await booked(SIX);
    const late = SIX - 12 * HOUR + 1;
    expect(await move(link, uid, SIX + 48 * HOUR, undefined, late)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await move(MIRA, uid, SIX + 48 * HOUR, undefined, late)).toMatchObject({ ok: true });
  });

  it('refuses a request that could never be granted', async () => {
    const { uid, link } = await booked(SIX);
    for (const odd of [SIX + 1, SIX - 30 * 24 * HOUR, instantAt('2026-12-05', '18:00'), Number.NaN, -1]) {
      expect(await move(link, uid, odd)).toMatchObject({ reason: 'invalid', issues: [{ path: ['startsAt'] }] });
    }
    expect(await move(link, uid, SIX, 'tom')).toMatchObject({ reason: 'invalid', issues: [{ path: ['therapistId'] }] });
  });

  it('keeps the padding and the price it was booked with', async () => {
    const { uid, link, seriesId } = await booked(SIX);
    await db.write((tx) => tx.update(services).set({ cleanupMinutes: 30 }).where(eq(services.id, 'swedish')));
    await move(link, uid, SIX - HOUR);
    expect(await cellCount()).toBe(2 * 15);
    expect((await getSeries(link, seriesId))!.appointments[0]).toMatchObject({ priceCents: 6800, minutes: 60 });
  });

  it('is refused for a cancelled appointment', async () => {
    const { uid, link } = await booked(SIX);
    await cancel(link, uid);
    expect(await move(link, uid, SIX - HOUR)).toEqual({ ok: false, reason: 'conflict' });
  });
});

describe('the outcome', () => {
  it('is recorded by the practice once the appointment has begun, and can be read again', async () => {
    const { uid, seriesId } = await booked(SIX);
    expect(await completeAppointment(MIRA, uid, { now: SIX - 1 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await completeAppointment(MIRA, uid, { now: SIX + HOUR })).toEqual({ ok: true });
    expect(await completeAppointment(MIRA, uid, { now: SIX + HOUR })).toEqual({ ok: true });
    expect(await markNoShow(MIRA, uid, { now: SIX + HOUR })).toEqual({ ok: false, reason: 'conflict' });
    expect(await cancel(MIRA, uid, 'this', SIX + HOUR)).toEqual({ ok: false, reason: 'conflict' });
    expect(await statuses(seriesId)).toEqual(['completed']);
    expect(await news()).toEqual([]);
  });

  it('can be a no-show', async () => {
    const { uid, seriesId } = await booked(SIX);
    expect(await markNoShow(OWNER_VIEWER, uid, { now: SIX + HOUR })).toEqual({ ok: true });
    expect(await statuses(seriesId)).toEqual(['no_show']);
  });

  it('can be undone and recorded anew', async () => {
    const { uid, seriesId, link } = await booked(SIX);
    const later = { now: SIX + HOUR };
    await markNoShow(MIRA, uid, later);
    expect(await undoOutcome(link, uid, later)).toEqual({ ok: false, reason: 'not_found' });
    expect(await undoOutcome(MIRA, uid, { ...later, version: 1 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await undoOutcome(MIRA, uid, { ...later, version: 2 })).toEqual({ ok: true });
    expect(await statuses(seriesId)).toEqual(['booked']);
    expect(await completeAppointment(MIRA, uid, later)).toEqual({ ok: true });
    expect(await statuses(seriesId)).toEqual(['completed']);
    expect(await news()).toEqual([]);
  });

  it('cannot be undone for a cancelled appointment', async () => {
    const { uid, seriesId } = await booked(SIX);
    await cancel(MIRA, uid, 'this');
    expect(await undoOutcome(MIRA, uid, { now: SIX + HOUR })).toEqual({ ok: false, reason: 'conflict' });
    expect(await statuses(seriesId)).toEqual(['cancelled']);
  });

  it('cannot be recorded by a client', async () => {
    const { uid, link } = await booked(SIX);
    for (const viewer of [ANONYMOUS_VIEWER, link, ANA]) {
      expect(await completeAppointment(viewer, uid, { now: SIX + HOUR })).toEqual({ ok: false, reason: 'not_found' });
      expect(await markNoShow(viewer, uid, { now: SIX + HOUR })).toEqual({ ok: false, reason: 'not_found' });
    }
  });
});

describe('somebody else’s appointment', () => {
  it('is not found by any viewer, for any change', async () => {
    const own = await booked(SIX, { note: 'The left side' });
    const other = await booked(SIX, { therapistId: 'jun', client: { name: 'Nia Walsh', email: 'nia@example.org' } });
    const strangers = [
      ANONYMOUS_VIEWER,
      other.link,
      clientViewer('nia@example.org'),
      therapistViewer('jun'),
      therapistViewer('tom'),
    ];
    for (const viewer of strangers) {
      expect(await getSeries(viewer, own.seriesId)).toBeNull();
      expect(await cancel(viewer, own.uid, 'all')).toEqual({ ok: false, reason: 'not_found' });
      expect(await move(viewer, own.uid, SIX - HOUR)).toEqual({ ok: false, reason: 'not_found' });
    }
    expect(await statuses(own.seriesId)).toEqual(['booked']);
    expect(await news()).toEqual([]);
  });

  it('is not found under a malformed id either', async () => {
    for (const uid of ['', '__proto__', '\u0000', "' or 1=1 --", 'x'.repeat(10_000), 5 as unknown as string]) {
      expect(await getSeries(OWNER_VIEWER, uid)).toBeNull();
      expect(await cancel(OWNER_VIEWER, uid)).toEqual({ ok: false, reason: 'not_found' });
      expect(await move(OWNER_VIEWER, uid, SIX)).toEqual({ ok: false, reason: 'not_found' });
    }
  });

  it('leaves a therapist their own part of a shared series', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 2);
    const { seriesId, uids } = await booked(starts, {
      appointments: starts.map((startsAt, k) => ({ startsAt, therapistId: k ? 'jun' : 'mira', serviceId: 'swedish' })),
    });
    expect(await cancel(therapistViewer('jun'), uids[0]!)).toEqual({ ok: false, reason: 'not_found' });
    expect(await cancel(therapistViewer('jun'), uids[1]!, 'all')).toMatchObject({ cancelled: [uids[1]] });
    expect(await statuses(seriesId)).toEqual(['booked', 'cancelled']);
  });

  it('shows a client only what belongs to their e-mail address, without the note to the therapist', async () => {
    const first = await booked(SIX, { note: 'The left side' });
    const second = await booked(instantAt('2026-12-02', '18:00'), {
      client: { name: 'Rui Costa', email: 'ana@example.org' },
    });
    await booked(instantAt('2026-12-03', '18:00'), { client: { name: 'Nia Walsh', email: 'nia@example.org' } });
    const seen = await listSeries(clientViewer('Ana@Example.org'));
    expect(seen.map(({ uid }) => uid).sort()).toEqual([first.seriesId, second.seriesId].sort());
    expect(seen.map(({ note }) => note)).toEqual([null, null]);
    expect((await getSeries(first.link, first.seriesId))!.note).toBe('The left side');
    expect((await getSeries(MIRA, first.seriesId))!.note).toBe('The left side');
    expect(await listSeries(ANONYMOUS_VIEWER)).toEqual([]);
    expect(await listSeries(first.link)).toHaveLength(1);
  });
});
