import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getConsentText } from '@/care/consents';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import type { Db } from '@/db/connection/connection';
import { eraseClient } from '@/db/people/erase-client';
import { appointments, scores, seriesQuestionPages } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { addDays } from '@/scheduling/day';
import { withdrawConsent } from './consents';
import { encryptScore, NO_SCORE_ANSWERS } from './pain-score-encryption';
import { getQuestionOutcomes } from './question-outcomes';

const db = setUpTestDatabase({ now: NOW });
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-seen-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
const DAY = 86_400_000;
const FEWEST_SEEN = 20;
const STORIES = {
  clearly_lower: { before: [6, 7, 6], session: [6, 5, 3, 3] },
  lower_could_be_chance: { before: [6, 7, 3], session: [6, 5, 3, 3] },
  no_clear_change: { before: [6, 7, 6], session: [6, 6, 6, 6] },
  higher: { before: [3, 3, 4], session: [4, 5, 6, 6] },
};

/** Adds a client of a plan that ended long ago, with scores that lead to one of the verdicts. */
async function plant(
  tx: Db,
  n: number,
  verdict: keyof typeof STORIES,
  more: { slug?: string; isAgreed?: boolean; client?: string } = {},
) {
  const { slug = 'sciatica', isAgreed = true, client = `Client ${n}` } = more;
  const seriesId = `plan-${n}`;
  const dates = [0, 1, 2, 3].map((k) => ({ id: `visit-${n}-${k}`, on: addDays('2026-01-05', 7 * (4 * n + k)) }));
  for (const [k, { id, on }] of dates.entries())
    await insertTestAppointment(tx, {
      ...{ id, on, time: '10:00', therapistId: 'mira', seriesId, client },
      ...{ position: k + 1, sessions: 4, status: 'completed' as const },
    });
  await tx.insert(seriesQuestionPages).values({ seriesId, questionSlug: slug, createdAt: NOW });
  const { before, session } = STORIES[verdict];
  const start = Date.parse(`${dates[0]!.on}T09:00:00Z`);
  await tx.insert(scores).values([
    ...before.map((usual, k) => ({
      ...{ seriesId, kind: 'before' as const, slot: `day ${k}`, notedAt: start - (5 - k) * DAY },
      sealedScore: encryptScore({ ...NO_SCORE_ANSWERS, usual }),
    })),
    ...session.map((usual, k) => ({
      ...{ seriesId, kind: 'session' as const, slot: dates[k]!.id, notedAt: start + 7 * k * DAY },
      sealedScore: encryptScore({ ...NO_SCORE_ANSWERS, usual }),
    })),
  ]);
  const text = getConsentText('health_kept', 'Fortnight Massage');
  if (isAgreed)
    await writeConsentWithWording(tx, text, {
      kind: 'health_kept',
      subject: { seriesId },
      way: 'page',
      now: start - 9 * DAY,
    });
}
const KINDS = Object.keys(STORIES) as (keyof typeof STORIES)[];
const plantMany = (many: number) =>
  db.write(async (tx) => {
    for (let n = 0; n < many; n++) await plant(tx, n, KINDS[n % 4]!);
  });

describe('the outcomes of a question', () => {
  it('are hidden under twenty clients, and show all four verdicts from there on', async () => {
    await plantMany(FEWEST_SEEN - 1);
    expect(await getQuestionOutcomes('sciatica')).toBeNull();
    await db.write((tx) => plant(tx, 19, 'higher'));
    expect(await getQuestionOutcomes('sciatica')).toEqual({
      clients: 20,
      verdicts: { clearly_lower: 5, lower_could_be_chance: 5, no_clear_change: 5, higher: 5 },
    });
    expect(await getQuestionOutcomes('low-back-pain')).toBeNull();
  });

  it('count a client once, by their latest plan, and nobody with another question', async () => {
    await plantMany(FEWEST_SEEN);
    await db.write(async (tx) => {
      await plant(tx, 20, 'higher', { client: 'Client 0' });
      await plant(tx, 21, 'clearly_lower', { slug: 'low-back-pain' });
    });
    expect(await getQuestionOutcomes('sciatica')).toEqual({
      clients: 20,
      verdicts: { clearly_lower: 4, lower_could_be_chance: 5, no_clear_change: 5, higher: 6 },
    });
  });

  it('leave out clients who never consented, withdrew consent or were erased', async () => {
    await plantMany(FEWEST_SEEN);
    await db.write((tx) => plant(tx, 20, 'higher', { isAgreed: false }));
    expect((await getQuestionOutcomes('sciatica'))?.clients).toBe(20);
    await db.write((tx) => plant(tx, 21, 'higher'));
    await withdrawConsent({ role: 'link', seriesId: 'plan-21' }, { kind: 'health_kept' }, { now: NOW });
    expect((await getQuestionOutcomes('sciatica'))?.clients).toBe(20);
    await eraseClient('client.0@example.org', NOW);
    expect(await getQuestionOutcomes('sciatica')).toBeNull();
  });

  it('leave out scores of a cancelled session, and scores that cannot be decrypted', async () => {
    await plantMany(FEWEST_SEEN);
    const removed = { status: 'no_show' as const, completedAt: null, noShowAt: NOW };
    await db.write((tx) => tx.update(appointments).set(removed).where(eq(appointments.id, 'visit-3-1')));
    expect(await getQuestionOutcomes('sciatica')).toBeNull();
    await db.write((tx) => plant(tx, 20, 'higher'));
    expect((await getQuestionOutcomes('sciatica'))?.clients).toBe(20);
    await db.write((tx) => tx.update(scores).set({ sealedScore: 'of-another-key' }));
    expect(await getQuestionOutcomes('sciatica')).toBeNull();
  });
});
