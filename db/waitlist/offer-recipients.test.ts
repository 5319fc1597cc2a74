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

describe('after a no', () => {
  it('the next is asked, and not the same for a quarter of an hour before or after', async () => {
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

  it('what else is free is looked at for whoever said it, and three times a day is the most', async () => {
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

describe('nobody is asked', () => {
  it('at night, and whoever waits is asked in the morning', async () => {
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const night = instantAt('2026-11-28', '02:00');
    await settle();
    await freeSix();
    expect(await look(night)).toBe(0);
    expect(await look(instantAt('2026-11-28', '07:00'))).toBe(1);
  });

  it('for a massage that their health answers hold back, and then the next is', async () => {
    const held = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const next = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    const { clientId } = await rowOf(held);
    await freeSix();
    const isHeldBack = async (who: { clientId: string }) => who.clientId === clientId;
    expect(await offerFreedTime('one', SETTLED, isHeldBack)).toBe(1);
    expect((await offers()).map(({ entryId }) => entryId)).toEqual([next]);
  });

  it('twice at once, whatever they wait for', async () => {
    await addToWaitlist('Ana Costa', NOW, { atTime: null, untilOn: '2026-12-02' });
    await addToWaitlist('Ana Costa', NOW + 1, { atTime: null, fromOn: '2026-12-03', untilOn: '2026-12-10' });
    expect(await look()).toBe(1);
  });
});

describe('an e-mail that did not go', () => {
  const sendAll = () => db.write((tx) => tx.update(outbox).set({ sentAt: NOW }));

  it('uses up none of the offers that somebody may get in a day', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { atTime: null });
    // Others are sent meanwhile.
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

  it('keeps one time from the others for so long and no longer', async () => {
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

  it('keeps nobody from the same time on another day', async () => {
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

  it('nor any other lets nothing more be offered by itself for an hour', async () => {
    for (const [k, name] of ['Ana Costa', 'Bea Lynch', 'Cora Daly'].entries())
      await addToWaitlist(name, NOW + k, { atTime: null, untilOn: '2026-12-01' });
    expect(await look()).toBe(3);
    const { expiresAt } = await lastOffer();
    expect(await look(expiresAt)).toBe(0);
    expect((await offers()).map(({ answer }) => answer)).toEqual(['unsent', 'unsent', 'unsent']);
    // A text that went says nothing of the mail server.
    const text = { id: 'text', kind: 'reminder_text', toEmail: '+353861234567', facts: {} as never, messageId: 'text' };
    const at = { createdAt: expiresAt, dueAt: expiresAt, sentAt: expiresAt + MINUTE };
    const bare = { seriesId: null, appointmentId: null, told: null, attempts: 0 };
    await db.write((tx) => tx.insert(outbox).values({ ...text, ...at, ...bare }));
    expect(await look(expiresAt + HOUR - 1)).toBe(0);
    await db.write((tx) => tx.delete(outbox).where(eq(outbox.id, 'text')));
    // Staff can ring somebody.
    const { entryId, firstStartAt } = (await offers())[0]!;
    const byHand = { entryId: entryId!, therapistId: 'mira', firstStartAt };
    expect(await offerByHand(DESK_VIEWER, byHand, { now: expiresAt })).toMatchObject({ ok: true });
    await db.write((tx) => tx.update(outbox).set({ sentAt: expiresAt + MINUTE }));
    expect(await look(expiresAt + 2 * MINUTE)).toBeGreaterThan(0);
  });

  it('is tried again after an hour, so that it is known when mail goes again', async () => {
    for (const [k, name] of ['Ana Costa', 'Bea Lynch', 'Cora Daly'].entries())
      await addToWaitlist(name, NOW + k, { atTime: null, untilOn: '2026-12-01' });
    expect(await look()).toBe(3);
    const { expiresAt } = await lastOffer();
    expect(await look(expiresAt)).toBe(0);
    expect(await look(expiresAt + HOUR)).toBeGreaterThan(0);
  });
});

describe('an address that nobody has', () => {
  const bounce = (email: string) => db.write((tx) => tx.insert(bouncedAddresses).values({ email, bouncedAt: NOW }));

  it('is not asked, and the next is; by hand it can be offered', async () => {
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
  it('is booked as the client that they are', async () => {
    const phoneClient = { name: 'Zoe Byrne', email: '', phone: '01 555 0142' };
    const joined = await joinWaitlist(DESK_VIEWER, makeJoinRequest({ untilOn: '2026-12-01' }), phoneClient, {
      now: NOW,
    });
    if (!joined.ok) throw new Error(joined.reason);
    // Another without an address is blocked: that is nothing of theirs.
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

describe('a link of an offer', () => {
  it('gives no link to the booking once the practice has sent another', async () => {
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

  it('ends where the address it went to is changed', async () => {
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

describe('the list', () => {
  it('makes nobody known to a practice that approves each new client', async () => {
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

  it('is not shut to somebody by what a stranger asks under their address', async () => {
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

  it('changes nothing where it takes no more', async () => {
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

  it('does not count what makes room for the one that is asked for', async () => {
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

  it('takes no client of a colleague, and no answer about a colleague’s time', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const { clientId } = await rowOf(entryId);
    const tom = therapistViewer('tom');
    expect(await joinWaitlist(tom, makeJoinRequest(), { id: clientId! }, { now: NOW })).toMatchObject({
      ok: false,
      issues: [{ path: ['client', 'id'] }],
    });
  });

  it('keeps a massage from being deleted while somebody waits for it', async () => {
    const [swedish] = await read().select().from(services).where(eq(services.id, 'swedish'));
    await db.write((tx) => tx.insert(services).values({ ...swedish!, id: 'unused', name: 'Unused' }));
    const entryId = await addToWaitlist('Ana Costa', NOW);
    await db.write((tx) =>
      tx.update(waitlistEntries).set({ serviceId: 'unused' }).where(eq(waitlistEntries.id, entryId)),
    );
    expect(await deleteMassage(OWNER_VIEWER, 'unused', { now: NOW })).toEqual({ ok: false, reason: 'used' });
  });

  it('writes silence down once the time is up', async () => {
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await freeSix();
    await look();
    await db.write((tx) => tx.update(outbox).set({ sentAt: NOW }));
    expect(await expireOffers(SETTLED + 31 * MINUTE)).toBe(1);
    expect(await lastOffer()).toMatchObject({ answer: 'expired' });
  });
});
