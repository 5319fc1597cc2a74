import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { appointments, auditEvents, outbox, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { PAUSE_DAYS } from '@/scheduling/plan-pause';
import { bookSeries } from './book-series';
import { pausePlan } from './pause-plan';

const db = setUpTestDatabase({ now: NOW });
const DAY = 86_400_000;
const FIRST = instantAt('2026-12-01', '18:00');
/** The first two of the four are within two weeks of it. */
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
const shown = { version: 1, until: BEFORE + PAUSE_DAYS * DAY, count: 2 };
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

  it('changes nothing where a date has become too near since it was shown, or the end is not one that is offered', async () => {
    const link = await book();
    const late = FIRST - 60_000;
    const conflict = { ok: false, reason: 'conflict' };
    expect(await pausePlan(link, { ...shown, until: late + 1 }, { now: late })).toMatchObject({ ok: false });
    expect(await pausePlan(link, { ...shown, until: late + PAUSE_DAYS * DAY }, { now: late })).toEqual(conflict);
    for (const until of [BEFORE, BEFORE + PAUSE_DAYS * DAY + 1, Number.NaN])
      expect(await pausePlan(link, { ...shown, until }, { now: BEFORE })).toEqual(conflict);
    expect(await pausePlan(link, { ...shown, until: BEFORE + 1 }, { now: BEFORE })).toEqual({
      ok: false,
      reason: 'nothing_left',
    });
    const nobody = { role: 'link', seriesId: 'nobody' } as const;
    expect(await pausePlan(nobody, shown, { now: BEFORE })).toEqual({ ok: false, reason: 'not_found' });
    expect(await statuses()).toEqual(AS_BEFORE);
  });
});
