import { beforeEach, expect, it } from 'vitest';
import { listOpenings } from '@/db/availability/openings';
import { reader } from '@/db/connection/client';
import { practices, therapists, users, workingHours } from '@/db/schema';
import { emptyDatabase } from '@/db/testing/test-appointments';
import { testDatabase } from '@/db/testing/test-database';
import { getPractice, notificationPractice } from './practice';
import { listServices } from './services';
import { type NewPractice, setUpPractice } from './setup';

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

it('keeps whom its mail comes from and where answers go', async () => {
  await setUpPractice({ ...wanted, mailFrom: 'desk@harbour.example', mailReplyTo: 'ruth@harbour.example' }, now);
  const told = notificationPractice(await getPractice());
  expect(told).toMatchObject({ mailFrom: 'desk@harbour.example', mailReplyTo: 'ruth@harbour.example' });
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
  ['a phone number that cannot be dialled', { phone: 'ask at the desk' }, 'phone'],
  ['a sender that is no address', { mailFrom: 'The desk <desk@harbour.example>' }, 'mailFrom'],
  ['no name', { name: '  ' }, 'name'],
  ['a name of two lines', { name: 'A\nB' }, 'name'],
])('refuses %s and writes nothing', async (_what, more, field) => {
  expect(await setUpPractice({ ...wanted, ...more }, now)).toMatchObject({ ok: false, issues: [{ path: [field] }] });
  expect(await (await reader()).$count(practices)).toBe(0);
});

const offer = {
  therapistName: 'Zoë Ní Bhriain',
  hours: 'Mon-Wed,Fri 09:00-13:00 14:00-18:00; Sat 10:00-14:00',
  roomName: 'Front room',
  prices: { swedish: '45/70/99.50', sports: 'none', 'deep-tissue': '50/80/112' },
};

it('opens with prices, a room and a therapist, so that a time can be had at once', async () => {
  expect(await setUpPractice({ ...wanted, offer }, now)).toEqual({ ok: true });
  expect(await listServices()).toMatchObject([
    { id: 'swedish', lengths: [{ priceCents: 4500 }, { priceCents: 7000 }, { priceCents: 9950 }], therapists: ['zoe'] },
    { id: 'deep-tissue', rooms: ['room'] },
  ]);
  const found = await listOpenings({ serviceId: 'swedish', minutes: 60, from: '2026-11-28', days: 1 }, now);
  expect(found).toMatchObject({
    ok: true,
    openings: expect.arrayContaining([expect.objectContaining({ therapists: ['zoe'] })]),
  });
  const [made] = await (await reader()).select().from(therapists);
  expect(made).toMatchObject({ id: 'zoe', name: 'Zoë Ní Bhriain', isActive: true });
});

it.each([
  ['Dr. Zoë Ní Bhriain', 'zoe'],
  ['Dr. Kovač', 'kovac'],
  ['Mary-Jane Ng', 'mary'],
  ['水野 恵', 'therapist'],
])('gives %s the address %s', async (therapistName, id) => {
  await setUpPractice({ ...wanted, offer: { ...offer, therapistName } }, now);
  expect(await (await reader()).select({ id: therapists.id }).from(therapists)).toEqual([{ id }]);
});

it.each([
  ['JPY', '5000/8000/11000', [5000, 8000, 11_000]],
  ['kwd', '8/12.500/18.25', [8000, 12_500, 18_250]],
  ['VND', '350000/600000/1500000', [350_000, 600_000, 1_500_000]],
])('reads prices in the units of the currency: %s', async (currency, swedish, amounts) => {
  const prices = { swedish, sports: 'none', 'deep-tissue': 'none' };
  expect(await setUpPractice({ ...wanted, currency, offer: { ...offer, prices } }, now)).toEqual({ ok: true });
  const [service] = await listServices();
  expect(service!.lengths.map(({ priceCents }) => priceCents)).toEqual(amounts);
});

it('refuses prices that the currency has no coins for, with an example in it', async () => {
  const yen = { ...wanted, currency: 'JPY', offer: { ...offer, prices: { ...offer.prices, swedish: '42/68/96.50' } } };
  const message = 'Give the prices of 30, 60 and 90 minutes in JPY, such as 5000/8000/11000, or none.';
  expect(await setUpPractice(yen, now)).toMatchObject({ ok: false, issues: [{ message }] });
});

it.each([
  ['europe/dublin', 'Europe/Dublin'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['US/Eastern', 'America/New_York'],
])('keeps the zone %s by its one name', async (timeZone, name) => {
  await setUpPractice({ ...wanted, timeZone, offer }, now);
  const db = await reader();
  expect(await db.select({ timeZone: practices.timeZone }).from(practices)).toEqual([{ timeZone: name }]);
  const zones = await db.selectDistinct({ timeZone: workingHours.timeZone }).from(workingHours);
  expect(zones).toEqual([{ timeZone: name }]);
});

it('reads the zone of an older database by its one name', async () => {
  await setUpPractice(wanted, now);
  await write((tx) => tx.update(practices).set({ timeZone: 'america/halifax' }));
  expect((await getPractice()).timeZone).toBe('America/Halifax');
});

it.each([
  ['prices that are none', { prices: { ...offer.prices, swedish: 'forty' } }, ['offer', 'prices', 'swedish']],
  ['a price too few', { prices: { ...offer.prices, sports: '40/60' } }, ['offer', 'prices', 'sports']],
  ['hours that end before they begin', { hours: 'Mon 18:00-09:00' }, ['offer', 'hours']],
  ['hours that meet', { hours: 'Mon 09:00-13:00 12:00-18:00' }, ['offer', 'hours']],
  ['a day that is none', { hours: 'Someday 09:00-13:00' }, ['offer', 'hours']],
  ['a day said twice', { hours: 'Mon-Fri 09:00-13:00; Tue 10:00-12:00' }, ['offer', 'hours']],
  [
    'no massage at all',
    { prices: { swedish: 'none', sports: 'none', 'deep-tissue': 'none' } },
    ['offer', 'prices', 'swedish'],
  ],
])('refuses to open with %s, and writes nothing', async (_what, more, path) => {
  expect(await setUpPractice({ ...wanted, offer: { ...offer, ...more } }, now)).toMatchObject({
    ok: false,
    issues: [{ path }],
  });
  expect(await (await reader()).$count(practices)).toBe(0);
});
