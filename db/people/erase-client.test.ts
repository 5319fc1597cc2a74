import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq, getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { audit } from '@/db/audit';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { completeAppointment } from '@/db/booking/appointment-outcomes';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { getLinkExpiryForStaff, replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { storeAndQueueSignInLink } from '@/db/messages/sign-in';
import { getBill } from '@/db/money/bills';
import { recordPayment } from '@/db/money/ledger';
import { answerInWords, answerWithPage } from '@/db/questions/answer-reader-questions';
import { listReaderQuestions, saveReaderQuestion } from '@/db/questions/reader-questions';
import { RETENTION } from '@/db/retention';
import * as schema from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { offerFreedTime } from '@/db/waitlist/offer-freed-time';
import { collectAllClientData } from './all-client-data';
import { deleteExpiredRows } from './delete-expired-rows';
import { ERASED_NAME, eraseClient, replayErasures } from './erase-client';
import { findPersonalDataIdsByEmail, tablesWithPersonalData } from './personal-data-ids';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNA = 'una.cole@example.org';
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-erase-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
beforeEach(() => rmSync(path.join(folder, 'erased.txt'), { force: true }));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function booked(startsAt: number | number[], other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startsAt, other), {
    now: NOW,
    sender: '203.0.113.9',
  });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}
const book = () =>
  booked(listWeeklyInstants('2026-12-01', '18:00', 4), {
    client: { name: 'Una Cole', email: UNA, phone: '01 555 0177' },
    note: 'Xylophone elbow',
    questionSlug: 'sciatica',
    startScore: 7,
  });
const everything = async () => {
  const tables = Object.values(schema).filter((entry): entry is typeof schema.clients => is(entry, Table));
  const rows = await Promise.all(tables.map(async (table) => (await reader()).select().from(table)));
  return JSON.stringify(rows);
};
const askSomething = (now = NOW, words = 'Does it help tennis elbow?') =>
  saveReaderQuestion({ kind: 'question', words, name: 'Una Cole', email: UNA, consent: 'yes' }, now);

it('covers every table that could hold a person', () => {
  const couldHold = /email|clientId|seriesId|userId|identifier|appointmentId|askedId|subject|actor|entryId|consentId/i;
  const own: string[] = [schema.practices, schema.therapists].map((table) => getTableName(table)); // the practice itself
  const tables = Object.values(schema).filter((entry) => is(entry, Table)) as SQLiteTable[];
  const held = tables
    .filter((table) => Object.keys(getTableColumns(table)).some((name) => couldHold.test(name)))
    .map((table) => getTableName(table))
    .filter((name) => !own.includes(name));
  expect(tablesWithPersonalData.map(({ table }) => getTableName(table)).sort()).toEqual(held.sort());
});

describe('a client’s copy of their data', () => {
  it('holds everything about them, with their own words, and no key', async () => {
    const { manageToken } = await book();
    await askSomething();
    await booked(instantAt('2026-12-03', '17:30'), {
      client: { name: 'Ben', email: 'ben@example.org' },
      therapistId: 'any',
    });
    const db = await reader();
    const found = await collectAllClientData(db, await findPersonalDataIdsByEmail(db, 'Una.Cole@Example.org '));
    expect(Object.keys(found).sort()).toEqual(
      [
        'appointments',
        'asked_questions',
        'audit_events',
        'clients',
        'consents',
        'idempotency',
        'manage_tokens',
        'outbox',
        'series',
        'series_questions',
        'start_scores',
      ].sort(),
    );
    const text = JSON.stringify(found);
    for (const own of ['Una Cole', UNA, '+35315550177', 'Xylophone elbow', 'sciatica', 'tennis elbow'])
      expect(text).toContain(own);
    expect(text).not.toMatch(/ben@example|tokenHash/i);
    expect(text).not.toContain(manageToken);
  });
});

describe('erasing a client', () => {
  it('leaves nothing of a client who has not come yet, and frees their time', async () => {
    const { manageToken } = await book();
    await askSomething();
    expect(await eraseClient(UNA, NOW)).toEqual({ deleted: 4, freed: 4, kept: 0, questions: 1 });
    expect(
      (await everything()).match(/Una Cole|una.cole@example|\+35315550177|Xylophone|sciatica|tennis/)?.[0],
    ).toBeUndefined();
    expect(await findManageLinkViewer(manageToken)).toBeNull();
    const query = { serviceId: 'swedish', minutes: 60, from: '2026-12-01', days: 1, therapistId: 'mira' };
    const open = await listBookableStarts(query, NOW);
    expect(JSON.stringify(open)).toContain(String(instantAt('2026-12-01', '18:00')));
    expect(readFileSync(path.join(folder, 'erased.txt'), 'utf8')).not.toContain('una');
  });

  it('keeps what was paid for an upcoming date for the books, and nothing more is owed of it', async () => {
    const { appointments: dates } = await book();
    const appointmentId = dates[0]!.uid;
    const payment = { appointmentId, way: 'card' as const, amountCents: 5000, tipCents: 0 };
    expect(await recordPayment(OWNER_VIEWER, payment, { now: NOW })).toMatchObject({ ok: true });
    expect(await eraseClient(UNA, NOW)).toMatchObject({ freed: 4 });
    expect((await everything()).match(/Una Cole|una.cole@example|\+35315550177|Xylophone/)?.[0]).toBeUndefined();
    expect(await getBill(OWNER_VIEWER, appointmentId)).toMatchObject({ paidCents: 5000, owedCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('keeps past visits for the books, without a name, and nothing of upcoming dates', async () => {
    const { appointments: dates, manageToken, seriesId } = await book();
    const later = dates[0]!.startsAt + 90 * MINUTE;
    await completeAppointment(OWNER_VIEWER, dates[0]!.uid, { now: later });
    expect(await eraseClient(UNA, later)).toEqual({ deleted: 0, freed: 3, kept: 4, questions: 0 });
    expect(
      (await everything()).match(/Una Cole|una.cole@example|\+35315550177|Xylophone|sciatica/)?.[0],
    ).toBeUndefined();
    const stored = await (await reader()).select().from(schema.appointments);
    expect(stored.map(({ status }) => status).sort()).toEqual(['cancelled', 'cancelled', 'cancelled', 'completed']);
    expect(await (await reader()).select().from(schema.clients)).toMatchObject([{ name: ERASED_NAME, phone: null }]);
    expect(await findManageLinkViewer(manageToken)).toBeNull();
    // The practice cannot extend the link either: there is nobody to send it to.
    expect(await getLinkExpiryForStaff(OWNER_VIEWER, seriesId)).toBeNull();
    expect(await replaceAndSendLink(OWNER_VIEWER, seriesId, later)).toBe(false);
  });

  it('leaves the data of everybody else alone', async () => {
    await book();
    const ben = await booked(listWeeklyInstants('2026-12-03', '17:30', 3), {
      client: { name: 'Ben', email: 'ben@example.org' },
      therapistId: 'jun',
      serviceId: 'sports',
    });
    await eraseClient(UNA, NOW);
    expect(await (await reader()).select().from(schema.appointments)).toHaveLength(3);
    expect(await findManageLinkViewer(ben.manageToken)).toMatchObject({ role: 'link' });
  });

  it('does nothing for an unknown address, nor to staff', async () => {
    expect(await eraseClient('nobody@example.org', NOW)).toBeNull();
    const users = await (await reader()).select().from(schema.users);
    await eraseClient(OWNER_VIEWER.email, NOW);
    expect(await (await reader()).select().from(schema.users)).toEqual(users);
  });

  it('is repeated when a backup brings the client back, and spares what they have booked since', async () => {
    await book();
    await eraseClient(UNA, NOW);
    await book(); // as from a backup: made before they were erased
    expect(await replayErasures(NOW + MINUTE)).toBe(1);
    expect((await everything()).match(/Una Cole|una.cole@example/)?.[0]).toBeUndefined();
    const request = makeSeriesRequest(instantAt('2026-12-02', '18:00'), { client: { name: 'Una Cole', email: UNA } });
    expect(await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW + DAY })).toMatchObject({ ok: true });
    expect(await replayErasures(NOW + 2 * DAY)).toBe(0);
    expect(await everything()).toContain('una.cole@example.org');
  });
});

describe('the sign-in links of an address', () => {
  const sign = async (email: string, role: 'client' | 'owner' | null, now = NOW) => {
    const user = { id: email, email, role: role ?? ('client' as const) };
    await db.write((tx) => tx.insert(schema.users).values(user).onConflictDoNothing());
    const link = { email, nonce: `nonce-of-${email}`, expiresAt: now + RETENTION.signInLinkMinutes * MINUTE };
    expect(await storeAndQueueSignInLink({ ...link, callbackUrl: '' }, now)).toBe(true);
    if (role === null) await db.write((tx) => tx.delete(schema.users).where(eq(schema.users.id, email)));
  };
  const linksOf = async (email: string) =>
    (await (await reader()).select().from(schema.verificationTokens)).filter(({ identifier }) => identifier === email);

  it.each([
    ['a client', 'client'],
    ['a member of staff', 'owner'],
    ['a person whose account is gone', null],
  ] as const)('of %s are shown, without what opens them, and erased', async (_, role) => {
    const email = 'una.signs@example.org';
    await sign(email, role);
    const db = await reader();
    const shown = await collectAllClientData(db, await findPersonalDataIdsByEmail(db, email));
    expect(shown.verification_tokens).toEqual([{ identifier: email, expires: expect.any(Date) }]);
    await eraseClient(email, NOW + MINUTE);
    expect(await linksOf(email)).toEqual([]);
  });

  it('stay when they were sent after an erasure that is repeated for a restored backup', async () => {
    await book();
    await eraseClient(UNA, NOW);
    await sign(UNA, 'client', NOW + 2 * DAY);
    await replayErasures(NOW + 2 * DAY);
    expect(await linksOf(UNA)).toHaveLength(1);
  });
});

describe('the daily deletion', () => {
  it('deletes rows whose retention has ended, and nothing younger', async () => {
    await askSomething(NOW);
    await askSomething(NOW, 'And golfer’s elbow?');
    const [first] = await (await reader()).select().from(schema.askedQuestions);
    await answerWithPage(OWNER_VIEWER, { id: first!.id, slug: 'tennis-elbow' }, NOW);
    await book();
    await db.write(async (tx) => {
      const user = { id: 'u', email: 'u@example.org', role: 'client' as const };
      await tx.insert(schema.users).values(user);
      const expires = new Date(NOW + DAY);
      await tx.insert(schema.sessions).values({ sessionToken: 's', userId: 'u', expires });
      await tx.insert(schema.verificationTokens).values({ identifier: user.email, token: 't', expires });
    });
    const counts = async () => {
      const { askedQuestions, idempotencyKeys, sessions, verificationTokens, consents } = schema;
      const tables = [askedQuestions, idempotencyKeys, sessions, verificationTokens, consents];
      const entry = async (table: (typeof tables)[number]) => (await (await reader()).select().from(table)).length;
      return Promise.all(tables.map(entry));
    };
    await deleteExpiredRows(NOW + DAY - 1);
    expect(await counts()).toEqual([2, 1, 1, 1, 3]);
    await deleteExpiredRows(NOW + DAY + 1);
    expect(await counts()).toEqual([2, 0, 0, 0, 3]);
    await askSomething(NOW, 'And a knee?');
    const [third] = (await listReaderQuestions(OWNER_VIEWER)).filter(({ words }) => words === 'And a knee?');
    await answerInWords(OWNER_VIEWER, { id: third!.id, words: 'It may help.' }, NOW);
    await deleteExpiredRows(NOW + RETENTION.answeredQuestionDays * DAY + 1);
    expect(await (await reader()).select().from(schema.askedQuestionReplies)).toEqual([]);
    await deleteExpiredRows(NOW + RETENTION.answeredQuestionDays * DAY + 1);
    expect(await counts()).toEqual([1, 0, 0, 0, 2]);
  });
});

describe('an interrupted erasure', () => {
  it('clears the files when it is run again', async () => {
    await book();
    const connection = db.connection();
    const { whileErasing } = connection;
    let cleared = 0;
    connection.whileErasing = async (work) => {
      await work();
      throw new Error('somebody is reading');
    };
    await expect(eraseClient(UNA, NOW)).rejects.toThrow('reading');
    connection.whileErasing = (work, how) => {
      cleared++;
      return whileErasing.call(connection, work, how) as ReturnType<typeof work>;
    };
    expect(await eraseClient(UNA, NOW + 1000)).toMatchObject({ deleted: 0 });
    connection.whileErasing = whileErasing;
    expect(cleared).toBe(1);
  });

  it('deletes nothing when the erasure list cannot be written', async () => {
    await book();
    mkdirSync(path.join(folder, 'erased.txt')); // nothing can be written to a folder
    await expect(eraseClient(UNA, NOW)).rejects.toThrow();
    rmSync(path.join(folder, 'erased.txt'), { recursive: true });
    expect(await everything()).toContain(UNA);
  });
});

describe('an erased client', () => {
  const addAccount = () =>
    db.write(async (tx) => {
      await tx.insert(schema.users).values({ id: 'una', email: UNA, role: 'client' });
      const expires = new Date(NOW + 30 * DAY);
      await tx.insert(schema.sessions).values({ sessionToken: 's', userId: 'una', expires });
    });

  it('who books again and signs in stays signed in', async () => {
    await book();
    await eraseClient(UNA, NOW);
    const request = makeSeriesRequest(instantAt('2026-12-02', '18:00'), { client: { name: 'Una Cole', email: UNA } });
    await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW + DAY });
    await addAccount();
    expect(await replayErasures(NOW + 2 * DAY)).toBe(0);
    expect(await (await reader()).select().from(schema.sessions)).toHaveLength(1);
  });

  it('who had only an account is erased again when a backup brings it back', async () => {
    await addAccount();
    expect(await eraseClient(UNA, NOW)).not.toBeNull();
    await addAccount();
    expect(await replayErasures(NOW + 1)).toBe(1);
    expect(await everything()).not.toContain(UNA);
  });
});

it('deletes the e-mails of a series a year after its last date, and not before', async () => {
  await book();
  const count = async () => (await (await reader()).select().from(schema.outbox)).length;
  const last = instantAt('2026-12-22', '19:00');
  await deleteExpiredRows(last + RETENTION.afterLastDateDays * DAY - 1);
  expect(await count()).toBe(2);
  await deleteExpiredRows(last + RETENTION.afterLastDateDays * DAY + DAY);
  expect(await count()).toBe(0);
});

it('erases a client’s waiting list entries, and releases the time held for them', async () => {
  await addToWaitlist('Wanda Wait', NOW, { untilOn: '2026-12-01' });
  const later = NOW + 6 * MINUTE;
  expect(await offerFreedTime('one', later, async () => false)).toBe(1);
  const data = await collectAllClientData(
    await reader(),
    await findPersonalDataIdsByEmail(await reader(), 'wanda.wait@example.org'),
  );
  expect(data).toMatchObject({ waitlist_entries: [{ minutes: 60 }], waitlist_offers: [{ sessions: 1 }] });
  await eraseClient('wanda.wait@example.org', later);
  for (const table of [schema.waitlistEntries, schema.waitlistOffers, schema.claims])
    expect(await (await reader()).select().from(table)).toEqual([]);
});
