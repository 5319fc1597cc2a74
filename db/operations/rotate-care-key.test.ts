import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  decryptBookingNote,
  decryptStartScore,
  encryptBookingNote,
  encryptStartScore,
} from '@/db/appointments/booking-health-encryption';
import { bookSeries } from '@/db/booking/book-series';
import { deriveCareKey } from '@/db/connection/care-keys';
import { loadDataKeys } from '@/db/connection/data-keys';
import { reader } from '@/db/connection/database-client';
import { decryptQuestion } from '@/db/messages/question-encryption';
import { decryptAlerts, encryptAlerts } from '@/db/people/client-alert-encryption';
import { saveReaderQuestion } from '@/db/questions/reader-questions';
import { askedQuestions, clients, dataKeys, series, startScores } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { processState } from '@/process-state';
import { encryptOlderValues } from './encrypt-older-values';
import { rotateCareKey } from './rotate-care-key';

const database = setUpTestDatabase({ now: NOW });
const DAY = 24 * 3_600_000;
const atOnce = async () => {};
const input = process.env.CARE_KEY;
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'fortnight-care-key-'));
  process.env.DATA_DIR = folder;
  await database.write((tx) => tx.delete(dataKeys));
});
afterEach(() => {
  process.env.CARE_KEY = input;
  delete process.env.DATA_DIR;
  rmSync(folder, { recursive: true, force: true });
});

const rows = async () => (await reader()).select().from(dataKeys).orderBy(dataKeys.generation);
const load = () => loadDataKeys(database.connection());

/** Puts a care key into a file, as in a practice that sets no CARE_KEY. */
async function useFile(...texts: string[]) {
  delete process.env.CARE_KEY;
  writeFileSync(path.join(folder, 'care-key'), `${texts.join('\n')}\n`, { mode: 0o600 });
  await load();
}

const inFile = () => readFileSync(path.join(folder, 'care-key'), 'utf8').trim().split('\n');
const KEY = (character: string) => character.repeat(43);

async function tellAll() {
  const request = makeSeriesRequest([instantAt('2026-12-01', '18:00')], {
    note: 'Sore hip',
    consent: 'page',
    startScore: 6,
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, { ...request, questionSlug: 'sciatica' }, { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  await database.write((tx) => tx.update(clients).set({ sealedAlerts: encryptAlerts(['Nut oil']) }));
  await saveReaderQuestion(
    { kind: 'question', words: 'Does it help a hip?', email: 'una@example.org', consent: 'yes' },
    NOW,
  );
}

async function readAll() {
  const db = await reader();
  const [row] = await db.select().from(series);
  const [score] = await db.select().from(startScores);
  const [client] = await db.select().from(clients).where(eq(clients.id, row!.clientId));
  const [request] = await db.select().from(askedQuestions);
  return {
    sealed: [row!.sealedNote!, score!.sealedScore, client!.sealedAlerts!, request!.sealedWords],
    open: [
      decryptBookingNote(row!.sealedNote),
      decryptStartScore(score!.sealedScore),
      decryptAlerts(client!.sealedAlerts),
      decryptQuestion(request!.sealedWords),
    ],
  };
}
const ALL = ['Sore hip', 6, ['Nut oil'], 'Does it help a hip?'];

describe('a rotation of the care key', () => {
  it('puts every value under a new data key, that key under a new care key, and keeps the old file for older backups', async () => {
    await useFile(KEY('a'));
    await tellAll();
    const rotated = await rotateCareKey({ now: NOW, settled: atOnce });
    expect(rotated).toMatchObject({ values: 4, locked: 0 });
    const [old, current] = await rows();
    const { sealed, open } = await readAll();
    expect(open).toEqual(ALL);
    expect(sealed.every((value) => value.startsWith(`k1.${current!.id}.`))).toBe(true);
    const [text, ...more] = inFile();
    expect(more).toEqual([]);
    expect(text).not.toBe(KEY('a'));
    expect([old!.careKeyId, current!.careKeyId]).toEqual(Array(2).fill(deriveCareKey(text!).id));
    expect(readFileSync(rotated.oldKeyFile!, 'utf8').trim()).toBe(KEY('a'));
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  });

  it('deletes the old data key a day later, and only once nothing is encrypted with it', async () => {
    await useFile(KEY('a'));
    await tellAll();
    await rotateCareKey({ now: NOW, settled: atOnce });
    const [old] = await rows();
    // A server that has not yet read the new key encrypts one more value with the old one.
    const { current, ...state } = processState.dataKeys!;
    processState.dataKeys = { ...state, current: old!.id };
    await database.write(async (tx) => tx.update(series).set({ sealedNote: encryptBookingNote('Sore knee') }));
    processState.dataKeys = { ...state, current };
    await rotateCareKey({ now: NOW + DAY + 1, settled: atOnce });
    expect((await readAll()).open[0]).toBe('Sore knee');
    expect((await rows()).map(({ id }) => id)).not.toContain(old!.id);
    expect(await rows()).toHaveLength(2);
  });

  it('lets running servers read the new key before any value is encrypted with it', async () => {
    await useFile(KEY('a'));
    await tellAll();
    const before = await readAll();
    let known: string[] = [];
    await rotateCareKey({
      now: NOW,
      settled: async () => {
        expect((await readAll()).sealed).toEqual(before.sealed);
        await load();
        known = [...processState.dataKeys!.byId.keys()];
      },
    });
    expect(known).toEqual((await rows()).map(({ id }) => id));
  });

  it('starts, with CARE_KEY, when the owner has put the new key before the old one', async () => {
    process.env.CARE_KEY = KEY('a');
    await load();
    await tellAll();
    process.env.CARE_KEY = `${KEY('b')} ${KEY('a')}`;
    expect(await rotateCareKey({ now: NOW, settled: atOnce })).toMatchObject({
      values: 4,
      oldKeyFile: null,
      locked: 0,
    });
    process.env.CARE_KEY = KEY('b');
    await load();
    expect((await readAll()).open).toEqual(ALL);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a practice without the care key that was used', () => {
  it('says that old text cannot be shown, encrypts new text, and shows all again once the old key is back', async () => {
    await useFile(KEY('a'));
    await tellAll();
    await useFile(KEY('b'));
    expect(processState.dataKeys!.locked).toBe(1);
    expect((await readAll()).open).toEqual([
      expect.stringContaining('cannot be shown'),
      null,
      [expect.stringContaining('cannot be shown')],
      expect.stringContaining('cannot be shown'),
    ]);
    await database.write((tx) => tx.update(startScores).set({ sealedScore: encryptStartScore(4) }));
    await useFile(KEY('b'), KEY('a'));
    expect(processState.dataKeys!.locked).toBe(0);
    expect((await readAll()).open).toEqual(['Sore hip', 4, ['Nut oil'], 'Does it help a hip?']);
    // A rotation then puts all values under the first key.
    await rotateCareKey({ now: NOW, settled: atOnce });
    await useFile(KEY('b'));
    expect((await readAll()).open[0]).toBe('Sore hip');
  });
});

it('encrypts plain text of older versions at the next start, and only once', async () => {
  await useFile(KEY('a'));
  await tellAll();
  await database.write(async (tx) => {
    await tx.update(series).set({ sealedNote: 'Sore hip' });
    await tx.update(startScores).set({ sealedScore: '6' });
    await tx.update(askedQuestions).set({ sealedWords: 'Does it help a hip?' });
  });
  await encryptOlderValues();
  const { sealed, open } = await readAll();
  expect(open).toEqual(ALL);
  expect(sealed.every((value) => value.startsWith('k1.'))).toBe(true);
  await encryptOlderValues();
  expect((await readAll()).sealed).toEqual(sealed);
});
