import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { collectAllClientData } from '@/db/people/all-client-data';
import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { eraseClient } from '@/db/people/erase-client';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { auditEvents, outbox, scoreGoals, scores, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
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
import { listConsents, withdrawConsent } from './consents';
import { getProgress, getScorePageData, listProgress, type ScoreRequest, saveScore } from './pain-scores';
import { saveIntakeScreen } from './save-intake';

const db = setUpTestDatabase({ now: NOW });
// The folder in which erasures are recorded.
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-scores-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
const DAY = 86_400_000;
const FIRST = instantAt('2026-12-01', '18:00');
const MIRA = therapistViewer('mira');
const BEN = { name: 'Ben Byrne', email: 'ben@example.org' };
const MARKED = 'zebra-climbing-of-stairs';

async function book(count = 5, other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', count), other),
    { now: NOW },
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const { seriesId } = booked;
  return { seriesId, uids: booked.appointments.map(({ uid }) => uid), link: { role: 'link', seriesId } as const };
}
type Link = Awaited<ReturnType<typeof book>>['link'];
const save = (link: Link, now: number, request: Partial<ScoreRequest>) =>
  saveScore(link, { answers: {}, consent: true, ...request }, { now });

/** Notes three scores before the first session, and one before each of the given sessions. */
async function note(link: Link, before: number[], session: number[]) {
  for (const [n, usual] of before.entries()) await save(link, FIRST - (5 - n) * DAY, { answers: { usual } });
  for (const [n, usual] of session.entries()) await save(link, FIRST + (7 * n - 0.5) * DAY, { answers: { usual } });
}
const rows = () => db.connection().reader.select().from(scores);

describe('a pain score', () => {
  it('is saved tap by tap, and adds to what was noted at the same time', async () => {
    const { link, seriesId } = await book();
    const now = FIRST - 5 * DAY;
    expect(await save(link, now, { answers: { usual: 6 } })).toMatchObject({ ok: true });
    expect(await save(link, now + 5000, { answers: { worst: 8 } })).toMatchObject({ ok: true });
    expect(await save(link, now + 9000, { answers: { task: 0, compared: 'same' }, goal: MARKED })).toMatchObject({
      ok: true,
    });
    const page = await getScorePageData(link, { now });
    expect(page).toMatchObject({
      moment: { kind: 'before' },
      answers: { usual: 6, worst: 8, task: 0, compared: 'same' },
      goal: MARKED,
      hasConsent: true,
    });
    expect(await rows()).toMatchObject([{ seriesId, kind: 'before', slot: '2026-11-26', notedAt: now }]);
  });

  it('cannot be consented to by a client under 18: the guardian consents on the health form', async () => {
    const { link } = await book();
    const now = FIRST - 5 * DAY;
    const guardian = { isMinor: true, guardianName: 'Rosa Costa', guardianIsPresent: true };
    const agreed = { screen: 'agree', treated: true, healthKept: true, writtenTo: false, ...guardian } as const;
    await saveIntakeScreen(link, agreed, { now });
    await withdrawConsent(link, { kind: 'health_kept' }, { now: now + 1 });
    expect(await getScorePageData(link, { now: now + 2 })).toMatchObject({ hasConsent: false, isUnder18: true });
    expect(await save(link, now + 2, { answers: { usual: 6 } })).toEqual({ ok: false, reason: 'guardian' });
    expect(await rows()).toEqual([]);
    const consents = (await listConsents(link))!.filter(({ kind }) => kind === 'health_kept');
    expect(consents.map(({ version }) => version)).toEqual(['2026-11-28 guardian']);
    await saveIntakeScreen(link, agreed, { now: now + 3 });
    expect(await save(link, now + 4, { answers: { usual: 6 }, consent: false })).toMatchObject({ ok: true });
  });

  it('is consented to in words that say the client is of age', async () => {
    const { link } = await book();
    await save(link, FIRST - 5 * DAY, { answers: { usual: 6 } });
    const consent = (await listConsents(link))!.find(({ kind }) => kind === 'health_kept');
    expect(consent?.words).toMatch(/^I am 18 or older\. /);
  });

  it('keeps both of two taps that are sent at once', async () => {
    const { link } = await book();
    await save(link, FIRST - 5 * DAY, {});
    await Promise.all([
      save(link, FIRST - 5 * DAY, { answers: { usual: 6 } }),
      save(link, FIRST - 5 * DAY, { answers: { worst: 8 } }),
    ]);
    expect((await getScorePageData(link, { now: FIRST - 5 * DAY }))?.answers).toMatchObject({ usual: 6, worst: 8 });
  });

  it('can be noted once a day before the first session, once before each session, and once after each', async () => {
    const { link, uids } = await book();
    await save(link, FIRST - 5 * DAY, { answers: { usual: 6 } });
    await save(link, FIRST - 5 * DAY + 1, { answers: { usual: 7 } });
    await save(link, FIRST - 3 * DAY, { answers: { usual: 5 } });
    await save(link, FIRST - 1000, { answers: { usual: 4 } });
    await save(link, FIRST + 3 * DAY, { answers: { pressure: 'right', isSore: false } });
    expect((await rows()).map(({ kind, slot }) => `${kind} ${slot}`).sort()).toEqual(
      ['before 2026-11-26', 'before 2026-11-28', `session ${uids[0]}`, `after ${uids[0]}`].sort(),
    );
  });

  it('is refused when none is due, or if it is not a whole number from 0 to 10', async () => {
    const { link } = await book();
    await save(link, FIRST - 5 * DAY, {});
    expect(await save(link, FIRST + DAY, { answers: { usual: 6 } })).toEqual({ ok: false, reason: 'not_now' });
    for (const usual of [-1, 11, 4.5, Number.NaN, '6' as never])
      expect(await save(link, FIRST - 5 * DAY, { answers: { usual } })).toMatchObject({ reason: 'invalid' });
    expect(await save(link, FIRST - 5 * DAY, { goal: 'x'.repeat(121) })).toMatchObject({ reason: 'invalid' });
    expect(await rows()).toEqual([]);
  });

  it('is stored only with the client’s consent', async () => {
    const { link } = await book();
    const tap = { answers: { usual: 6 }, goal: MARKED };
    expect(await save(link, FIRST - 5 * DAY, { ...tap, consent: false })).toEqual({ ok: false, reason: 'consent' });
    expect([await rows(), await db.connection().reader.select().from(scoreGoals)]).toEqual([[], []]);
    expect(await save(link, FIRST - 5 * DAY, tap)).toMatchObject({ ok: true });
    await withdrawConsent(link, { kind: 'health_kept' }, { now: FIRST - 4 * DAY });
    expect([await rows(), await db.connection().reader.select().from(scoreGoals)]).toEqual([[], []]);
    expect(await getScorePageData(link, { now: FIRST - 4 * DAY })).toMatchObject({ hasConsent: false, goal: null });
  });

  it('is erased with its client, exported in plain text, and deleted when its time is over', async () => {
    const { link } = await book(2);
    await save(link, FIRST - 5 * DAY, { answers: { usual: 6 }, goal: MARKED });
    const reader = db.connection().reader;
    const data = await collectAllClientData(reader, await findPersonalDataIdsByEmail(reader, 'ana@example.org'));
    expect(data.scores).toMatchObject([{ kind: 'before', score: expect.stringContaining('"usual":6') }]);
    expect(data.score_goals).toMatchObject([{ goal: MARKED }]);
    expect(JSON.stringify(data)).not.toContain('sealed');
    await deleteExpiredRows(FIRST + 3 * 365 * DAY);
    expect(await rows()).toHaveLength(1);
    await deleteExpiredRows(FIRST + (3 * 365 + 9) * DAY);
    expect(await rows()).toEqual([]);
    await save(link, FIRST - 5 * DAY, { answers: { usual: 6 }, goal: MARKED });
    await eraseClient('ana@example.org', NOW);
    expect([await rows(), await reader.select().from(scoreGoals)]).toEqual([[], []]);
  });

  it('is stored nowhere in plain text', async () => {
    const { link } = await book(2);
    await save(link, FIRST - 5 * DAY, { answers: { compared: 'much_worse', pressure: 'too_hard' }, goal: MARKED });
    const reader = db.connection().reader;
    const messages = JSON.stringify([
      await reader.select().from(scores),
      await reader.select().from(scoreGoals),
      await reader.select().from(auditEvents),
      await reader.select().from(outbox),
    ]);
    const file = process.env.DATABASE_URL ? '' : `${readFileSync(db.file())}${readFileSync(`${db.file()}-wal`)}`;
    for (const word of [MARKED, 'much_worse', 'too_hard']) expect(messages + file).not.toContain(word);
  });
});

describe('progress from pain scores', () => {
  it('is judged by usual pain, without the score given while reading', async () => {
    const { link, seriesId } = await book(5, { questionSlug: 'sciatica', startScore: 9, consent: 'page' });
    await note(link, [6, 7, 6], [6, 5, 3, 3]);
    await save(link, FIRST + 20.5 * DAY, { answers: { worst: 10 } });
    const view = await getProgress(link, seriesId, { now: FIRST + 21 * DAY });
    expect(view).toMatchObject({ reading: 9, hasBegun: true, progress: { verdict: 'clearly_lower', now: 3 } });
    expect(view?.scores.map(({ kind, session }) => `${kind} ${session}`)).toEqual([
      ...Array(3).fill('before null'),
      ...[1, 2, 3, 4].map((n) => `session ${n}`),
    ]);
  });

  it('says how many scores are missing', async () => {
    const { link, seriesId } = await book();
    await note(link, [6], []);
    expect(await getProgress(link, seriesId, { now: FIRST - 3 * DAY })).toMatchObject({
      hasBegun: false,
      progress: { verdict: 'too_few', missing: { before: 2, session: 4 } },
    });
  });

  it('leaves out the score of a cancelled session', async () => {
    const { link, seriesId, uids } = await book();
    await note(link, [6, 7, 6], [6, 5, 3]);
    const now = FIRST + 13 * DAY;
    await cancelAppointments(OWNER_VIEWER, { uid: uids[2]!, scope: 'this' }, { now });
    const view = await getProgress(link, seriesId, { now });
    expect(view?.scores.filter(({ kind }) => kind === 'session')).toHaveLength(2);
  });

  it('is shown to its link, the owner and the therapist who treats, and to nobody else', async () => {
    const { link, seriesId } = await book();
    const other = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(instantAt('2026-12-02', '17:00'), { therapistId: 'jun', client: BEN }),
      {
        now: NOW,
      },
    );
    if (!other.ok) throw new Error(other.reason);
    await note(link, [6], []);
    const now = FIRST - DAY;
    const [row] = await db.connection().reader.select().from(series).where(eq(series.id, seriesId));
    const clientId = row!.clientId;
    for (const viewer of [link, OWNER_VIEWER, MIRA])
      expect((await getProgress(viewer, seriesId, { now }))?.scores).toHaveLength(1);
    const stranger = { role: 'link', seriesId: other.seriesId } as const;
    // Viewers whom the types already exclude.
    const others = [
      stranger,
      therapistViewer('jun'),
      DESK_VIEWER,
      ANONYMOUS_VIEWER,
      { ...DESK_VIEWER, role: 'client' },
    ];
    for (const viewer of others) {
      expect(await getProgress(viewer as never, seriesId, { now })).toBeNull();
      expect(await getProgress(viewer as never, 'nobody', { now })).toBeNull();
    }
    expect(await listProgress(MIRA, clientId, { now })).toHaveLength(1);
    for (const viewer of [therapistViewer('jun'), DESK_VIEWER, ANONYMOUS_VIEWER])
      expect(await listProgress(viewer as never, clientId, { now })).toBeNull();
    const removed = { role: 'link', seriesId: 'nobody' } as const;
    expect(await getScorePageData(removed, { now })).toBeNull();
    expect(await saveScore(removed, { answers: { usual: 1 }, consent: true }, { now })).toMatchObject({ ok: false });
  });

  it('says that there are too few scores if they are under another key', async () => {
    const { link, seriesId } = await book();
    await note(link, [6, 7, 6], [6]);
    await db.write((tx) => tx.update(scores).set({ sealedScore: 'of-another-key' }));
    const view = await getProgress(link, seriesId, { now: FIRST });
    expect(view?.scores.every(({ answers }) => answers === null)).toBe(true);
    expect(view?.progress).toMatchObject({ verdict: 'too_few' });
  });

  it('does not overwrite a score or goal that was stored under another key', async () => {
    const { link } = await book();
    await note(link, [6], []);
    await save(link, FIRST - 5 * DAY, { goal: 'Climb stairs' });
    await db.write((tx) => tx.update(scores).set({ sealedScore: 'of-another-key' }));
    await db.write((tx) => tx.update(scoreGoals).set({ sealedGoal: 'of-another-key' }));
    const unreadable = { ok: false, reason: 'unreadable' };
    expect(await save(link, FIRST - 5 * DAY, { answers: { usual: 1 } })).toEqual(unreadable);
    expect(await save(link, FIRST - 5 * DAY, { goal: 'Swim' })).toEqual(unreadable);
    expect((await rows()).map(({ sealedScore }) => sealedScore)).toEqual(['of-another-key']);
    const goals = await db.connection().reader.select().from(scoreGoals);
    expect(goals.map(({ sealedGoal }) => sealedGoal)).toEqual(['of-another-key']);
  });
});
