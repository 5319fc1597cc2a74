import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader, transact } from '@/db/connection/database-client';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import {
  appointments,
  auditEvents,
  outbox,
  practices,
  series,
  serviceLengths,
  therapists,
  workingHours,
} from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import type { SeriesUpdate, StoredNotification } from '@/scheduling/notification-types';
import { changePracticeDetails, type PracticeDetails, pickPracticeDetails } from './practice-details';

setUpTestDatabase({ now: NOW });

async function change(
  request: Partial<PracticeDetails>,
  more: { seen?: Partial<PracticeDetails>; agreedZone?: string } = {},
) {
  const before = pickPracticeDetails(await getPractice());
  const seen = JSON.stringify({ ...before, ...more.seen });
  return changePracticeDetails(
    OWNER_VIEWER,
    { ...before, ...request },
    { seen, agreedZone: more.agreedZone ?? '' },
    { now: NOW },
  );
}

const book = () =>
  bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), { now: NOW });

describe('the details of the practice', () => {
  it('can be changed, and history names the fields that changed', async () => {
    expect(await change({ name: ' Harbour  Massage ', address: '1 Quay, Galway' })).toEqual({ ok: true });
    expect(await getPractice()).toMatchObject({ name: 'Harbour Massage', address: '1 Quay, Galway' });
    const events = await (await reader()).select().from(auditEvents).where(eq(auditEvents.action, 'practice changed'));
    expect(events).toMatchObject([{ facts: { changed: ['name', 'address'] } }]);
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['an unknown time zone', { timeZone: 'Mars/Base' }, 'timeZone'],
    ['an unknown country', { country: 'XQ' }, 'country'],
    ['an invalid locale', { locale: 'not a locale' }, 'locale'],
    ['an unknown currency', { currency: 'XQQ' }, 'currency'],
    ['a language that e-mails are not written in', { mailLanguage: 'pl' as 'en' }, 'mailLanguage'],
    ['no e-mail address', { email: ' ' }, 'email'],
    ['two e-mail addresses', { email: 'a@harbour.example, b@harbour.example' }, 'email'],
    ['a number that cannot be dialled', { phone: 'ask at the desk' }, 'phone'],
  ])('are refused with %s, and nothing is written', async (_what, request, field) => {
    const before = await getPractice();
    expect(await change(request)).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: [field] }] });
    expect(await getPractice()).toEqual(before);
  });

  it('include the language of its e-mails, which is English at first', async () => {
    expect((await getPractice()).mailLanguage).toBe('en');
    expect(await change({ mailLanguage: 'de' })).toEqual({ ok: true });
    expect(toNotificationPractice(await getPractice())).toMatchObject({ language: 'de' });
    const events = await (await reader()).select().from(auditEvents).where(eq(auditEvents.action, 'practice changed'));
    expect(events).toMatchObject([{ facts: { changed: ['mailLanguage'] } }]);
  });

  it('include its own e-mail address, to which waiting messages for the practice go from then on', async () => {
    const practice = toNotificationPractice(await getPractice());
    const asked = { kind: 'asked', practice, waiting: 1 } as const;
    const request = { kind: 'request' as const, practice, requestId: 'r', until: NOW, dates: [] };
    const put = (notification: Exclude<StoredNotification, SeriesUpdate>, toEmail = practice.email) =>
      transact(async (tx) => (await putInOutbox(tx, { notification, toEmail, now: NOW }))[0]!);
    const [earlier, ofClient, elsewhere] = [
      await put(asked),
      await put({ ...request, state: 'declined' }),
      await put(asked, 'other@harbour.example'),
    ];
    await transact((tx) => tx.update(outbox).set({ sentAt: NOW }).where(eq(outbox.id, earlier)));
    const ofPractice = [await put(asked), await put({ ...request, state: 'new' })];
    await transact((tx) => tx.update(therapists).set({ userId: null }).where(eq(therapists.id, 'mira')));
    await book();
    expect(await change({ email: ' Hello@Harbour.example ' })).toEqual({ ok: true });
    expect((await getPractice()).email).toBe('hello@harbour.example');
    const events = await (await reader()).select().from(auditEvents).where(eq(auditEvents.action, 'practice changed'));
    expect(events).toMatchObject([{ facts: { changed: ['email'] } }]);
    const rows = await (await reader()).select().from(outbox);
    const addressOf = (id: string) => rows.find((row) => row.id === id)?.toEmail;
    expect(ofPractice.map(addressOf)).toEqual(['hello@harbour.example', 'hello@harbour.example']);
    expect([earlier, ofClient, elsewhere].map(addressOf)).toEqual([
      practice.email,
      practice.email,
      'other@harbour.example',
    ]);
    expect(rows.filter(({ kind }) => kind === 'booked').map(({ toEmail }) => toEmail)).toContain(
      'hello@harbour.example',
    );
  });

  it('do not overwrite what another owner has changed since the form was opened', async () => {
    expect(await change({ name: 'Mine' }, { seen: { name: 'As it was an hour ago' } })).toEqual({
      ok: false,
      reason: 'changed_since',
    });
    expect((await getPractice()).name).not.toBe('Mine');
  });

  it('use the country, not the time zone, to dial the phone number', async () => {
    expect(await change({ country: 'fr', phone: '01 42 68 53 00' })).toEqual({ ok: true });
    expect(await getPractice()).toMatchObject({ country: 'FR', phoneLink: 'tel:+33142685300' });
  });
});

describe('a change of time zone', () => {
  it('asks for agreement first, with the number of booked appointments and the first of them, and writes nothing', async () => {
    await book();
    const before = await getPractice();
    const answer = await change({ timeZone: 'America/New_York', country: 'IE' });
    expect(answer).toMatchObject({
      ok: false,
      reason: 'zone',
      change: { from: 'Europe/Dublin', to: 'America/New_York', booked: 3 },
    });
    if (answer.ok || answer.reason !== 'zone') throw new Error('It was not asked about.');
    expect(answer.change.first[0]).toMatchObject({
      startsAt: instantAt('2026-12-01', '18:00'),
      timeZone: 'Europe/Dublin',
    });
    expect(await getPractice()).toEqual(before);
  });

  it('needs agreement to this very zone', async () => {
    const answer = await change({ timeZone: 'America/New_York', country: 'IE' }, { agreedZone: 'Europe/Paris' });
    expect(answer).toMatchObject({ ok: false, reason: 'zone' });
  });

  it('leaves each appointment at the moment and the local time that were promised, and moves the hours', async () => {
    await book();
    const db = await reader();
    const promised = await db.select().from(appointments);
    expect(await change({ timeZone: 'America/New_York', country: 'IE' }, { agreedZone: 'America/New_York' })).toEqual({
      ok: true,
    });
    expect(await db.select().from(appointments)).toEqual(promised);
    expect(await db.selectDistinct({ timeZone: workingHours.timeZone }).from(workingHours)).toEqual([
      { timeZone: 'America/New_York' },
    ]);
  });

  it('reaches the rule of a plan only when the plan is moved', async () => {
    const booked = await book();
    if (!booked.ok || !('seriesId' in booked)) throw new Error(JSON.stringify(booked));
    await change({ timeZone: 'Europe/Paris', country: 'IE' }, { agreedZone: 'Europe/Paris' });
    const db = await reader();
    const [first] = await db.select().from(appointments).orderBy(appointments.position).limit(1);
    const startsAt = first!.startAt - 3 * 3_600_000;
    expect(
      await moveAppointments(OWNER_VIEWER, { uid: first!.id, startsAt, scope: 'all' }, { now: NOW }),
    ).toMatchObject({ ok: true });
    expect(await db.select().from(series)).toMatchObject([{ localTime: '16:00', timeZone: 'Europe/Paris' }]);
  });
});

describe('a change of currency', () => {
  it('keeps the figures of the prices while nothing is booked', async () => {
    const db = await reader();
    const before = await db.select().from(serviceLengths);
    expect(await change({ currency: 'JPY' })).toEqual({ ok: true });
    const after = await db.select().from(serviceLengths);
    const figures = (rows: typeof before, divisor: number) =>
      rows.map((row) => row.priceCents / divisor).sort((a, b) => a - b);
    expect(figures(after, 1)).toEqual(figures(before, 100));
    expect((await getPractice()).currency).toBe('JPY');
  });

  it('is refused with the reason once something is booked', async () => {
    await book();
    expect(await change({ currency: 'USD' })).toMatchObject({
      ok: false,
      issues: [{ path: ['currency'], message: expect.stringContaining('appointments are booked') }],
    });
    const [row] = await (await reader()).select({ currency: practices.currency }).from(practices);
    expect(row).toEqual({ currency: 'EUR' });
  });
});
