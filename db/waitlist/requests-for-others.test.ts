import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { makeOfferToken, makeWaitlistToken } from '@/db/access/emailed-link-tokens';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { clients, freedTimes, outbox, series, waitlistOffers } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { bookAs, makeJoinRequest } from '@/db/testing/test-waitlist';
import { acceptOffer } from './accept-offer';
import { confirmEntryByLink } from './confirm-and-end-entries';
import { joinWaitlist } from './join-waitlist';
import { offerFreedTime } from './offer-freed-time';
import { listWaitlist } from './waiting-clients';
import { findEntryByLink, findOfferByLink } from './waitlist-link-views';

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');
const SETTLED = NOW + 6 * 60_000;
const leo = { name: 'Leo Costa', email: 'ana.costa@example.org', bookedBy: 'Ana Costa' };

const read = () => db.connection().reader;

async function joinFor(who: { name: string; email: string; bookedBy?: string }) {
  const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest({ untilOn: '2026-12-01' }), who, { now: NOW });
  if (!joined.ok) throw new Error(JSON.stringify(joined));
  return joined.entryId;
}

async function greetings() {
  const waiting = await read().select().from(outbox).where(eq(outbox.toEmail, leo.email)).orderBy(outbox.createdAt);
  const sent = await Promise.all(waiting.map((row) => getNotificationFactsToSend(read(), row, SETTLED)));
  return sent.flatMap((found) => (found?.notification.kind === 'waitlist' ? [found.notification.who] : []));
}

describe('a request for somebody else', () => {
  it('belongs to the person who comes, says who asked, and becomes a booking that does', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await joinFor(leo);
    expect(await findEntryByLink(makeWaitlistToken(entryId), { now: NOW })).toMatchObject({
      client: 'Leo Costa',
      bookedBy: 'Ana Costa',
    });
    expect(await greetings()).toEqual([undefined]);
    const [confirmMail] = await read().select().from(outbox).where(eq(outbox.toEmail, leo.email));
    expect(await getNotificationFactsToSend(read(), confirmMail!, NOW)).toMatchObject({
      notification: { waitsFor: { service: 'Swedish', minutes: 60, therapist: 'Mira Kovač', atTime: '18:00' } },
    });
    await confirmEntryByLink(makeWaitlistToken(entryId), { now: NOW });
    expect(await listWaitlist(DESK_VIEWER, { now: NOW })).toMatchObject([
      { client: { name: 'Leo Costa', email: leo.email }, bookedBy: 'Ana Costa' },
    ]);
    await db.write((tx) => tx.delete(freedTimes));
    await cancelAppointments(OWNER_VIEWER, { uid: booked.appointments[0]!.uid, scope: 'this' }, { now: NOW });
    expect(await offerFreedTime('one', SETTLED, async () => false)).toBe(1);
    const [offer] = await read().select().from(waitlistOffers);
    const token = makeOfferToken(offer!.id);
    expect(await findOfferByLink(token)).toMatchObject({ forClient: 'Leo Costa' });
    const both = { clientName: 'Leo Costa', bookedBy: 'Ana Costa' };
    expect(await greetings()).toEqual([both, both]);
    const accepted = await acceptOffer(token, { now: SETTLED });
    if (!accepted.ok) throw new Error(accepted.reason);
    const [row] = await read()
      .select({ client: clients.name, bookedBy: series.bookedBy })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(eq(series.id, accepted.seriesId));
    expect(row).toEqual({ client: 'Leo Costa', bookedBy: 'Ana Costa' });
  });

  it('names no second person where clients ask for themselves', async () => {
    await db.write((tx) => confirmEmailAddress(tx, leo.email, 'link', NOW));
    const entryId = await joinFor({ name: 'Ana Costa', email: leo.email, bookedBy: 'Ana Costa' });
    expect(await findEntryByLink(makeWaitlistToken(entryId), { now: NOW })).toMatchObject({ bookedBy: null });
    await confirmEntryByLink(makeWaitlistToken(entryId), { now: NOW });
    expect(await greetings()).toEqual([{ clientName: 'Ana Costa' }]);
  });

  it('requires the names of both people', async () => {
    const nobody = { ...leo, bookedBy: ' ' };
    expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), nobody, { now: NOW })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['bookedBy'] }],
    });
  });

  it('can be added by staff for a client for whom somebody else books, and greets that person', async () => {
    const [known] = await bookedFor();
    const joined = await joinWaitlist(DESK_VIEWER, makeJoinRequest(), { id: known!.id }, { now: NOW });
    expect(joined).toMatchObject({ ok: true });
    expect(await greetings()).toEqual([{ clientName: '', isForAnother: true }]);
    await db.write((tx) => confirmEmailAddress(tx, leo.email, 'link', NOW));
    expect(await greetings()).toEqual([{ clientName: 'Leo Costa', bookedBy: 'Ana Costa' }]);
  });
});

async function bookedFor() {
  await bookAs('Leo Costa', SIX, NOW);
  await db.write((tx) => tx.update(clients).set({ email: leo.email }));
  await db.write((tx) => tx.update(series).set({ bookedBy: leo.bookedBy }));
  return read().select({ id: clients.id }).from(clients);
}
