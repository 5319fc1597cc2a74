import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { appointments, auditEvents, outbox, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { pausePlan } from './pause-plan';

const db = setUpTestDatabase({ now: NOW });
const DAY = 86_400_000;
const FIRST = instantAt('2026-12-01', '18:00');
const BEFORE = FIRST - 3 * DAY;

async function book() {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return linkViewer(booked.seriesId) as { role: 'link'; seriesId: string };
}
const statuses = async () =>
  (await db.connection().reader.select().from(appointments).orderBy(appointments.position)).map(({ status }) => status);
/** Two weeks from the first date on. */
const shown = { version: 1, until: instantAt('2026-12-15', '00:00'), count: 2 };
const AS_BEFORE = ['booked', 'booked', 'booked', 'booked'];

describe('a pause', () => {
  it('cancels the dates of two weeks as shown, long before any check-in, and sends one e-mail', async () => {
    const link = await book();
    expect(await pausePlan(link, shown, { now: BEFORE + 60_000 })).toEqual({ ok: true });
    expect(await statuses()).toEqual(['cancelled', 'cancelled', 'booked', 'booked']);
    const { reader } = db.connection();
    const messages = await reader.select().from(outbox).where(eq(outbox.toEmail, 'ana@example.org'));
    expect(messages.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
    const events = await reader.select().from(auditEvents).where(eq(auditEvents.action, 'cancelled'));
    expect(events).toMatchObject([{ facts: { scope: 'pause' } }]);
    expect(await audit({ now: BEFORE })).toEqual([]);
    expect(await pausePlan(link, shown, { now: BEFORE + 60_000 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await reader.select({ version: series.version }).from(series)).toEqual([{ version: 2 }]);
  });

  it('counts its weeks from the first date that can still be cancelled', async () => {
    const link = await book();
    const late = { version: 1, until: instantAt('2026-12-22', '00:00'), count: 2 };
    expect(await pausePlan(link, late, { now: FIRST - 60_000 })).toEqual({ ok: true });
    expect(await statuses()).toEqual(['booked', 'cancelled', 'cancelled', 'booked']);
  });

  it('changes nothing where a date has become too near since it was shown, or the end is not one that is offered', async () => {
    const link = await book();
    const conflict = { ok: false, reason: 'conflict' };
    expect(await pausePlan(link, shown, { now: FIRST - 60_000 })).toEqual(conflict);
    for (const other of [{ until: shown.until + 1 }, { until: Number.NaN }, { count: 1 }, { version: 2 }])
      expect(await pausePlan(link, { ...shown, ...other }, { now: BEFORE })).toEqual(conflict);
    expect(await pausePlan(link, shown, { now: FIRST + 30 * DAY })).toEqual({ ok: false, reason: 'nothing_left' });
    const nobody = { role: 'link', seriesId: 'nobody' } as const;
    expect(await pausePlan(nobody, shown, { now: BEFORE })).toEqual({ ok: false, reason: 'not_found' });
    expect(await statuses()).toEqual(AS_BEFORE);
  });
});
