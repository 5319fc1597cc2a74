import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { findManageLinkViewer, getManageToken } from '@/db/access/manage-tokens';
import type { Staff } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { extendSeries } from '@/db/booking/extend-series';
import { listPendingRequestsForStaff } from '@/db/booking/unconfirmed-bookings';
import { reader } from '@/db/connection/database-client';
import { appointments, auditEvents, clients, ledgerEntries, ledgerLines, outbox, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { changeClient } from './change-client';
import { suggestClients } from './find-clients';
import { getClient } from './get-client';
import { countClientBelongings, mergeClients } from './merge-clients';

const db = setUpTestDatabase({ now: NOW });
const OLD = 'una.cole@example.org';
const NEW = 'una@example.net';
const clock = { now: NOW };

async function book(name: string, email: string, on: string) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(instantAt(on, '18:00'), { client: { name, email } }),
    clock,
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const [row] = await (await reader()).select().from(series).where(eq(series.id, booked.seriesId));
  return { id: row!.clientId, seriesId: booked.seriesId };
}

const rowOf = async (id: string) => (await (await reader()).select().from(clients).where(eq(clients.id, id)))[0];
const mailTo = async () =>
  (await (await reader()).select({ to: outbox.toEmail, facts: outbox.facts }).from(outbox))
    .filter(({ facts }) => !('audience' in facts && facts.audience === 'therapist'))
    .map(({ to }) => to)
    .sort();
const input = {
  ...{ name: 'Una Cole', email: OLD, phone: '', language: '', favouriteTherapistId: '', tags: '' },
  ...{ movesMail: true, endsLinks: false },
};

let una = '';
beforeEach(async () => {
  una = (await book('Una Cole', OLD, '2026-12-01')).id;
});

const change = (viewer: Staff, request: Record<string, unknown>, version = 1) =>
  changeClient(viewer, { id: una, version, ...input, ...request }, clock);

describe('changing a client', () => {
  it('updates the search text as well, and counts the version', async () => {
    const request = { name: 'Úna Ní Chóil', phone: '087 555 0134', tags: 'runner,  pays cash, runner', language: 'ga' };
    expect(await change(OWNER_VIEWER, { ...request, favouriteTherapistId: 'mira' })).toEqual({ ok: true });
    expect(await rowOf(una)).toMatchObject({
      name: 'Úna Ní Chóil',
      phone: '+353875550134',
      tags: ['runner', 'pays cash'],
      searchText: `una ni choil ${OLD} 353875550134`,
      favouriteTherapistId: 'mira',
      version: 2,
    });
    expect((await suggestClients(OWNER_VIEWER, 'ni choil 0134')).map(({ id }) => id)).toEqual([una]);
  });

  it('is refused when somebody else has changed the client since', async () => {
    expect(await change(DESK_VIEWER, { name: 'Una Coyle' })).toEqual({ ok: true });
    expect(await change(OWNER_VIEWER, { name: 'Una Cool' })).toEqual({ ok: false, reason: 'conflict' });
    expect(await rowOf(una)).toMatchObject({ name: 'Una Coyle', version: 2 });
  });

  it.each([
    ['name', { name: ' ' }],
    ['email', { email: 'una at home' }],
    ['phone', { phone: 'ring the bell' }],
    ['language', { language: 'xx' }],
    ['favouriteTherapistId', { favouriteTherapistId: 'nobody' }],
    ['tags', { tags: 'x'.repeat(41) }],
    ['alerts', { alerts: 'x'.repeat(161) }],
    ['booking', { booking: 'never' }],
  ])('reports an invalid %s, and changes nothing', async (path, request) => {
    expect(await change(OWNER_VIEWER, request)).toMatchObject({
      ok: false,
      reason: 'invalid',
      issues: [{ path: [path] }],
    });
    expect(await rowOf(una)).toMatchObject({ name: 'Una Cole', version: 1 });
  });

  it('sends waiting e-mail to the new address only when asked to', async () => {
    expect(await mailTo()).toEqual([OLD]);
    expect(await change(OWNER_VIEWER, { email: 'una.c@example.org', movesMail: false })).toEqual({ ok: true });
    expect(await mailTo()).toEqual([OLD]);
    expect(await change(OWNER_VIEWER, { email: OLD, movesMail: false }, 2)).toEqual({ ok: true });
    expect(await change(OWNER_VIEWER, { email: NEW }, 3)).toEqual({ ok: true });
    expect(await mailTo()).toEqual([NEW]);
  });

  it('ends the links that went to the old address when asked to, and sends new ones', async () => {
    const [plan] = await (await reader()).select().from(series).where(eq(series.clientId, una));
    const first = await getManageToken(plan!.id);
    expect(await change(OWNER_VIEWER, { email: NEW })).toEqual({ ok: true });
    expect(await findManageLinkViewer(first, NOW)).not.toBeNull();
    expect(await change(OWNER_VIEWER, { email: OLD, endsLinks: true }, 2)).toEqual({ ok: true });
    expect(await findManageLinkViewer(first, NOW)).toBeNull();
    expect(await findManageLinkViewer(await getManageToken(plan!.id), NOW)).toEqual({
      role: 'link',
      seriesId: plan!.id,
    });
    const kinds = (await (await reader()).select().from(outbox)).map(
      ({ facts, toEmail }) => `${facts.kind} ${toEmail}`,
    );
    expect(kinds).toContain(`link_renewed ${OLD}`);
    // An unchanged address ends no link.
    const second = await getManageToken(plan!.id);
    expect(await change(OWNER_VIEWER, { phone: '087 555 0134', endsLinks: true }, 3)).toMatchObject({ ok: true });
    expect(await findManageLinkViewer(second, NOW)).not.toBeNull();
    // Without an address no new link can be sent, but the old one ends all the same.
    expect(await change(OWNER_VIEWER, { email: '', endsLinks: true }, 4)).toEqual({ ok: true });
    expect(await findManageLinkViewer(second, NOW)).toBeNull();
  });

  it('points to a client with the same name and address, for a merge', async () => {
    const other = await book('Una Cole', NEW, '2026-12-08');
    expect(await change(OWNER_VIEWER, { email: NEW })).toEqual({ ok: false, reason: 'exists', otherId: other.id });
    expect(await rowOf(una)).toMatchObject({ email: OLD });
  });

  it('is allowed to a therapist for their own clients, except for the booking mode; the front desk changes no alerts', async () => {
    expect(await change(therapistViewer('tom'), { name: 'Una Coyle' })).toEqual({ ok: false, reason: 'not_found' });
    const own = { name: 'Una Coyle', alerts: 'Allergic to nut oils', booking: 'blocked' };
    expect(await change(therapistViewer('mira'), own)).toEqual({ ok: true });
    expect(await rowOf(una)).toMatchObject({ name: 'Una Coyle', booking: 'online' });
    expect((await getClient(therapistViewer('mira'), una))!.alerts).toEqual(['Allergic to nut oils']);
    expect(await change(DESK_VIEWER, { name: 'Una Coyle', alerts: 'None', booking: 'approval' }, 2)).toEqual({
      ok: true,
    });
    expect(await rowOf(una)).toMatchObject({ booking: 'approval' });
    expect((await getClient(OWNER_VIEWER, una))!.alerts).toEqual(['Allergic to nut oils']);
  });

  it('records which fields changed, and never their contents', async () => {
    await change(OWNER_VIEWER, { phone: '087 555 0134', alerts: 'Allergic to nut oils', extraMinutes: '10' });
    await change(OWNER_VIEWER, { phone: '087 555 0134', alerts: 'Allergic to nut oils' }, 2);
    const events = (await (await reader()).select().from(auditEvents)).filter(
      ({ action }) => action === 'client changed',
    );
    expect(events).toMatchObject([
      { actor: 'owner:ruth', subject: `client:${una}`, facts: { fields: ['phone', 'alerts', 'extraMinutes'] } },
    ]);
    expect(JSON.stringify(await (await reader()).select().from(clients))).not.toContain('nut oils');
  });
});

describe('the booking mode of a client', () => {
  const bookOnline = (email: string, on = '2026-12-10') =>
    bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, '18:00'), { client: { name: 'Una C', email } }), {
      now: NOW,
      sender: '203.0.113.9',
    });

  it('tells a blocked client to call, under any name and by the link too; staff may still book for them', async () => {
    expect(await change(OWNER_VIEWER, { booking: 'blocked' })).toEqual({ ok: true });
    const refused = await bookOnline(OLD);
    expect(refused).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['client', 'email'] }] });
    expect(JSON.stringify(refused)).toContain('Please call 01 555 0142.');
    const plan = makeSeriesRequest([instantAt('2027-01-05', '18:00'), instantAt('2027-01-12', '18:00')], {
      client: { name: 'Una Cole', email: OLD },
    });
    const byDesk = await bookSeries(DESK_VIEWER, plan, clock);
    expect(byDesk).toMatchObject({ ok: true });
    const seriesId = byDesk.ok ? byDesk.seriesId : '';

    const more = await extendSeries(linkViewer(seriesId), { seriesId, sessions: 1 }, clock);
    expect(more).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await bookOnline('somebody.else@example.org')).toMatchObject({ ok: true });
  });

  it('lets a client who needs approval ask, and books the request when the practice approves it', async () => {
    expect(await change(OWNER_VIEWER, { booking: 'approval' })).toEqual({ ok: true });
    expect(await bookOnline(OLD)).toMatchObject({ ok: false, reason: 'to_approve' });
    expect(await listPendingRequestsForStaff(OWNER_VIEWER, NOW)).toMatchObject([
      { waitsFor: 'approve', request: { client: { email: OLD } } },
    ]);
  });
});

describe('merging two entries', () => {
  const seen = (id: string, version = 1) => ({ id, version });
  let other = { id: '', seriesId: '' };
  beforeEach(async () => {
    other = await book('Una Coyle', NEW, '2026-12-08');
    await db.write(async (tx) => {
      await tx
        .update(clients)
        .set({ phone: '+353875550134', tags: ['runner'], booking: 'approval', extraMinutes: 20 })
        .where(eq(clients.id, other.id));
      const entry = { id: 'fee', at: NOW, kind: 'charge' as const, currency: 'EUR', actor: 'owner:ruth' };
      await tx.insert(ledgerEntries).values({ ...entry, clientId: other.id });
      await tx.insert(ledgerLines).values([
        { entryId: 'fee', account: 'owed', amountCents: 6800 },
        { entryId: 'fee', account: 'sales', amountCents: -6800 },
      ]);
    });
  });

  it('shows first what would move, and then moves it all to the entry that stays', async () => {
    expect(await countClientBelongings(OWNER_VIEWER, other.id)).toMatchObject({
      series: 1,
      appointments: 1,
      payments: 1,
      waitingMail: 1,
    });
    expect(await mergeClients(DESK_VIEWER, { keep: seen(una), join: seen(other.id) }, { now: NOW + 1 })).toEqual({
      ok: true,
    });
    const rows = await (await reader()).select().from(clients);
    expect(rows).toMatchObject([
      {
        id: una,
        name: 'Una Cole',
        email: OLD,
        phone: '+353875550134',
        tags: ['runner'],
        booking: 'approval',
        extraMinutes: 20,
        version: 2,
      },
    ]);
    expect(rows[0]!.searchText).toBe(`una cole ${OLD} 353875550134`);
    const all = await reader();
    for (const table of [series, appointments, ledgerEntries])
      expect(
        (await all.select({ clientId: table.clientId }).from(table)).every(({ clientId }) => clientId === una),
      ).toBe(true);
    expect(await mailTo()).toEqual([OLD, OLD]);
    expect((await getClient(OWNER_VIEWER, una))!.history[0]).toMatchObject({
      action: 'clients joined',
      by: { name: 'Nora Daly' },
    });
    expect(await getClient(OWNER_VIEWER, other.id)).toBeNull();
  });

  it('is refused, and changes nothing, when either entry has changed since it was shown', async () => {
    await change(OWNER_VIEWER, { phone: '01 555 0199' });
    for (const pair of [
      { keep: seen(una), join: seen(other.id) },
      { keep: seen(other.id), join: seen(una) },
    ])
      expect(await mergeClients(OWNER_VIEWER, pair, clock)).toEqual({ ok: false, reason: 'conflict' });
    expect(await rowOf(una)).toMatchObject({ version: 2 });
    expect(await rowOf(other.id)).toMatchObject({ version: 1 });
  });

  it('is for the owner and the front desk, and refuses to merge an entry with itself', async () => {
    const pair = { keep: seen(una), join: seen(other.id) };
    expect(await mergeClients(therapistViewer('mira'), pair, clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await countClientBelongings(therapistViewer('mira'), una)).toBeNull();
    expect(await mergeClients(OWNER_VIEWER, { keep: seen(una), join: seen(una) }, clock)).toEqual({
      ok: false,
      reason: 'not_found',
    });
    expect(await rowOf(other.id)).toMatchObject({ id: other.id });
  });
});
