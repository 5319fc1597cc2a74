import { beforeEach, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { reader } from '@/db/connection/database-client';
import { holidays, practices, rooms, serviceLengths, services, therapists, users, workingHours } from '@/db/schema';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { getPractice, toNotificationPractice } from './practice';
import { listServices } from './services';
import { checkNewPractice, type NewPractice, setUpPractice } from './setup';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = setUpTestDatabase({ now });
const request: NewPractice = {
  name: 'Harbour Massage',
  ownerName: 'Ruth Keane',
  ownerEmail: 'Ruth@Harbour.example',
  timeZone: 'America/Halifax',
  currency: 'cad',
  locale: 'en-CA',
  address: '',
  phone: '',
};

const isMade = { ok: true, ownerId: expect.any(String) };

beforeEach(() => write(deleteAllRows));

it('creates a practice that is no demo, with the usual policies, and its owner', async () => {
  expect(await setUpPractice(request, now)).toEqual(isMade);
  const db = await reader();
  expect(await db.select().from(practices)).toMatchObject([
    { name: 'Harbour Massage', isDemo: false, timeZone: 'America/Halifax', currency: 'CAD', cancelCutoffMinutes: 1440 },
  ]);
  expect(await db.select({ email: users.email, role: users.role }).from(users)).toEqual([
    { email: 'ruth@harbour.example', role: 'owner' },
  ]);
});

it('stores the sender of its mail and where replies go', async () => {
  await setUpPractice({ ...request, mailFrom: 'desk@harbour.example', mailReplyTo: 'ruth@harbour.example' }, now);
  const messages = toNotificationPractice(await getPractice());
  expect(messages).toMatchObject({ mailFrom: 'desk@harbour.example', mailReplyTo: 'ruth@harbour.example' });
});

it('does not create a second practice', async () => {
  await setUpPractice(request, now);
  expect(await setUpPractice({ ...request, name: 'Another' }, now)).toEqual({
    ok: false,
    reason: 'exists',
    name: 'Harbour Massage',
  });
});

it.each([
  ['an unknown time zone', { timeZone: 'Mars/Base' }, 'timeZone'],
  ['a path in place of a zone', { timeZone: '../../etc/passwd' }, 'timeZone'],
  ['an unknown currency', { currency: 'XQQ' }, 'currency'],
  ['an invalid locale', { locale: 'not a locale' }, 'locale'],
  ['two addresses in one', { ownerEmail: 'a@x.example,b@y.example' }, 'ownerEmail'],
  ['a phone number that cannot be dialled', { phone: 'ask at the desk' }, 'phone'],
  ['a sender that is no address', { mailFrom: 'The desk <desk@harbour.example>' }, 'mailFrom'],
  ['no name', { name: '  ' }, 'name'],
  ['a name of two lines', { name: 'A\nB' }, 'name'],
])('refuses %s and writes nothing', async (_what, more, field) => {
  expect(await setUpPractice({ ...request, ...more }, now)).toMatchObject({ ok: false, issues: [{ path: [field] }] });
  expect(await (await reader()).$count(practices)).toBe(0);
});

const offer = {
  therapistName: 'Zoë Ní Bhriain',
  hours: 'Mon-Wed,Fri 09:00-13:00 14:00-18:00; Sat 10:00-14:00',
  roomName: 'Front room',
  prices: { swedish: '45/70/99.50', sports: 'none', 'deep-tissue': '50/80/112' },
};

it('opens with prices, a room and a therapist, so that a time can be booked at once', async () => {
  expect(await setUpPractice({ ...request, offer }, now)).toEqual(isMade);
  expect(await listServices()).toMatchObject([
    { id: 'swedish', lengths: [{ priceCents: 4500 }, { priceCents: 7000 }, { priceCents: 9950 }], therapists: ['zoe'] },
    { id: 'deep-tissue', rooms: ['room'] },
  ]);
  const found = await listBookableStarts({ serviceId: 'swedish', minutes: 60, from: '2026-11-28', days: 1 }, now);
  expect(found).toMatchObject({
    ok: true,
    openings: expect.arrayContaining([expect.objectContaining({ therapists: ['zoe'] })]),
  });
  const [therapist] = await (await reader()).select().from(therapists);
  expect(therapist).toMatchObject({ id: 'zoe', name: 'Zoë Ní Bhriain', isActive: true });
});

it.each([
  ['Dr. Zoë Ní Bhriain', 'zoe'],
  ['Dr. Kovač', 'kovac'],
  ['Mary-Jane Ng', 'mary'],
  ['水野 恵', 'therapist'],
])('gives the therapist %s the id %s', async (therapistName, id) => {
  await setUpPractice({ ...request, offer: { ...offer, therapistName } }, now);
  expect(await (await reader()).select({ id: therapists.id }).from(therapists)).toEqual([{ id }]);
});

it.each([
  ['JPY', '5000/8000/11000', [5000, 8000, 11_000]],
  ['kwd', '8/12.500/18.25', [8000, 12_500, 18_250]],
  ['VND', '350000/600000/1500000', [350_000, 600_000, 1_500_000]],
])('reads prices in the units of the currency: %s', async (currency, swedish, amounts) => {
  const prices = { swedish, sports: 'none', 'deep-tissue': 'none' };
  expect(await setUpPractice({ ...request, currency, offer: { ...offer, prices } }, now)).toEqual(isMade);
  const [service] = await listServices();
  expect(service!.lengths.map(({ priceCents }) => priceCents)).toEqual(amounts);
});

it('refuses prices finer than the currency’s smallest coin, with an example', async () => {
  const yen = { ...request, currency: 'JPY', offer: { ...offer, prices: { ...offer.prices, swedish: '42/68/96.50' } } };
  const message = 'Give the prices of 30, 60 and 90 minutes in JPY, such as 5000/8000/11000, or none.';
  expect(await setUpPractice(yen, now)).toMatchObject({ ok: false, issues: [{ message }] });
});

it.each([
  ['europe/dublin', 'Europe/Dublin'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['US/Eastern', 'America/New_York'],
])('stores the zone %s under its canonical name', async (timeZone, name) => {
  await setUpPractice({ ...request, timeZone, offer }, now);
  const db = await reader();
  expect(await db.select({ timeZone: practices.timeZone }).from(practices)).toEqual([{ timeZone: name }]);
  const zones = await db.selectDistinct({ timeZone: workingHours.timeZone }).from(workingHours);
  expect(zones).toEqual([{ timeZone: name }]);
});

it('reads a zone from an older database under its canonical name', async () => {
  await setUpPractice(request, now);
  await write((tx) => tx.update(practices).set({ timeZone: 'america/halifax' }));
  expect((await getPractice()).timeZone).toBe('America/Halifax');
});

it.each([
  ['a price that is no number', { prices: { ...offer.prices, swedish: 'forty' } }, ['offer', 'prices', 'swedish']],
  ['a price too few', { prices: { ...offer.prices, sports: '40/60' } }, ['offer', 'prices', 'sports']],
  ['hours that end before they begin', { hours: 'Mon 18:00-09:00' }, ['offer', 'hours']],
  ['hours that overlap', { hours: 'Mon 09:00-13:00 12:00-18:00' }, ['offer', 'hours']],
  ['an unknown weekday', { hours: 'Someday 09:00-13:00' }, ['offer', 'hours']],
  ['a day given twice', { hours: 'Mon-Fri 09:00-13:00; Tue 10:00-12:00' }, ['offer', 'hours']],
  [
    'no massage at all',
    { prices: { swedish: 'none', sports: 'none', 'deep-tissue': 'none' } },
    ['offer', 'prices', 'swedish'],
  ],
])('refuses to open with %s, and writes nothing', async (_what, more, path) => {
  expect(await setUpPractice({ ...request, offer: { ...offer, ...more } }, now)).toMatchObject({
    ok: false,
    issues: [{ path }],
  });
  expect(await (await reader()).$count(practices)).toBe(0);
});

it('lets only one of several people who finish at the same moment create the practice, and tells the others', async () => {
  const attempts = Array.from({ length: 5 }, (_, k) =>
    setUpPractice({ ...request, name: `Practice ${k}`, offer }, now),
  );
  const answers = await Promise.all(attempts);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'exists')).toHaveLength(4);
  const db = await reader();
  expect([await db.$count(practices), await db.$count(users), await db.$count(therapists)]).toEqual([1, 1, 1]);
});

it('does not create a practice beside a demo', async () => {
  await setUpPractice({ ...request, name: 'First' }, now);
  await write((tx) => tx.update(practices).set({ id: 'fortnight', isDemo: true }));
  expect(await setUpPractice(request, now)).toMatchObject({ ok: false, reason: 'exists', name: 'First' });
});

it('leaves out the lengths that are not offered', async () => {
  const prices = { swedish: '-/70/-', sports: 'none', 'deep-tissue': '50/ - /112,50' };
  expect(await setUpPractice({ ...request, offer: { ...offer, prices } }, now)).toEqual(isMade);
  expect((await listServices()).map(({ id, lengths }) => [id, lengths])).toEqual([
    ['swedish', [{ minutes: 60, priceCents: 7000 }]],
    [
      'deep-tissue',
      [
        { minutes: 30, priceCents: 5000 },
        { minutes: 90, priceCents: 11_250 },
      ],
    ],
  ]);
});

it('starts with the booking rules, set-up and clean-up times from the answers', async () => {
  const policies = {
    cancelCutoffMinutes: '48',
    moveCutoffMinutes: '1.5',
    noticeMinutes: '0',
    windowDays: '90',
    stepMinutes: '30',
  };
  await setUpPractice({ ...request, policies, offer: { ...offer, setupMinutes: '5', cleanupMinutes: '10' } }, now);
  expect(await getPractice()).toMatchObject({
    cancelCutoffMinutes: 2880,
    moveCutoffMinutes: 90,
    noticeMinutes: 0,
    windowDays: 90,
    stepMinutes: 30,
    holdMinutes: 10,
  });
  expect((await listServices())[0]).toMatchObject({ setupMinutes: 5, cleanupMinutes: 10 });
});

it('takes another person as the first therapist where the owner gives no massage', async () => {
  await setUpPractice({ ...request, offer: { ...offer, ownerGives: 'no' } }, now);
  const [therapist] = await (await reader()).select().from(therapists);
  expect(therapist).toMatchObject({ name: 'Zoë Ní Bhriain', userId: null });
});

it('closes on all upcoming public holidays of its country, on some of them, or on none', async () => {
  const closedOn = async (closedDays: string) => {
    await write(deleteAllRows);
    const answer = await setUpPractice({ ...request, country: 'IE', closedDays }, now);
    return answer.ok ? (await (await reader()).select().from(holidays)).map(({ on }) => on).sort() : answer.reason;
  };
  const all = await closedOn('public');
  expect(all).toContain('2026-12-25');
  expect(all).toContain('2027-12-25');
  expect(await closedOn('2026-12-25 2027-01-01')).toEqual(['2026-12-25', '2027-01-01']);
  expect([await closedOn('none'), await closedOn('')]).toEqual([[], []]);
  expect([await closedOn('2026-12-24'), await closedOn('2026-01-01'), await closedOn('often')]).toEqual(
    Array.from({ length: 3 }, () => 'invalid'),
  );
});

it.each([
  ['an unknown country', { country: 'XX' }, ['country']],
  ['a rule that is no number', { policies: { noticeMinutes: 'soon' } }, ['policies', 'noticeMinutes']],
  ['hours between the five minutes', { offer: { ...offer, hours: 'Mon 09:02-12:00' } }, ['offer', 'hours']],
  ['a clean-up of three hours', { offer: { ...offer, cleanupMinutes: '180' } }, ['offer', 'cleanupMinutes']],
])('refuses %s', async (_what, more, path) => {
  expect(await setUpPractice({ ...request, ...more }, now)).toMatchObject({ ok: false, issues: [{ path }] });
});

it('creates a practice from valid answers, and writes nothing for invalid ones', async () => {
  const text = (good: string[]) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...good) },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    );
  const price = text(['45/70/99.50', '-/8000/-', 'none', '1/2/3']);
  const random = fc.record({
    name: text(['Harbour Massage', 'Bärenhof']),
    ownerName: text(['Ruth Keane']),
    ownerEmail: text(['ruth@harbour.example']),
    timeZone: text(['Europe/Dublin', 'Asia/Kathmandu']),
    country: text(['IE', '', 'NP']),
    currency: text(['EUR', 'JPY', 'kwd']),
    locale: text(['en-IE']),
    address: text(['', '2 Quay Street']),
    phone: text(['', '+353 1 555 0142']),
    closedDays: text(['public', 'none']),
    policies: fc.record({ windowDays: text(['30', '400']), noticeMinutes: text(['2', '0.5']) }),
    offer: fc.record({
      therapistName: text(['Zoë']),
      hours: text(['Mon-Fri 09:00-13:00 14:00-18:00', 'Sun 00:00-24:00']),
      roomName: text(['Room']),
      prices: fc.record({ swedish: price, sports: price, 'deep-tissue': price }),
    }),
  });
  await fc.assert(
    fc.asyncProperty(random, async (request) => {
      await write(deleteAllRows);
      const wrong = checkNewPractice(request, now);
      const answer = await setUpPractice(request, now);
      expect(answer.ok).toBe(wrong.length === 0);
      if (!answer.ok) expect(answer).toEqual({ ok: false, reason: 'invalid', issues: wrong });
      const db = await reader();
      const rows = [practices, users, therapists, services, serviceLengths, rooms, workingHours].map((table) =>
        db.$count(table),
      );
      expect((await Promise.all(rows)).every((count) => count > 0 === answer.ok)).toBe(true);
    }),
    { numRuns: getPropertyTestRuns(60) },
  );
});
