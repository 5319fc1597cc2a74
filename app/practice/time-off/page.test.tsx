import { eq } from 'drizzle-orm';
import { prerender } from 'react-dom/static';
import { describe, expect, it, vi } from 'vitest';
import { addTimeOff } from '@/db/booking/add-time-off';
import { bookSeries } from '@/db/booking/book-series';
import { therapists } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'ruth' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: TimeOffPage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });

async function draw(fields: Record<string, string>): Promise<string> {
  const params = { who: 'mira', kind: 'leave', ...fields };
  const { prelude } = await prerender(await TimeOffPage({ searchParams: Promise.resolve(params) }));
  return (await new Response(prelude).text()).replaceAll('<!-- -->', '');
}

describe('asking for time off', () => {
  it.each([
    ['a last day before the first', { from: '2026-12-05', until: '2026-12-02' }, 'until'],
    ['an hour before the first', { from: '2026-12-05', at: '14:00', to: '13:00' }, 'to'],
  ])('shows %s beside its field, with the folded fields open', async (_what, fields, field) => {
    const html = await draw(fields);
    expect(html).toContain('It ends before it begins');
    expect(html).toMatch(/<details open="">/);
    expect(html).toMatch(new RegExp(`<input[^>]*id="${field}"[^>]*aria-invalid="true"`));
    expect(html).toMatch(new RegExp(`<p id="${field}-error"[^>]*>.*It ends before it begins\\.`));
  });

  it('keeps the fields folded where the days are right', async () => {
    const html = await draw({ from: '2026-12-05', until: '2026-12-07' });
    expect(html).toContain('Nothing is booked then.');
    expect(html).not.toMatch(/<details open="">/);
    expect(html).not.toContain('aria-invalid');
  });
});

describe('the undo of a departure', () => {
  it('says why it is not possible once that person has left the team, and is back when they are', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: NOW });
    const from = instantAt('2026-12-07', '00:00');
    const leaving = { therapistIds: ['mira'], start: from, end: null, kind: 'leave' as const };
    const refused = await addTimeOff(OWNER_VIEWER, leaving, { now: NOW });
    if (refused.ok || refused.reason !== 'booked') throw new Error(JSON.stringify(refused));
    const decisions = refused.dates.map((date) => ({ ...date, choice: 'cancel' as const }));
    expect(await addTimeOff(OWNER_VIEWER, { ...leaving, decisions }, { now: NOW })).toMatchObject({ ok: true });
    const setActive = (isActive: boolean) =>
      db.write((tx) => tx.update(therapists).set({ isActive }).where(eq(therapists.id, 'mira')));
    const why = 'Mira has left the team. Bring them back first, then it can be undone.';

    expect(await draw({})).toContain('Undo it');
    await setActive(false);
    const html = await draw({});
    expect(html).toContain(why);
    expect(html).not.toContain('Undo it');
    await setActive(true);
    expect(await draw({})).toContain('Undo it');
  });
});
