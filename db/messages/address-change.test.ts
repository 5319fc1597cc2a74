import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeEarlierAddressToken, makeNewAddressToken } from '@/db/access/emailed-link-tokens';
import type { Owner, TherapistOrOwner } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { listMail } from '@/db/delivery/outbox-for-staff';
import { addMember } from '@/db/offer/team';
import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { addressChanges, auditEvents, outbox, sessions, users, verificationTokens } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest } from '@/db/testing/test-requests';
import {
  confirmAddressChange,
  correctAddress,
  getOpenAddressChange,
  putBackEarlierAddress,
  readAddressChange,
  readEarlierAddress,
  requestAddressChange,
} from './address-change';
import { endAllSessionsOfViewer, findViewerByUserId, recordStaffSignIn, storeAndQueueSignInLink } from './sign-in';

const NOW = Date.UTC(2026, 10, 30, 12);
const HOUR = 3_600_000;
const clock = { now: NOW };
const db = setUpTestDatabase({ now: NOW });

let mira: TherapistOrOwner;
let ruth: Owner;

beforeEach(async () => {
  vi.stubEnv('AUTH_SECRET', 'a secret of this test');
  const { reader } = db.connection();
  const people = await reader.select().from(users);
  const viewerOf = async (role: string) => findViewerByUserId(people.find((user) => user.role === role)!.id);
  mira = (await viewerOf('therapist')) as TherapistOrOwner;
  ruth = (await viewerOf('owner')) as Owner;
});

const emailOf = async (userId: string) =>
  (await db.connection().reader.select().from(users).where(eq(users.id, userId)))[0]?.email;

async function requestLink(email = 'mira.new@example.org', now = NOW): Promise<string> {
  const asked = await requestAddressChange(mira, email, { now });
  if (!asked.ok) throw new Error(JSON.stringify(asked));
  return makeNewAddressToken(asked.changeId);
}

function askToSignIn(email: string, now = NOW) {
  return storeAndQueueSignInLink({ email, nonce: `n${now}`, expiresAt: now + HOUR, callbackUrl: '' }, now);
}

describe('a new address to sign in with', () => {
  it('changes nothing until its link is pressed, and then ends what was sent to the earlier one', async () => {
    await askToSignIn(mira.email);
    const token = await requestLink(' Mira.New@Example.org ');
    expect(await emailOf(mira.userId)).toBe(mira.email);
    const waiting = { newEmail: 'mira.new@example.org', name: mira.name, expiresAt: NOW + HOUR };
    expect(await getOpenAddressChange(mira, NOW)).toMatchObject(waiting);
    expect(await readAddressChange(mira, token, NOW)).toMatchObject(waiting);
    expect(await emailOf(mira.userId), 'opening the page changes nothing').toBe(mira.email);

    expect(await confirmAddressChange(mira, token, clock)).toEqual({ ok: true });
    expect(await emailOf(mira.userId)).toBe('mira.new@example.org');
    const { reader } = db.connection();
    expect(await reader.select().from(verificationTokens)).toEqual([]);
    const mail = await listMail(ruth, { now: NOW });
    expect(mail.map(({ kind, toEmail, state }) => [kind, toEmail, state]).sort()).toEqual([
      ['address_changed', mira.email, 'waiting'],
      ['new_address', 'mira.new@example.org', 'dropped'],
      ['sign_in', mira.email, 'dropped'],
    ]);
    const events = await reader
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.actor, `therapist:${mira.userId}`));
    expect(events.map(({ action, facts }) => [action, facts])).toEqual([
      ['new sign-in address asked for', {}],
      ['sign-in address changed', {}],
    ]);
  });

  it('has a link that works once, for an hour, and ends with the next one', async () => {
    const first = await requestLink('one@example.org');
    const second = await requestLink('two@example.org', NOW + 1);
    expect(await readAddressChange(mira, first, NOW + 1)).toBeNull();
    expect(await confirmAddressChange(mira, first, { now: NOW + 1 })).toEqual({ ok: false, reason: 'ended' });
    expect(await confirmAddressChange(mira, second, { now: NOW + 1 + HOUR })).toEqual({ ok: false, reason: 'ended' });
    expect(await confirmAddressChange(mira, second, { now: NOW + HOUR })).toMatchObject({ ok: true });
    expect(await confirmAddressChange(mira, second, { now: NOW + HOUR })).toEqual({ ok: false, reason: 'ended' });
    expect(await confirmAddressChange(mira, 'made-up', clock)).toEqual({ ok: false, reason: 'ended' });
    expect(await emailOf(mira.userId)).toBe('two@example.org');
  });

  it('is changed once by two presses at the same time', async () => {
    const token = await requestLink();
    const results = await Promise.all([1, 2].map(() => confirmAddressChange(mira, token, clock)));
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('is refused with the reason when it is no address, the present one, or somebody else’s', async () => {
    const refusalOf = async (email: unknown) => {
      const asked = await requestAddressChange(mira, email, clock);
      return asked.ok ? null : asked.issues;
    };
    expect(await refusalOf('mira at example')).toMatchObject([{ path: ['email'] }]);
    expect(await refusalOf(mira.email.toUpperCase())).toMatchObject([{ message: 'This is the address already.' }]);
    expect(await refusalOf(ruth.email)).toMatchObject([{ message: /^Somebody else signs in/ }]);
    expect(await db.connection().reader.select().from(outbox)).toEqual([]);
  });

  it('is not taken from somebody who signs in with it by the time the link is pressed', async () => {
    const token = await requestLink('una@example.org');
    expect(
      await addMember(ruth, { name: 'Una Flynn', email: 'una@example.org', role: 'front_desk' }, clock),
    ).toMatchObject({ ok: true });
    expect(await confirmAddressChange(mira, token, clock)).toEqual({ ok: false, reason: 'in_use' });
    expect(await emailOf(mira.userId)).toBe(mira.email);
  });

  it('is confirmed only by whoever asked for it: the link alone, read by somebody else, changes nothing', async () => {
    const token = await requestLink();
    expect(await readAddressChange(ruth, token, NOW)).toBeNull();
    expect(await confirmAddressChange(ruth, token, clock)).toEqual({ ok: false, reason: 'ended' });
    expect(await emailOf(mira.userId)).toBe(mira.email);
    expect(await emailOf(ruth.userId)).toBe(ruth.email);
  });

  it('is forgotten when its asker signs out everywhere', async () => {
    const token = await requestLink();
    await endAllSessionsOfViewer(mira, NOW);
    expect(await confirmAddressChange(mira, token, clock)).toEqual({ ok: false, reason: 'ended' });
  });

  it('is asked for twice at the same time, and one link of two remains', async () => {
    const tokens = await Promise.all(['one@example.org', 'two@example.org'].map((email) => requestLink(email)));
    const open = await Promise.all(tokens.map((token) => readAddressChange(mira, token, NOW)));
    expect(open.filter(Boolean)).toHaveLength(1);
  });

  it('takes along what waits to be sent about their appointments', async () => {
    const request = makeSeriesRequest(instantAt('2026-12-08', '18:00'));
    expect(await bookSeries(ANONYMOUS_VIEWER, request, clock)).toMatchObject({ ok: true });
    const ofMira = () => db.connection().reader.select().from(outbox).where(eq(outbox.kind, 'booked'));
    expect((await ofMira()).map(({ toEmail }) => toEmail)).toContain(mira.email);
    await confirmAddressChange(mira, await requestLink(), clock);
    const addresses = (await ofMira()).map(({ toEmail }) => toEmail);
    expect(addresses).toContain('mira.new@example.org');
    expect(addresses).not.toContain(mira.email);
  });

  it('counts no longer once its asker has left the team', async () => {
    const token = await requestLink();
    await db.write((tx) => tx.update(users).set({ role: 'client' }).where(eq(users.id, mira.userId)));
    expect(await confirmAddressChange(mira, token, clock)).toEqual({ ok: false, reason: 'ended' });
  });

  it('is forgotten when its link has ended', async () => {
    await requestLink();
    await deleteExpiredRows(NOW + HOUR - 1);
    expect(await db.connection().reader.select().from(addressChanges)).toHaveLength(1);
    await deleteExpiredRows(NOW + HOUR + 1);
    expect(await db.connection().reader.select().from(addressChanges)).toEqual([]);
  });
});

describe('a change that somebody else made', () => {
  const changeTo = async (email: string, now = NOW) => {
    await confirmAddressChange(mira, await requestLink(email, now), { now });
    const rows = await db.connection().reader.select().from(addressChanges);
    return makeEarlierAddressToken(rows.find(({ newEmail }) => newEmail === email)!.id);
  };

  it('is undone from the earlier address for a week, and signs out whoever made it', async () => {
    const token = await changeTo('thief@example.org');
    await askToSignIn('thief@example.org');
    await db.write((tx) =>
      tx.insert(sessions).values({ sessionToken: 's', userId: mira.userId, expires: new Date(NOW + HOUR) }),
    );
    const week = NOW + 7 * 24 * HOUR;
    expect(await readEarlierAddress(token, week - 1)).toEqual({ earlierEmail: mira.email, name: mira.name });
    expect(await readEarlierAddress(token, week)).toBeNull();
    expect(await putBackEarlierAddress(token, { now: week })).toEqual({ ok: false, reason: 'ended' });
    expect(await putBackEarlierAddress(token, { now: week - 1 })).toEqual({ ok: true });
    expect(await emailOf(mira.userId)).toBe(mira.email);
    const { reader } = db.connection();
    expect(await reader.select().from(sessions)).toEqual([]);
    expect(await reader.select().from(verificationTokens)).toEqual([]);
    expect(await putBackEarlierAddress(token, clock)).toEqual({ ok: false, reason: 'ended' });
  });

  it('is undone even if they changed it once more, and their own links undo nothing then', async () => {
    const first = await changeTo('thief@example.org');
    const second = await changeTo('thief.again@example.org', NOW + 1);
    expect(await putBackEarlierAddress(first, { now: NOW + 2 })).toEqual({ ok: true });
    expect(await putBackEarlierAddress(second, { now: NOW + 2 })).toEqual({ ok: false, reason: 'ended' });
    expect(await emailOf(mira.userId)).toBe(mira.email);
  });

  it('is not undone by the link that confirmed it, nor the other way round', async () => {
    const asked = await requestLink();
    const [row] = await db.connection().reader.select().from(addressChanges);
    expect(await putBackEarlierAddress(makeEarlierAddressToken(row!.id), clock)).toEqual({
      ok: false,
      reason: 'ended',
    });
    await confirmAddressChange(mira, asked, clock);
    expect(await putBackEarlierAddress(asked, clock)).toEqual({ ok: false, reason: 'ended' });
    expect(await confirmAddressChange(mira, makeEarlierAddressToken(row!.id), clock)).toMatchObject({ ok: false });
  });
});

describe('the mistyped address of a new colleague', () => {
  const addUna = async () => {
    const added = await addMember(ruth, { name: 'Una Flynn', email: 'una@exmaple.org', role: 'therapist' }, clock);
    if (!added.ok) throw new Error(JSON.stringify(added));
    return added.id;
  };

  it('is corrected by the owner, and the link that went there ends', async () => {
    const userId = await addUna();
    await askToSignIn('una@exmaple.org');
    expect(await correctAddress(ruth, { userId, email: 'una@example.org' }, clock)).toEqual({
      ok: true,
      email: 'una@example.org',
    });
    expect(await emailOf(userId)).toBe('una@example.org');
    expect(await db.connection().reader.select().from(verificationTokens)).toEqual([]);
  });

  it('is theirs alone to change once they have signed in, and the owner’s own is not corrected', async () => {
    const userId = await addUna();
    await db.write((tx) => recordStaffSignIn(tx, userId, NOW));
    const correct = (id: string, email: string) => correctAddress(ruth, { userId: id, email }, clock);
    expect(await correct(userId, 'una@example.org')).toEqual({ ok: false, reason: 'signed_in' });
    expect(await correct(ruth.userId, 'ruth@example.org')).toEqual({ ok: false, reason: 'not_found' });
    expect(await correct('nobody', 'una@example.org')).toEqual({ ok: false, reason: 'not_found' });
    expect(await emailOf(userId)).toBe('una@exmaple.org');
  });

  it('is refused with the reason when it is no address, the present one, or somebody else’s', async () => {
    const userId = await addUna();
    for (const email of ['una', 'una@exmaple.org', ruth.email])
      expect(await correctAddress(ruth, { userId, email }, clock)).toMatchObject({ ok: false, reason: 'invalid' });
  });
});
