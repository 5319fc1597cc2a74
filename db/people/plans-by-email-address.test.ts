import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AllPlansViewer, findAllPlansLink, getAllPlansToken } from '@/db/access/all-plans-links';
import { makeAllPlansToken } from '@/db/access/emailed-link-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { reader, transact } from '@/db/connection/database-client';
import { queueManageLinksEmail } from '@/db/messages/manage-links-email';
import { replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { allPlansLinks, clients, outbox, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { changeClient } from './change-client';
import { deleteExpiredRows } from './delete-expired-rows';
import { eraseClient } from './erase-client';
import { exportDataWithoutHealth } from './export-data-without-health';
import { listPlansOfEmail } from './plans-by-email-address';

setUpTestDatabase({ now: NOW });
const HOME = 'una.cole@example.org';
const viewer: AllPlansViewer = { role: 'address', email: HOME };
const clock = { now: NOW };

async function book(name: string, email: string, on: string, note?: string) {
  const request = makeSeriesRequest(instantAt(on, '18:00'), {
    client: { name, email },
    ...(note !== undefined && { note }),
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked.seriesId;
}

async function linkOf(email: string): Promise<string> {
  await queueManageLinksEmail(email, NOW);
  const token = await getAllPlansToken(email);
  if (token === null) throw new Error('no link');
  return token;
}

const stateOf = async (token: string, now = NOW) => (await findAllPlansLink(token, now))?.state;

let plan = '';
beforeEach(async () => {
  plan = await book('Una Cole', HOME, '2026-12-08', 'my left shoulder hurts');
});

describe('the link to all plans of an address', () => {
  it('is made once, on request, and opens the plans of that address', async () => {
    const token = await linkOf(HOME);
    expect(await linkOf(HOME.toUpperCase().toLowerCase())).toBe(token);
    expect(await findAllPlansLink(token, NOW)).toMatchObject({ state: 'open', viewer });
  });

  it('is not made for an address with which nothing is booked', async () => {
    await queueManageLinksEmail('stranger@example.org', NOW);
    expect(await getAllPlansToken('stranger@example.org')).toBeNull();
  });

  it('does not open with a changed or made-up token', async () => {
    const token = await linkOf(HOME);
    expect(await findAllPlansLink(`${token.slice(0, -4)}AAAA`, NOW)).toBeNull();
    expect(await findAllPlansLink('x', NOW)).toBeNull();
    expect(await stateOf(makeAllPlansToken('00000000-0000-4000-8000-000000000000'))).toBe('ended');
  });

  it('ends a year after the last date', async () => {
    const token = await linkOf(HOME);
    expect(await stateOf(token, instantAt('2027-12-08', '18:59'))).toBe('open');
    expect(await stateOf(token, instantAt('2027-12-08', '19:00'))).toBe('ended');
  });

  it('ends when the practice replaces the link to one of its plans', async () => {
    const token = await linkOf(HOME);
    expect(await replaceAndSendLink(OWNER_VIEWER, plan, NOW)).toBe(true);
    expect(await stateOf(token)).toBe('ended');
    expect(await linkOf(HOME)).not.toBe(token);
  });

  it('ends when the client’s address is corrected, whichever way', async () => {
    const token = await linkOf(HOME);
    const [una] = await (await reader()).select().from(clients);
    const request = { name: 'Una Cole', email: 'una@example.net', phone: '', language: '', tags: '' };
    await changeClient(
      OWNER_VIEWER,
      { id: una!.id, version: 1, ...request, favouriteTherapistId: '', movesMail: true, endsLinks: false },
      clock,
    );
    expect(await stateOf(token)).toBe('ended');
  });

  it('is deleted with its client', async () => {
    const token = await linkOf(HOME);
    await eraseClient(HOME, NOW);
    expect(await stateOf(token)).toBe('ended');
    expect(await (await reader()).select().from(allPlansLinks)).toEqual([]);
  });

  it('is deleted once the last plan is long over, and not before', async () => {
    await linkOf(HOME);
    await deleteExpiredRows(instantAt('2027-12-08', '10:00'));
    expect(await getAllPlansToken(HOME)).not.toBeNull();
    await deleteExpiredRows(instantAt('2027-12-09', '10:00'));
    expect(await getAllPlansToken(HOME)).toBeNull();
  });
});

describe('the plans of an address', () => {
  it('include those of everybody with the address, the nearest date first, and nobody else’s', async () => {
    const child = await book('Oisín Cole', HOME, '2026-12-01');
    await book('Una Cole', 'another@example.org', '2026-12-02');
    expect((await listPlansOfEmail(viewer, clock)).map(({ series: { uid } }) => uid)).toEqual([child, plan]);
  });

  it('come last when they are past, and are left out once their own link has ended', async () => {
    const earlierPlan = await book('Una Cole', HOME, '2026-12-01');
    const { appointments } = (await listPlansOfEmail(viewer, clock))[0]!.series;
    const link = linkViewer(earlierPlan);
    const [first] = appointments;
    await cancelAppointments(link, { uid: first!.uid, scope: 'this', version: first!.version }, clock);
    expect((await listPlansOfEmail(viewer, clock)).map(({ series: { uid } }) => uid)).toEqual([plan, earlierPlan]);
    expect(await listPlansOfEmail(viewer, { now: instantAt('2027-12-09', '10:00') })).toEqual([]);
  });

  it('say that the health form is due, and contain no note', async () => {
    const [shown] = await listPlansOfEmail(viewer, clock);
    expect(shown).toMatchObject({ healthForm: 'due', isNewsAsked: false, series: { note: null, questionSlug: null } });
  });
});

describe('the data that can be downloaded through the link', () => {
  it('belongs to that address only, and says nothing about health', async () => {
    await book('Somebody Else', 'another@example.org', '2026-12-02');
    await transact(async (tx) => tx.update(clients).set({ tags: ['sciatica'] }));
    const { kept: stored } = await exportDataWithoutHealth(viewer, clock);
    const written = JSON.stringify(stored);
    expect(stored.clients).toEqual([
      {
        id: expect.any(String),
        name: 'Una Cole',
        email: HOME,
        phone: null,
        language: '',
        createdAt: new Date(NOW).toISOString(),
      },
    ]);
    expect(stored.appointments).toHaveLength(1);
    expect(stored.series).toMatchObject([{ id: plan, firstOn: '2026-12-08' }]);
    expect(written).not.toMatch(/shoulder|sciatica|another@|Somebody|sealed|token/i);
    // Their therapist got an e-mail about the plan as well.
    expect(new Set((await (await reader()).select().from(outbox)).map(({ toEmail }) => toEmail)).size).toBeGreaterThan(
      1,
    );
    expect(new Set(stored.outbox?.map(({ toEmail }) => toEmail))).toEqual(new Set([HOME]));
    expect((await (await reader()).select().from(series)).find(({ id }) => id === plan)?.sealedNote).not.toBeNull();
  });

  it('has the texts to their number', async () => {
    await transact(async (tx) => {
      const [email] = await tx.select().from(outbox).where(eq(outbox.toEmail, HOME));
      const text = {
        id: randomUUID(),
        messageId: randomUUID(),
        kind: 'reminder_text' as const,
        toEmail: '+353861234567',
        seriesId: plan,
      };
      await tx.insert(outbox).values({ ...email!, ...text });
    });
    const { kept: stored } = await exportDataWithoutHealth(viewer, clock);
    expect(stored.outbox).toContainEqual(expect.objectContaining({ kind: 'reminder_text', toEmail: '+353861234567' }));
  });
});
