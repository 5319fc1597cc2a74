import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { decryptStartScore, encryptStartScore } from '@/db/appointments/booking-health-encryption';
import { getSeries } from '@/db/appointments/series';
import { reader } from '@/db/connection/database-client';
import { startScores } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { bookSeries } from './book-series';

const db = setUpTestDatabase({ now: NOW });
const FIRST = instantAt('2026-12-01', '18:00');

async function book(startScore?: number, other = {}) {
  const results = startScore === undefined ? {} : { startScore };
  return bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST, { questionSlug: 'sciatica', ...results, ...other }), {
    now: NOW,
  });
}

const listScores = async () => (await reader()).select().from(startScores);

describe('the score at the start', () => {
  it.each([0, 6, 10])('of %i is kept with the series', async (score) => {
    const booked = await book(score);
    if (!booked.ok) throw new Error(booked.reason);
    const [row] = await listScores();
    expect(row).toMatchObject({ seriesId: booked.seriesId, createdAt: NOW });
    expect(decryptStartScore(row!.sealedScore)).toBe(score);
  });

  it.each([-1, 11, 4.5, Number.NaN])('of %d is refused, and so is the booking', async (score) => {
    expect(await book(score)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await listScores()).toEqual([]);
  });

  it('is not stored when the client gave none', async () => {
    expect((await book()).ok).toBe(true);
    expect(await listScores()).toEqual([]);
  });

  it('is shown to staff, and not by the client’s link', async () => {
    const booked = await book(7);
    if (!booked.ok) throw new Error(booked.reason);
    const uid = booked.appointments[0]?.uid ?? '';
    expect(await getAppointmentFacts(OWNER_VIEWER, uid)).toMatchObject({ startScore: 7 });
    expect(await getAppointmentFacts(therapistViewer('mira'), uid)).toMatchObject({ startScore: 7 });
    expect(JSON.stringify(await getSeries(linkViewer(booked.seriesId), booked.seriesId))).not.toMatch(/score/i);
  });

  it('is not stored when the time is taken, and stored once when the booking is sent twice', async () => {
    const key = { idempotencyKey: 'twice' };
    expect([(await book(5, key)).ok, (await book(5, key)).ok]).toEqual([true, true]);
    expect(await book(9)).toMatchObject({ ok: false, reason: 'taken' });
    expect((await listScores()).map(({ sealedScore }) => decryptStartScore(sealedScore))).toEqual([5]);
  });

  it('is encrypted in the table', async () => {
    expect((await book(5)).ok).toBe(true);
    expect(await listScores()).toMatchObject([{ sealedScore: expect.stringMatching(/^k1\.[0-9a-f]{8}\.score-/) }]);
  });

  it('is stored once for a series, and only for one that exists', async () => {
    const booked = await book(5);
    if (!booked.ok) throw new Error(booked.reason);
    const row = (seriesId: string) => ({ seriesId, sealedScore: encryptStartScore(3), createdAt: NOW });
    await expect(db.write((tx) => tx.insert(startScores).values(row(booked.seriesId)))).rejects.toThrow();
    await expect(db.write((tx) => tx.insert(startScores).values(row('nobody')))).rejects.toThrow();
    const stored = await (await reader()).select().from(startScores).where(eq(startScores.seriesId, booked.seriesId));
    expect(stored.map(({ sealedScore }) => decryptStartScore(sealedScore))).toEqual([5]);
  });
});
