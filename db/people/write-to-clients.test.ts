import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { withdrawConsent } from '@/db/care/consents';
import { saveIntakeScreen } from '@/db/care/save-intake';
import { reader } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { listMailToClient } from '@/db/delivery/outbox-for-staff';
import { appointments, auditEvents, clients, outbox } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import {
  buildMessageAudienceKey,
  listMessageAudience,
  type MessageAudience,
  previewClientMessage,
  writeToClients,
} from './write-to-clients';

const db = setUpTestDatabase({ now: NOW });
const DAY = { on: '2026-12-01', about: 'dates' } as const;
const OTHER = { on: '2026-12-01', about: 'other' } as const;
const MIRA = therapistViewer('mira');
const TOM = therapistViewer('tom');
const WORDS = 'The street is closed on Tuesday.\n\nPlease come by the garden gate.';

beforeEach(() =>
  db.write(async (tx) => {
    const people = [
      { id: 'una', name: 'Una Cole', email: 'cole@example.org', phone: null },
      { id: 'kit', name: 'Kit Cole', email: 'cole@example.org', phone: null },
      { id: 'pat', name: 'Pat Byrne', email: '', phone: '+35315550199' },
      { id: 'zoe', name: 'Zoe Hart', email: 'zoe@example.org', phone: null },
      { id: 'off', name: 'Called Off', email: 'off@example.org', phone: null },
    ];
    await tx.insert(clients).values(people.map((person) => ({ ...person, createdAt: NOW })));
    const on = '2026-12-01';
    await insertTestAppointment(tx, { id: 'a1', on, time: '12:00', therapistId: 'mira', client: 'una' });
    await insertTestAppointment(tx, { id: 'a2', on, time: '14:00', therapistId: 'mira', client: 'kit' });
    await insertTestAppointment(tx, { id: 'a3', on, time: '16:00', therapistId: 'mira', client: 'una' });
    const sports = { serviceId: 'sports', roomId: 'street' };
    await insertTestAppointment(tx, { id: 'a4', on, time: '09:00', therapistId: 'tom', client: 'pat', ...sports });
    await insertTestAppointment(tx, { id: 'a5', on, time: '11:00', therapistId: 'tom', client: 'zoe', ...sports });
    await insertTestAppointment(tx, {
      id: 'a6',
      on,
      time: '14:00',
      therapistId: 'tom',
      client: 'off',
      status: 'cancelled',
      ...sports,
    });
    await insertTestAppointment(tx, { id: 'a7', on: '2026-12-02', time: '12:00', therapistId: 'mira', client: 'off' });
  }),
);

const names = async (viewer: Staff, audience: MessageAudience) =>
  (await listMessageAudience(viewer, audience))?.map(({ name }) => name) ?? null;
const write = async (viewer: Staff, audience: MessageAudience, words = WORDS, now = NOW) => {
  const seen = buildMessageAudienceKey((await listMessageAudience(viewer, audience)) ?? []);
  return writeToClients(viewer, { audience, words, seen }, { now });
};
const written = async () => (await (await reader()).select().from(outbox)).map(({ toEmail }) => toEmail).sort();

describe('a message to everyone booked on a day', () => {
  it('goes once to each address, and names the clients without one', async () => {
    expect(await names(DESK_VIEWER, DAY)).toEqual(['Kit Cole', 'Pat Byrne', 'Una Cole', 'Zoe Hart']);
    expect((await listMessageAudience(DESK_VIEWER, DAY))![1]).toMatchObject({ email: '', phone: '(01) 555 0199' });
    expect(await write(DESK_VIEWER, DAY)).toEqual({ ok: true, written: 2 });
    expect(await written()).toEqual(['cole@example.org', 'zoe@example.org']);
    const [row] = await (await reader()).select().from(outbox);
    expect((await getNotificationFactsToSend(await reader(), row!, NOW))?.notification).toMatchObject({
      kind: 'message',
      words: WORDS,
    });
    const events = (await (await reader()).select().from(auditEvents)).filter(({ action }) => action === 'wrote');
    expect(events.map(({ subject }) => subject).sort()).toEqual(['client:kit', 'client:una', 'client:zoe']);
    expect(JSON.stringify(events)).not.toContain('street');
  });

  it('goes only to a therapist’s own clients when the therapist sends it', async () => {
    expect(await names(TOM, DAY)).toEqual(['Pat Byrne', 'Zoe Hart']);
    expect(await write(TOM, DAY)).toEqual({ ok: true, written: 1 });
    expect(await written()).toEqual(['zoe@example.org']);
  });

  it('is not sent when the recipients differ from those shown', async () => {
    const seen = buildMessageAudienceKey((await listMessageAudience(OWNER_VIEWER, DAY))!.slice(1));
    const request = { audience: DAY, words: WORDS, seen };
    expect(await writeToClients(OWNER_VIEWER, request, { now: NOW })).toEqual({ ok: false, reason: 'changed' });
    expect(await written()).toEqual([]);
  });

  it('is sent once, however often the button is pressed; other words, or the same a day later, go again', async () => {
    for (const now of [NOW, NOW + 1000])
      expect(await write(OWNER_VIEWER, DAY, WORDS, now)).toEqual({ ok: true, written: 2 });
    expect(await written()).toHaveLength(2);
    await write(OWNER_VIEWER, DAY, 'It is open again.', NOW + 2000);
    await write(OWNER_VIEWER, DAY, WORDS, NOW + 86_400_000);
    expect(await written()).toHaveLength(6);
  });

  it('has no recipients for a text that is not a day', async () => {
    for (const on of ['', 'Friday', '2026-02-31']) expect(await names(OWNER_VIEWER, { on, about: 'dates' })).toBeNull();
  });
});

describe('a message to everyone on a day that is not about their dates', () => {
  const agree = async (writtenTo: boolean) => {
    const [date] = await (await reader()).select().from(appointments).where(eq(appointments.id, 'a5'));
    const viewer = { role: 'link', seriesId: date!.seriesId } as const;
    const agreed = { screen: 'agree', treated: true, healthKept: true, writtenTo } as const;
    const result = await saveIntakeScreen(
      viewer,
      { ...agreed, isMinor: false, guardianName: '', guardianIsPresent: false },
      { now: NOW },
    );
    expect(result).toMatchObject({ ok: true });
    return viewer;
  };
  const leftOut = async () =>
    (await listMessageAudience(TOM, OTHER))!.flatMap(({ name, isLeftOut }) => (isLeftOut ? [name] : []));

  it('goes only to those who agreed to it, until they withdraw', async () => {
    expect(await write(TOM, OTHER)).toEqual({ ok: false, reason: 'nobody' });
    const viewer = await agree(true);
    expect(await leftOut()).toEqual(['Pat Byrne']);
    expect(await write(TOM, OTHER)).toEqual({ ok: true, written: 1 });
    expect(await written()).toEqual(['zoe@example.org']);
    expect(await withdrawConsent(viewer, { kind: 'written_to' }, { now: NOW })).toEqual({ ok: true });
    expect(await leftOut()).toEqual(['Pat Byrne', 'Zoe Hart']);
    expect(await write(TOM, OTHER, 'Another thing.')).toEqual({ ok: false, reason: 'nobody' });
  });

  it('leaves out clients who did not agree; a message about their dates still reaches them', async () => {
    await agree(false);
    expect(await leftOut()).toEqual(['Pat Byrne', 'Zoe Hart']);
    expect(await write(TOM, DAY)).toEqual({ ok: true, written: 1 });
  });

  it('needs no more database queries for many clients than for a few', async () => {
    const read = await reader();
    const request = [vi.spyOn(read, 'select'), vi.spyOn(read, 'selectDistinct')];
    const count = async () => {
      for (const spy of request) spy.mockClear();
      const found = await listMessageAudience(OWNER_VIEWER, OTHER);
      return { people: found?.length, queries: request.reduce((sum, spy) => sum + spy.mock.calls.length, 0) };
    };
    const few = await count();
    await db.write(async (tx) => {
      for (const time of ['06:00', '08:00', '18:00', '20:00']) {
        const client = `more-${time}`;
        await tx
          .insert(clients)
          .values({ id: client, name: client, email: `${time.slice(0, 2)}@example.org`, createdAt: NOW });
        await insertTestAppointment(tx, { id: client, on: OTHER.on, time, therapistId: 'jun', client });
      }
    });
    const many = await count();
    for (const spy of request) spy.mockRestore();
    expect(few).toMatchObject({ people: 4, queries: expect.any(Number) });
    expect(few.queries).toBeGreaterThan(0);
    expect(many).toEqual({ people: 8, queries: few.queries });
  });

  it('is not sent when somebody has withdrawn since the recipients were shown', async () => {
    const viewer = await agree(true);
    const seen = buildMessageAudienceKey((await listMessageAudience(TOM, OTHER))!);
    await withdrawConsent(viewer, { kind: 'written_to' }, { now: NOW });
    const request = { audience: OTHER, words: WORDS, seen };
    expect(await writeToClients(TOM, request, { now: NOW })).toEqual({ ok: false, reason: 'changed' });
  });
});

describe('a message to one client', () => {
  it('goes to that client, and appears on their page', async () => {
    expect(await write(MIRA, { to: 'una' })).toEqual({ ok: true, written: 1 });
    expect(await listMailToClient(MIRA, 'una', { now: NOW })).toMatchObject([
      { kind: 'message', toEmail: 'cole@example.org' },
    ]);
  });

  it('is refused to viewers who may not see the client, and for a client without an address', async () => {
    expect(await write(TOM, { to: 'una' })).toEqual({ ok: false, reason: 'not_found' });
    expect(await write(OWNER_VIEWER, { to: 'nobody' })).toEqual({ ok: false, reason: 'not_found' });
    expect(await write(OWNER_VIEWER, { to: 'pat' })).toEqual({ ok: false, reason: 'nobody' });
    expect(await written()).toEqual([]);
  });

  it.each([
    ['no words', ' \n '],
    ['too many', 'x'.repeat(2001)],
    ['control characters', 'a\u0007b'],
  ])('is refused with %s', async (_what, words) => {
    expect(await write(OWNER_VIEWER, { to: 'una' }, words)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await written()).toEqual([]);
  });
});

describe('the preview of a message', () => {
  const languageTo = async (...emails: string[]) => {
    const shown = await previewClientMessage(WORDS, emails);
    return shown.ok && shown.notification.practice.language;
  };

  it('is in the language of a single recipient, and in the practice’s for several', async () => {
    await db.write((tx) => tx.update(clients).set({ language: 'de' }).where(eq(clients.id, 'zoe')));
    expect(await languageTo('zoe@example.org')).toBe('de');
    expect(await languageTo('cole@example.org')).toBe('en');
    expect(await languageTo('zoe@example.org', 'cole@example.org')).toBe('en');
  });
});
