import { eq } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { auditEvents, clients } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { getMailLanguage, saveMailLanguage } from './language-of-address';

const db = setUpTestDatabase({ now: NOW });
const HOME = 'home@example.org';
const viewer = { role: 'address', email: HOME } as const;
const clock = { now: NOW };

async function book(name: string, email: string, on: string): Promise<void> {
  const request = makeSeriesRequest(instantAt(on, '18:00'), { client: { name, email } });
  expect(await bookSeries(ANONYMOUS_VIEWER, request, clock)).toMatchObject({ ok: true });
}

const languages = async () => {
  const rows = await db.connection().reader.select().from(clients).orderBy(clients.name);
  return rows.map(({ name, language }) => [name, language]);
};
const history = async () =>
  (await db.connection().reader.select().from(auditEvents).where(eq(auditEvents.action, 'client changed'))).map(
    ({ actor, facts }) => [actor.split(':')[0], facts],
  );

beforeEach(async () => {
  await book('Ana Costa', HOME, '2026-12-01');
  await book('Ben Costa', HOME, '2026-12-02');
  await book('Cara Other', 'cara@example.org', '2026-12-03');
});

it('is noted for everybody who shares the address, and in the history', async () => {
  expect(await getMailLanguage(viewer)).toBe('en');
  expect(await saveMailLanguage(viewer, 'de', clock)).toEqual({ ok: true });
  expect(await getMailLanguage(viewer)).toBe('de');
  expect(await languages()).toEqual([
    ['Ana Costa', 'de'],
    ['Ben Costa', 'de'],
    ['Cara Other', ''],
  ]);
  expect(await history()).toEqual(Array(2).fill(['link', { fields: ['language'] }]));
});

it('changes nothing where it is the same, and is refused where no e-mail can be written in it', async () => {
  await saveMailLanguage(viewer, 'fr', clock);
  expect(await saveMailLanguage(viewer, 'fr', clock)).toEqual({ ok: true });
  expect(await history()).toHaveLength(2);
  expect(await saveMailLanguage(viewer, 'pl', clock)).toEqual({ ok: false, reason: 'invalid' });
  expect(await saveMailLanguage({ ...viewer, email: 'nobody@example.org' }, 'de', clock)).toEqual({
    ok: false,
    reason: 'not_found',
  });
});
