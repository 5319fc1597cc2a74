import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { withdrawConsent } from '@/db/care/consents';
import { getIntake } from '@/db/care/intake';
import { type IntakeScreenValues, saveIntakeScreen } from '@/db/care/save-intake';
import { reader } from '@/db/connection/database-client';
import { DAY_MS, RETENTION } from '@/db/retention';
import * as schema from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { collectAllClientData } from './all-client-data';
import { deleteExpiredRows } from './delete-expired-rows';
import { eraseClient } from './erase-client';
import { mergeClients } from './merge-clients';
import { findPersonalDataIdsByEmail } from './personal-data-ids';
import { deleteTrialBookings, getTrialBookingsState } from './trial-bookings';

const db = setUpTestDatabase({ now: NOW, practice: { isDemo: false } });
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-health-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
beforeEach(() => rmSync(path.join(folder, 'erased.txt'), { force: true }));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const UNA = 'una.cole@example.org';
const MARK = 'Quillaja';
let seriesId = '';
let clientId = '';
const link = () => ({ role: 'link', seriesId }) as const;

const agree: IntakeScreenValues = {
  ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: true },
  ...{ isMinor: true, guardianName: `${MARK} Cole`, guardianIsPresent: true },
};
const SCREENS: IntakeScreenValues[] = [
  agree,
  { screen: 'now', yes: [], unsure: [], none: true, about: {} },
  { screen: 'lately', yes: ['injury'], unsure: [], none: false, about: {} },
  { screen: 'health', yes: ['allergy'], unsure: [], none: false, about: { allergy: `${MARK} oil` } },
  { screen: 'hopes', hopes: `Run with ${MARK}`, touch: true, aboutTouch: `${MARK} spot`, own: {} },
];

beforeEach(async () => {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4), { client: { name: 'Una Cole', email: UNA } }),
    { now: NOW },
  );
  if (!booked.ok) throw new Error(booked.reason);
  seriesId = booked.seriesId;
  const [row] = await (await reader()).select().from(schema.series).where(eq(schema.series.id, seriesId));
  clientId = row!.clientId;
  for (const values of SCREENS)
    expect(await saveIntakeScreen(link(), values, { now: NOW })).toMatchObject({ ok: true });
});

const countOf = async (table: typeof schema.intakes | typeof schema.consentWithdrawals) =>
  (await reader()).$count(table);
const exported = async () =>
  collectAllClientData(await reader(), await findPersonalDataIdsByEmail(await reader(), UNA));

describe('a client’s health answers', () => {
  it('are in the copy of their data, decrypted, and never as stored', async () => {
    const found = await exported();
    expect(found.intakes?.[0]).toMatchObject({
      intake: { about: { allergy: `${MARK} oil` }, guardian: { name: `${MARK} Cole` }, answers: { injury: 'yes' } },
    });
    expect(JSON.stringify(found)).not.toContain('sealed');
    expect(found.consents?.map(({ kind }) => kind).sort()).toEqual(['health_kept', 'treated', 'written_to']);
  });

  it('are in plain text nowhere in the database, and in no waiting e-mail', async () => {
    const tables = Object.values(schema).filter((entry): entry is typeof schema.outbox => 'getSQL' in Object(entry));
    const rows = await Promise.all(tables.map(async (table) => (await reader()).select().from(table)));
    expect(JSON.stringify(rows)).toContain('Una Cole');
    expect(JSON.stringify(rows)).not.toContain(MARK);
    if (db.connection().engine === 'postgres') return;
    const files = path.dirname(db.file());
    const bytes = readdirSync(files).map((name) => readFileSync(path.join(files, name), 'latin1'));
    expect(bytes.join()).toContain('Una Cole');
    expect(bytes.join()).not.toContain(MARK);
    expect(bytes.join()).not.toContain('"injury"');
  });

  it('are erased with the client', async () => {
    await withdrawConsent(link(), { kind: 'written_to' }, { now: NOW + 1 });
    expect(await countOf(schema.consentWithdrawals)).toBe(1);
    await eraseClient(UNA, NOW + 2);
    expect(await countOf(schema.intakes)).toBe(0);
    expect(await countOf(schema.consentWithdrawals)).toBe(0);
    expect(await (await reader()).select().from(schema.consents)).toEqual([]);
  });

  it('stay with the client when two entries are merged', async () => {
    await db.write((tx) =>
      tx.insert(schema.clients).values({ id: 'una-2', name: 'Una C', email: 'una@example.org', createdAt: NOW }),
    );
    const joined = await mergeClients(
      OWNER_VIEWER,
      { keep: { id: 'una-2', version: 1 }, join: { id: clientId, version: 1 } },
      { now: NOW + 1 },
    );
    expect(joined).toEqual({ ok: true });
    expect((await getIntake(OWNER_VIEWER, { now: NOW + 2 }, 'una-2'))?.submitted?.answers?.about.allergy).toBe(
      `${MARK} oil`,
    );
  });

  it('are deleted with the test bookings', async () => {
    await withdrawConsent(link(), { kind: 'written_to' }, { now: NOW + 1 });
    const { bookings } = await getTrialBookingsState(OWNER_VIEWER, { now: NOW });
    const [{ name } = { name: '' }] = await (await reader()).select().from(schema.practices);
    const cleared = await deleteTrialBookings(
      OWNER_VIEWER,
      { seen: JSON.stringify(bookings), typedName: name },
      { now: NOW },
    );
    expect(cleared).toMatchObject({ ok: true });
    expect(await countOf(schema.intakes)).toBe(0);
  });

  it('are deleted after their retention, and unfinished ones much sooner', async () => {
    await saveIntakeScreen(link(), agree, { now: NOW });
    expect(await countOf(schema.intakes)).toBe(2);
    await deleteExpiredRows(NOW + RETENTION.unfinishedAnswersDays * DAY_MS + 1);
    expect(await countOf(schema.intakes)).toBe(1);
    await deleteExpiredRows(NOW + RETENTION.healthAnswersDays * DAY_MS);
    expect(await countOf(schema.intakes)).toBe(1);
    await deleteExpiredRows(NOW + (RETENTION.healthAnswersDays + 60) * DAY_MS);
    expect(await countOf(schema.intakes)).toBe(0);
  });
});
