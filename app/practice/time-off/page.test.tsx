import { prerender } from 'react-dom/static';
import { describe, expect, it, vi } from 'vitest';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'ruth' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: TimeOffPage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

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
