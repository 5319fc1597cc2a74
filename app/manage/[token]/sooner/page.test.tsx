import type { ReactNode } from 'react';
import { prerender } from 'react-dom/static';
import { describe, expect, it, vi } from 'vitest';
import { getManageToken } from '@/db/access/manage-tokens';
import { moveLimitExemptions } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { linkViewer, NOW } from '@/db/testing/test-requests';
import { bookAs } from '@/db/testing/test-waitlist';
import { joinWaitlistForSooner } from '@/db/waitlist/join-waitlist';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: SoonerPage } = await import('./page');
const { default: ManagePage } = await import('../page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');

const draw = async (page: ReactNode) => new Response((await prerender(page)).prelude).text();

async function drawn(seriesId: string) {
  const params = Promise.resolve({ token: await getManageToken(seriesId) });
  const query = { params, searchParams: Promise.resolve({}) };
  return {
    managed: await draw(await ManagePage(query)),
    sooner: await draw(await SoonerPage(query)),
  };
}

describe('the offer to come sooner', () => {
  it('is shown for a date that may be swapped', async () => {
    const { seriesId } = await bookAs('Nia Walsh', SIX, NOW);
    const { managed, sooner } = await drawn(seriesId);
    expect(managed).toContain('/sooner"');
    expect(sooner).toContain('Wait for a sooner time');
  });

  it('is not shown where the request would be refused, even if the date may be moved once more', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const { uid } = booked.appointments[0]!;
    const now = SIX - 60 * 60_000;
    vi.setSystemTime(now);
    await db.write((tx) => tx.insert(moveLimitExemptions).values({ appointmentId: uid, grantedAt: now }));
    const { managed, sooner } = await drawn(booked.seriesId);
    vi.setSystemTime(NOW);
    const request = { uid, therapistId: 'any', dayParts: ANY_DAY_PART, isUrgent: false };
    expect(await joinWaitlistForSooner(linkViewer(booked.seriesId), request, { now })).toMatchObject({ ok: false });
    expect(managed).toContain('>Move<');
    expect(managed).not.toContain('/sooner"');
    expect(sooner).not.toContain('Wait for a sooner time');
  });
});
