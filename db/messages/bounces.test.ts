import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { collectAllClientData } from '@/db/people/all-client-data';
import { changeClient } from '@/db/people/change-client';
import { eraseClient } from '@/db/people/erase-client';
import { getClient } from '@/db/people/get-client';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { bouncedAddresses, clients, outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import {
  findBounce,
  getBounceStatusOfClientEmails,
  markAddressUndeliverable,
  unmarkAddressUndeliverable,
} from './bounces';
import { putInOutbox } from './outbox';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';
import { listUnreachedDates } from './reminder-states';

const db = setUpTestDatabase({ now: NOW });
const FIRST = instantAt('2026-12-01', '18:00');
const ADDRESS = 'ana@example.org';

async function book() {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST), { now: NOW });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const [client] = await db.connection().reader.select().from(clients);
  return { clientId: client!.id, uid: booked.appointments[0]!.uid };
}
/** Fails Ana's waiting messages in the given way. */
async function fail(failure: { isFinal?: boolean; isOurs?: boolean }, now = NOW) {
  for (const { id, toEmail } of await leaseDueMessages('w', now, 50))
    if (toEmail === ADDRESS) await markFailed(id, 'w', { error: 'said so', ...failure }, now);
}
async function write(now: number) {
  const { notification } = { notification: { kind: 'message', words: 'Hello', practice: PRACTICE } as const };
  await db.write((tx) => putInOutbox(tx, { notification, toEmail: ADDRESS, now }));
}
const PRACTICE = {
  ...{ name: 'P', address: '', phone: '', email: 'p@example.org', timeZone: 'Europe/Dublin', currency: 'EUR' },
  ...{ locale: 'en-IE', isDemo: false },
};
const change = async (clientId: string, email: string) => {
  const { version, name } = (await getClient(OWNER_VIEWER, clientId))!;
  const request = { id: clientId, version, name, email, phone: '', language: '', favouriteTherapistId: '', tags: '' };
  return changeClient(OWNER_VIEWER, { ...request, movesMail: false, endsLinks: false }, { now: NOW });
};

describe('an address is marked as undeliverable', () => {
  it('when the mail server says that the mailbox does not exist, and for no other failure', async () => {
    const { clientId } = await book();
    await fail({});
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
    await fail({ isOurs: true }, NOW + 120_000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
    await fail({ isFinal: true }, NOW + 1_200_000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toEqual({ at: NOW + 1_200_000, isByHand: false });
    await write(NOW + 2_000_000);
    await fail({ isFinal: true }, NOW + 2_000_000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toEqual({ at: NOW + 2_000_000, isByHand: false });
  });

  it('for staff who may see the client, and with the client’s dates of the next two weeks', async () => {
    const { clientId, uid } = await book();
    await fail({ isFinal: true });
    expect(await findBounce(therapistViewer('mira'), clientId)).toEqual({ at: NOW, isByHand: false });
    expect(await findBounce(therapistViewer('jun'), clientId)).toBeNull();
    expect(await findBounce(OWNER_VIEWER, '\0')).toBeNull();
    expect(await listUnreachedDates(therapistViewer('mira'), { now: NOW })).toEqual([
      { uid, startsAt: FIRST, clientName: 'Ana Costa', why: 'bounced' },
    ]);
    expect(await listUnreachedDates(therapistViewer('jun'), { now: NOW })).toEqual([]);
    expect(await listUnreachedDates(OWNER_VIEWER, { now: FIRST })).toEqual([]);
    expect(await listUnreachedDates(OWNER_VIEWER, { now: FIRST - 15 * 86_400_000 })).toEqual([]);
  });

  it('until the mail server accepts mail for it', async () => {
    const { clientId } = await book();
    await fail({ isFinal: true });
    await write(NOW + 1000);
    for (const { id } of await leaseDueMessages('w', NOW + 1000, 50)) await markSent(id, 'w', NOW + 1000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
  });

  it('until it is changed, even when it is changed back', async () => {
    const { clientId } = await book();
    await fail({ isFinal: true });
    expect(await change(clientId, 'ana.costa@example.org')).toEqual({ ok: true });
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
    expect(await change(clientId, ADDRESS)).toEqual({ ok: true });
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
  });

  it('still for the rest of a household when one of them gets another address', async () => {
    const { clientId } = await book();
    const other = makeSeriesRequest(instantAt('2026-12-02', '18:00'), {
      client: { name: 'Rui Costa', email: ADDRESS },
    });
    expect((await bookSeries(ANONYMOUS_VIEWER, other, { now: NOW })).ok).toBe(true);
    await fail({ isFinal: true });
    await change(clientId, 'ana.costa@example.org');
    expect(await listUnreachedDates(OWNER_VIEWER, { now: NOW })).toMatchObject([{ clientName: 'Rui Costa' }]);
  });
});

describe('an address from which a message bounced later', () => {
  const sendAll = async (now: number) => {
    for (const { id } of await leaseDueMessages('w', now, 50)) await markSent(id, 'w', now);
  };
  const marked = (at: number) => ({ at, isByHand: true });

  it('is marked by staff, and stays marked when a mail server accepts the next message', async () => {
    const { clientId, uid } = await book();
    expect(await markAddressUndeliverable(DESK_VIEWER, { clientId }, { now: NOW })).toEqual({ ok: true });
    await sendAll(NOW + 1000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toEqual(marked(NOW));
    expect(await listUnreachedDates(OWNER_VIEWER, { now: NOW })).toMatchObject([{ uid, why: 'bounced' }]);
    await write(NOW + 2000);
    await fail({ isFinal: true }, NOW + 2000);
    expect(await findBounce(OWNER_VIEWER, clientId)).toEqual(marked(NOW + 2000));
    expect(await unmarkAddressUndeliverable(DESK_VIEWER, clientId, { now: NOW })).toEqual({ ok: true });
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
  });

  it('is marked by the bounced message, and only for the viewer’s own clients', async () => {
    const { clientId } = await book();
    const sent = await db.connection().reader.select().from(outbox);
    const toClient = sent.find(({ toEmail }) => toEmail === ADDRESS)!.id;
    const toTherapist = sent.find(({ toEmail }) => toEmail === 'mira@fortnight.example')!.id;
    const [mira, jun] = [therapistViewer('mira'), therapistViewer('jun')];
    const mark = (viewer: typeof mira, messageId: string) =>
      markAddressUndeliverable(viewer, { messageId }, { now: NOW });
    for (const refused of [mark(jun, toClient), mark(mira, toTherapist), mark(mira, 'none'), mark(mira, '\0')])
      expect(await refused).toEqual({ ok: false, reason: 'not_found' });
    expect(await markAddressUndeliverable(jun, { clientId }, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    expect(await unmarkAddressUndeliverable(jun, clientId, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    expect(await getBounceStatusOfClientEmails(mira, [ADDRESS.toUpperCase()])).toEqual(new Map([[ADDRESS, false]]));
    expect(await mark(mira, toClient)).toEqual({ ok: true });
    expect(await getBounceStatusOfClientEmails(mira, [ADDRESS, 'x@example.org'])).toEqual(new Map([[ADDRESS, true]]));
    expect(await getBounceStatusOfClientEmails(jun, [ADDRESS])).toEqual(new Map());
    expect(await findBounce(mira, clientId)).toEqual(marked(NOW));
  });

  it('is no longer marked for anybody once it is changed', async () => {
    const { clientId } = await book();
    await markAddressUndeliverable(OWNER_VIEWER, { clientId }, { now: NOW });
    expect(await change(clientId, 'ana.costa@example.org')).toEqual({ ok: true });
    expect(await findBounce(OWNER_VIEWER, clientId)).toBeNull();
    expect(await db.connection().reader.select().from(bouncedAddresses)).toEqual([]);
  });
});

it('a bounce is in the client’s export, and is erased with them', async () => {
  await book();
  await fail({ isFinal: true });
  const rows = db.connection().reader;
  const data = await collectAllClientData(rows, await findPersonalDataIdsByEmail(rows, ADDRESS));
  expect(data.bounced_addresses).toHaveLength(1);
  await eraseClient(ADDRESS, NOW);
  expect(await rows.select().from(bouncedAddresses)).toEqual([]);
});
