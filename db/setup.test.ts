import { beforeEach, expect, it } from 'vitest';
import { reader } from './client';
import { practices, users } from './schema';
import { type NewPractice, setUpPractice } from './setup';
import { emptyDatabase } from './test-appointments';
import { testDatabase } from './test-database';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = testDatabase({ now });
const wanted: NewPractice = {
  name: 'Harbour Massage',
  ownerName: 'Ruth Keane',
  ownerEmail: 'Ruth@Harbour.example',
  timeZone: 'America/Halifax',
  currency: 'cad',
  locale: 'en-CA',
  address: '',
  phone: '',
};

beforeEach(() => write(emptyDatabase));

it('makes a practice that is no demo, with the usual policies, and its owner', async () => {
  expect(await setUpPractice(wanted, now)).toEqual({ ok: true });
  const db = await reader();
  expect(await db.select().from(practices)).toMatchObject([
    { name: 'Harbour Massage', isDemo: false, timeZone: 'America/Halifax', currency: 'CAD', cancelCutoffMinutes: 1440 },
  ]);
  expect(await db.select({ email: users.email, role: users.role }).from(users)).toEqual([
    { email: 'ruth@harbour.example', role: 'owner' },
  ]);
});

it('makes no second one', async () => {
  await setUpPractice(wanted, now);
  expect(await setUpPractice({ ...wanted, name: 'Another' }, now)).toEqual({
    ok: false,
    reason: 'exists',
    name: 'Harbour Massage',
  });
});

it.each([
  ['a zone that is none', { timeZone: 'Mars/Base' }, 'timeZone'],
  ['a path for a zone', { timeZone: '../../etc/passwd' }, 'timeZone'],
  ['a currency that is none', { currency: 'XQQ' }, 'currency'],
  ['a locale that is none', { locale: 'not a locale' }, 'locale'],
  ['two addresses in one', { ownerEmail: 'a@x.example,b@y.example' }, 'ownerEmail'],
  ['no name', { name: '  ' }, 'name'],
  ['a name of two lines', { name: 'A\nB' }, 'name'],
])('refuses %s and writes nothing', async (_what, more, field) => {
  expect(await setUpPractice({ ...wanted, ...more }, now)).toMatchObject({ ok: false, issues: [{ path: [field] }] });
  expect(await (await reader()).$count(practices)).toBe(0);
});
