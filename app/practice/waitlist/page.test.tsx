import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bouncedAddresses } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { addToWaitlist, makeJoinRequest } from '@/db/testing/test-waitlist';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { offerFreedTime } from '@/db/waitlist/offer-freed-time';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'nora' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: WaitlistPage } = await import('./page');
const { default: OfferPage } = await import('./[id]/page');
const { default: AddPage } = await import('./new/page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', 'smtp://mail.example:587'));

const draw = async (flash?: string) =>
  renderToStaticMarkup(await WaitlistPage({ searchParams: Promise.resolve(flash ? { flash } : {}) }));
const FLASHES = ['added', 'confirmed', 'offered', 'booked', 'declined', 'taken_back'];
const PROMISES =
  /they get an e-mail|offered once it is free|offered by itself when|goes to the next|offered to the next/;

describe('the waiting list', () => {
  it.each(FLASHES)('says what happens next after %s', async (flash) => {
    expect(await draw(flash)).toMatch(PROMISES);
  });

  it.each(FLASHES)('promises nothing after %s where no e-mail can be sent', async (flash) => {
    vi.stubEnv('SMTP_URL', '');
    const html = await draw(flash);
    expect(html).toContain('id="flash"');
    expect(html).not.toMatch(PROMISES);
  });

  it('promises no e-mail on the pages where staff add a caller or offer a time, where none can be sent', async () => {
    // Nobody works on Sundays.
    const id = await addToWaitlist('Ana Costa', NOW, { fromOn: '2026-12-06', untilOn: '2026-12-06' });
    const offer = async () =>
      renderToStaticMarkup(await OfferPage({ params: Promise.resolve({ id }), searchParams: Promise.resolve({}) }));
    const add = async () => renderToStaticMarkup(await AddPage({ searchParams: Promise.resolve({}) }));
    for (const page of [offer, add]) {
      vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
      expect(await page()).toMatch(PROMISES);
      vi.stubEnv('SMTP_URL', '');
      expect(await page()).not.toMatch(PROMISES);
    }
  });

  it('asks staff to call whoever asked online where no e-mail can be sent', async () => {
    const READER = { role: 'reader' } as const;
    const online = { name: 'Zoe Lynch', email: 'zoe@example.org', phone: '087 555 0134' };
    expect(await joinWaitlist(READER, makeJoinRequest(), online, { now: NOW })).toMatchObject({ ok: true });
    expect(await draw()).toContain('Has not pressed the link in our e-mail yet');
    vi.stubEnv('SMTP_URL', '');
    const html = await draw();
    expect(html).toContain('Asked online: nothing is offered yet. Call them, then confirm it here.');
    expect(html).toContain('087 555 0134');
    expect(html).not.toContain('the link in our e-mail');
  });

  it('says that offers wait while e-mails cannot be sent', async () => {
    const MINUTE = 60_000;
    for (const [k, name] of ['Ana Costa', 'Bea Lynch', 'Cora Daly'].entries())
      await addToWaitlist(name, NOW + k, { atTime: null, untilOn: '2026-12-01' });
    expect(await offerFreedTime('worker', NOW + 6 * MINUTE, async () => false)).toBe(3);
    expect(await draw()).not.toContain('our last e-mails could not be sent');
    vi.setSystemTime(NOW + 36 * MINUTE);
    await offerFreedTime('worker', NOW + 36 * MINUTE, async () => false);
    expect(await draw()).toContain('our last e-mails could not be sent');
    vi.setSystemTime(NOW);
  });

  it('names clients whose e-mails come back', async () => {
    await addToWaitlist('Ana Costa', NOW);
    expect(await draw()).not.toContain('offer by phone');
    await db.write((tx) => tx.insert(bouncedAddresses).values({ email: 'ana.costa@example.org', bouncedAt: NOW }));
    expect(await draw()).toContain('E-mails to their address come back: offer by phone.');
  });
});
