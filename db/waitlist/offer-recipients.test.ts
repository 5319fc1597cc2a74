import { eq, ne } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { makeOfferToken, makeWaitlistToken } from '@/db/access/emailed-link-tokens';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { recordFreedTimes } from '@/db/claims/freed-times';
import { replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { deleteMassage } from '@/db/offer/massages';
import { changeClient } from '@/db/people/change-client';
import {
  bouncedAddresses,
  clients,
  freedTimes,
  outbox,
  practices,
  series,
  services,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { addToWaitlist, bookAs, makeJoinRequest } from '@/db/testing/test-waitlist';
import { acceptOffer } from './accept-offer';
import { confirmEntryByLink } from './confirm-and-end-entries';
import { declineOffer } from './decline-offer';
import { expireOffers } from './expire-offers';
import { joinWaitlist } from './join-waitlist';
import { offerFreedTime } from './offer-freed-time';
import { answerOfferAsStaff, offerByHand } from './staff-waitlist-actions';
import { listWaitlist } from './waiting-clients';
import { findOfferByLink } from './waitlist-link-views';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SIX = instantAt('2026-12-01', '18:00');
const SETTLED = NOW + 6 * MINUTE;
const anyTime = { atTime: null, untilOn: '2026-12-02' };

const read = () => db.connection().reader;
const look = (now = SETTLED, isHeldBack = async () => false) => offerFreedTime('one', now, isHeldBack);
const offers = () => read().select().from(waitlistOffers).orderBy(waitlistOffers.createdAt, waitlistOffers.id);
const settle = () => db.write((tx) => tx.delete(freedTimes));
const lastOffer = async () => (await offers()).at(-1)!;
const rowOf = async (entryId: string) =>
  (await read().select().from(waitlistEntries).where(eq(waitlistEntries.id, entryId)))[0]!;

async function freeSix(name = 'Nia Walsh') {
  const booked = await bookAs(name, SIX, NOW);
  await settle();
  await cancelAppointments(OWNER_VIEWER, { uid: booked.appointments[0]!.uid, scope: 'this' }, { now: NOW });
}

describe('after an offer is declined', () => {
  it('the next client gets it, and the first one nothing within a quarter of an hour of it', async () => {
    const first = await addToWaitlist('Ana Costa', NOW, anyTime);
    await freeSix();
    await look();
    const offer = await lastOffer();
    expect(offer.entryId).toBe(first);
    const second = await addToWaitlist('Bea Lynch', NOW + 1, anyTime);
    await settle();
    await declineOffer(makeOfferToken(offer.id), { now: SETTLED + MINUTE });
    await look(SETTLED + MINUTE);
    const next = (await offers()).filter(({ answeredAt }) => answeredAt === null);
    expect(next.map(({ entryId }) => entryId)).toContain(second);
    for (const { entryId, firstStartAt } of next)
      if (entryId === first) expect(Math.abs(firstStartAt - offer.firstStartAt)).toBeGreaterThanOrEqual(HOUR);
  });

  it('other free time is offered to whoever declined, up to three offers a day', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { atTime: null });
    let now = SETTLED;
    for (let times = 1; times <= 3; times++) {
      await look(now);
      const offer = await lastOffer();
      expect(await offers()).toHaveLength(times);
      expect(offer.entryId).toBe(entryId);
      await declineOffer(makeOfferToken(offer.id), { now });
      now += 6 * MINUTE;
    }
    await look(now);
    expect(await offers()).toHaveLength(3);
  });
});

describe('nobody gets an offer', () => {
  it('at night; it is sent in the morning', async () => {
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const night = instantAt('2026-11-28', '02:00');
    await settle();
    await freeSix();
    expect(await look(night)).toBe(0);
    expect(await look(instantAt('2026-11-28', '07:00'))).toBe(1);
  });

  it('for a massage withheld by their health answers, and the next client gets it', async () => {
    const held = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const next = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    const { clientId } = await rowOf(held);
    await freeSix();
    const isHeldBack = async (who: { clientId: string }) => who.clientId === clientId;
    expect(await offerFreedTime('one', SETTLED, isHeldBack)).toBe(1);
    expect((await offers()).map(({ entryId }) => entryId)).toEqual([next]);
  });

  it('while they have another open, whatever they wait for', async () => {
    await addToWaitlist('Ana Costa', NOW, { atTime: null, untilOn: '2026-12-02' });
    await addToWaitlist('Ana Costa', NOW + 1, { atTime: null, fromOn: '2026-12-03', untilOn: '2026-12-10' });
    expect(await look()).toBe(1);
  });
});

describe('an offer whose e-mail was not sent', () => {
  const sendAll = () => db.write((tx) => tx.update(outbox).set({ sentAt: NOW }));

  it('does not count towards the offers a client may get in a day', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { atTime: null });
    // Other e-mails are sent meanwhile.
    const sendAnother = (at: number) =>
      db.write((tx) => tx.update(outbox).set({ sentAt: at }).where(ne(outbox.id, offered.outboxId!)));
    await look();
    let offered = await lastOffer();
    for (let times = 1; times <= 2; times++) {
      await sendAnother(offered.expiresAt);
      await look(offered.expiresAt);
      expect(await offers()).toHaveLength(times + 1);
      offered = await lastOffer();
    }
    expect((await offers()).map(({ answer }) => answer)).toEqual(['unsent', 'unsent', null]);
    let now = offered.createdAt;
    for (let messages = 1; messages <= 3; messages++) {
      await sendAll();
      offered = await lastOffer();
      expect(offered).toMatchObject({ entryId, answer: null });
      await declineOffer(makeOfferToken(offered.id), { now });
      now += 6 * MINUTE;
      await look(now);
    }
    expect(await offers()).toHaveLength(5);
  });

  it('keeps a time from other clients only three times', async () => {
    const first = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const second = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    await freeSix();
    let now = SETTLED;
    for (let times = 0; times < 4; times++) {
      await look(now);
      const { id, expiresAt, outboxId } = await lastOffer();
      await db.write((tx) =>
        tx
          .update(outbox)
          .set({ sentAt: expiresAt })
          .where(ne(outbox.id, outboxId ?? id)),
      );
      now = expiresAt;
    }
    expect((await offers()).map(({ entryId }) => entryId)).toEqual([first, first, first, second]);
  });

  it('does not exclude its client from the same time on another day', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await freeSix();
    let now = SETTLED;
    for (let times = 0; times < 3; times++) {
      await look(now);
      const { expiresAt, outboxId } = await lastOffer();
      await db.write((tx) => tx.update(outbox).set({ sentAt: expiresAt }).where(ne(outbox.id, outboxId!)));
      now = expiresAt;
    }
    expect(await look(now)).toBe(0);
    const tomorrow = now + 24 * HOUR;
    await db.write((tx) =>
      recordFreedTimes(tx, [{ therapistId: 'mira', start: SIX, end: SIX + HOUR }], tomorrow, tomorrow),
    );
    expect(await look(tomorrow + 6 * MINUTE)).toBe(1);
    expect(await lastOffer()).toMatchObject({ entryId, firstStartAt: SIX });
  });

  it('stops automatic offers for an hour when several in a row were not sent', async () => {
    for (const [k, name] of ['Ana Costa', 'Bea Lynch', 'Cora Daly'].entries())
      await addToWaitlist(name, NOW + k, { atTime: null, untilOn: '2026-12-01' });
    expect(await look()).toBe(3);
    const { expiresAt } = await lastOffer();
    expect(await look(expiresAt)).toBe(0);
    expect((await offers()).map(({ answer }) => answer)).toEqual(['unsent', 'unsent', 'unsent']);
    // A text that was sent proves nothing about the mail server.
    const text = { id: 'text', kind: 'reminder_text', toEmail: '+353861234567', facts: {} as never, messageId: 'text' };
    const at = { createdAt: expiresAt, dueAt: expiresAt, sentAt: expiresAt + MINUTE };
    const bare = { seriesId: null, appointmentId: null, told: null, attempts: 0 };
    await db.write((tx) => tx.insert(outbox).values({ ...text, ...at, ...bare }));
    expect(await look(expiresAt + HOUR - 1)).toBe(0);
    await db.write((tx) => tx.delete(outbox).where(eq(outbox.id, 'text')));
    // Staff can call the client.
    const { entryId, firstStartAt } = (await offers())[0]!;
    const byHand = { entryId: entryId!, therapistId: 'mira', firstStartAt };
    expect(await offerByHand(DESK_VIEWER, byHand, { now: expiresAt })).toMatchObject({ ok: true });
    await db.write((tx) => tx.update(outbox).set({ sentAt: expiresAt + MINUTE }));
    expect(await look(expiresAt + 2 * MINUTE)).toBeGreaterThan(0);
  });

  it('is followed by another attempt after an hour, to find out whether e-mail works again', async () => {
    for (const [k, name] of ['Ana Costa', 'Bea Lynch', 'Cora Daly'].entries())
      await addToWaitlist(name, NOW + k, { atTime: null, untilOn: '2026-12-01' });
    expect(await look()).toBe(3);
    const { expiresAt } = await lastOffer();
    expect(await look(expiresAt)).toBe(0);
    expect(await look(expiresAt + HOUR)).toBeGreaterThan(0);
  });
});

describe('a client with an undeliverable address', () => {
  const bounce = (email: string) => db.write((tx) => tx.insert(bouncedAddresses).values({ email, bouncedAt: NOW }));

  it('gets no automatic offer, so the next client does; staff can make one by hand', async () => {
    const first = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const second = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    await bounce('ana.costa@example.org');
    await freeSix();
    expect(await look()).toBe(1);
    expect(await lastOffer()).toMatchObject({ entryId: second });
    await declineOffer(makeOfferToken((await lastOffer()).id), { now: SETTLED });
    expect(await look(SETTLED)).toBe(0);
    const waiting = await listWaitlist(DESK_VIEWER, { now: SETTLED });
    expect(waiting.map(({ id, hasBounced }) => [id, hasBounced])).toEqual([
      [first, true],
      [second, false],
    ]);
    const byHand = { entryId: first, therapistId: 'mira', firstStartAt: SIX };
    expect(await offerByHand(DESK_VIEWER, byHand, { now: SETTLED })).toMatchObject({ ok: true });
  });
});

describe('a caller without an e-mail address', () => {
  it('is booked as the client on the list', async () => {
    const phoneClient = { name: 'Zoe Byrne', email: '', phone: '01 555 0142' };
    const joined = await joinWaitlist(DESK_VIEWER, makeJoinRequest({ untilOn: '2026-12-01' }), phoneClient, {
      now: NOW,
    });
    if (!joined.ok) throw new Error(joined.reason);
    // Another client without an address is blocked, which must not affect this one.
    await addToWaitlist('Ana Costa', NOW);
    await db.write((tx) => tx.update(services).set({ booking: 'known' }).where(eq(services.id, 'swedish')));
    const { entryId } = joined;
    await offerByHand(DESK_VIEWER, { entryId, therapistId: 'mira', firstStartAt: SIX }, { now: SETTLED });
    const [waiting] = (await listWaitlist(DESK_VIEWER, { now: SETTLED })).filter(({ id }) => id === entryId);
    const results = { entryId, offerId: waiting!.open!.id, answer: 'yes' as const };
    expect(await answerOfferAsStaff(DESK_VIEWER, results, { now: SETTLED })).toEqual({ ok: true });
    const { seriesId } = await lastOffer();
    const [booked] = await read().select().from(series).where(eq(series.id, seriesId!));
    expect(booked!.clientId).toBe((await rowOf(entryId)).clientId);
    const same = await read().select().from(clients).where(eq(clients.name, 'Zoe Byrne'));
    expect(same).toHaveLength(1);
  });
});

describe('the link of an offer', () => {
  it('no longer leads to the booking once the practice has sent a new link', async () => {
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await freeSix();
    await look();
    const token = makeOfferToken((await lastOffer()).id);
    const accepted = await acceptOffer(token, { now: SETTLED });
    if (!accepted.ok) throw new Error(accepted.reason);
    expect((await findOfferByLink(token))?.manageToken).toBe(accepted.manageToken);
    expect(await replaceAndSendLink(OWNER_VIEWER, accepted.seriesId, SETTLED)).toBe(true);
    expect((await findOfferByLink(token))?.manageToken).toBeNull();
  });

  it('ends when the address that it was sent to is changed', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await freeSix();
    await look();
    const { clientId } = await rowOf(entryId);
    const change = {
      ...{ id: clientId!, version: 1, name: 'Ana Costa', email: 'ana.new@example.org', phone: '', language: '' },
      ...{ favouriteTherapistId: '', tags: '', movesMail: true, endsLinks: true },
    };
    expect(await changeClient(OWNER_VIEWER, change, { now: SETTLED })).toEqual({ ok: true });
    expect(await lastOffer()).toMatchObject({ answer: 'withdrawn' });
  });
});

describe('the waitlist', () => {
  it('confirms no address in a practice that approves each new client', async () => {
    await db.write((tx) => tx.update(practices).set({ newClients: 'approve' }));
    const stranger = { name: 'Zoe Byrne', email: 'zoe@example.org' };
    const refused = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), stranger, { now: NOW });
    expect(refused).toMatchObject({ ok: false, issues: [{ path: ['client', 'email'] }] });
    await db.write((tx) => tx.update(practices).set({ newClients: 'book' }));
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), stranger, { now: NOW });
    if (!joined.ok) throw new Error(joined.reason);
    await db.write((tx) => tx.update(practices).set({ newClients: 'approve' }));
    expect(await confirmEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW })).toEqual({ ok: true });
    expect(await isConfirmedEmailAddress(read(), 'zoe@example.org')).toBe(false);
  });

  it('stays open to a client under whose address a stranger has sent requests', async () => {
    const zoe = { name: 'Zoe Byrne', email: 'zoe@example.org' };
    for (let times = 0; times < 8; times++)
      expect(
        await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), { ...zoe, name: `Zoe ${times}` }, { now: NOW }),
      ).toMatchObject({
        ok: true,
      });
    expect(await read().select().from(waitlistEntries)).toHaveLength(5);
    expect(await joinWaitlist(DESK_VIEWER, makeJoinRequest(), zoe, { now: NOW })).toMatchObject({ ok: true });
  });

  it('changes nothing when it refuses a request', async () => {
    const [practice] = await read().select().from(practices);
    const zoe = { name: 'Zoe Byrne', email: 'zoe@example.org' };
    const sender = '203.0.113.7';
    for (let times = 0; times < 5; times++)
      expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), zoe, { now: NOW + times })).toMatchObject({
        ok: true,
      });
    for (let times = 0; times < practice!.unconfirmedPerSender; times++) {
      const eve = { name: 'Eve Hall', email: `eve${times}@example.org` };
      expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), eve, { now: NOW, sender })).toMatchObject({
        ok: true,
      });
    }
    const before = await read().select().from(waitlistEntries).orderBy(waitlistEntries.id);
    const refused = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), zoe, { now: NOW + 9, sender });
    expect(refused).toEqual({ ok: false, reason: 'too_often' });
    expect(await read().select().from(waitlistEntries).orderBy(waitlistEntries.id)).toEqual(before);
  });

  it('does not count the entries that make room for the new one', async () => {
    const [practice] = await read().select().from(practices);
    const most = practice!.unconfirmedPerSender;
    const sender = '203.0.113.7';
    const zoe = { name: 'Zoe Byrne', email: 'zoe@example.org' };
    for (let times = 0; times < 5; times++)
      expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), zoe, { now: NOW + times, sender })).toMatchObject({
        ok: true,
      });
    for (let times = 5; times < most; times++) {
      const eve = { name: 'Eve Hall', email: `eve${times}@example.org` };
      expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), eve, { now: NOW, sender })).toMatchObject({
        ok: true,
      });
    }
    expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), zoe, { now: NOW + 9, sender })).toMatchObject({
      ok: true,
    });
  });

  it('refuses a therapist’s request for a colleague’s client', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const { clientId } = await rowOf(entryId);
    const tom = therapistViewer('tom');
    expect(await joinWaitlist(tom, makeJoinRequest(), { id: clientId! }, { now: NOW })).toMatchObject({
      ok: false,
      issues: [{ path: ['client', 'id'] }],
    });
  });

  it('prevents a massage from being deleted while a client waits for it', async () => {
    const [swedish] = await read().select().from(services).where(eq(services.id, 'swedish'));
    await db.write((tx) => tx.insert(services).values({ ...swedish!, id: 'unused', name: 'Unused' }));
    const entryId = await addToWaitlist('Ana Costa', NOW);
    await db.write((tx) =>
      tx.update(waitlistEntries).set({ serviceId: 'unused' }).where(eq(waitlistEntries.id, entryId)),
    );
    expect(await deleteMassage(OWNER_VIEWER, 'unused', { now: NOW })).toEqual({ ok: false, reason: 'used' });
  });

  it('records an unanswered offer as expired once its time is up', async () => {
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await freeSix();
    await look();
    await db.write((tx) => tx.update(outbox).set({ sentAt: NOW }));
    expect(await expireOffers(SETTLED + 31 * MINUTE)).toBe(1);
    expect(await lastOffer()).toMatchObject({ answer: 'expired' });
  });
});
