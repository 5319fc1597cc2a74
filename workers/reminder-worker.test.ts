import { eq } from 'drizzle-orm';
import { beforeEach, expect, it, vi } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { saveIntakeScreen } from '@/db/care/save-intake';
import { holdNameCondition } from '@/db/claims/resource-and-owner-numbers';
import { claims, followUps, practices, therapistServices, therapists } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { writeFollowUpsAndEndHolds } from './reminder-worker';

const db = setUpTestDatabase({ now: NOW });
const MORNING = instantAt('2026-12-02', '09:00');

beforeEach(() => vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9'));

/**
 * The number of claims held after a pregnant client's date with this therapist. Mira is trained for pregnancy, Jun is
 * not.
 */
async function heldAfter(therapistId: string): Promise<number> {
  await db.write(async (tx) => {
    await tx.update(practices).set({ followUpHoldDays: 3 });
    await tx.update(therapists).set({ trainedForPregnancy: false });
    await tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'mira'));
    await tx.insert(therapistServices).values({ therapistId: 'jun', serviceId: 'swedish' }).onConflictDoNothing();
    await confirmEmailAddress(tx, 'ana@example.org', 'link', NOW);
  });
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(instantAt('2026-12-01', '17:00'), { therapistId }),
    {
      now: NOW,
    },
  );
  if (!booked.ok) throw new Error(booked.reason);
  const link = { role: 'link', seriesId: booked.seriesId } as const;
  const agreed = { screen: 'agree', treated: true, healthKept: true, writtenTo: false } as const;
  const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
  const answers = { screen: 'health' as const, yes: ['pregnant'], unsure: [], none: false, about: {} };
  for (const values of [{ ...agreed, ...adult }, answers])
    expect(await saveIntakeScreen(link, values, { now: NOW })).toMatchObject({ ok: true });
  await writeFollowUpsAndEndHolds(MORNING);
  const { reader } = db.connection();
  expect(await reader.$count(followUps)).toBe(1);
  return reader.$count(claims, holdNameCondition('again:%'));
}

it('holds no time for a client with a therapist who may not be offered to them', async () => {
  expect(await heldAfter('jun')).toBe(0);
});

it('holds the same time with a therapist who may be offered to them', async () => {
  expect(await heldAfter('mira')).toBeGreaterThan(0);
});

it('holds nothing when no e-mail could tell the client', async () => {
  vi.stubEnv('SMTP_URL', '');
  expect(await heldAfter('mira')).toBe(0);
});
