import { describe, expect, it, vi } from 'vitest';
import { buildClientSearchText } from '@/db/input/search-text';
import { clients, users } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: null }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const { GET } = await import('./route');
const db = setUpTestDatabase({ now: NOW });

async function search(userId: string | null): Promise<Response | string> {
  session.userId = userId;
  await db.write(async (tx) => {
    const known = { name: 'Zoë Costa', email: '', phone: '+353875550134' };
    const row = { ...known, id: 'zoe', searchText: buildClientSearchText(known), createdAt: NOW };
    await tx.insert(clients).values(row).onConflictDoNothing();
    await tx
      .insert(users)
      .values({ id: 'dee', name: 'Dee Ryan', email: 'dee@fortnight.example', role: 'front_desk' })
      .onConflictDoNothing();
  });
  try {
    return await GET(new Request('http://x/practice/calendar/callers?q=zoe'));
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    return digest.includes('404') ? '404' : (digest.split(';')[2] ?? String(error));
  }
}

describe('looking for a client', () => {
  it.each(['mira', 'ruth', 'dee'])(
    'shows the matching clients to %s, who works here, and lets no browser cache them',
    async (who) => {
      const answer = (await search(who)) as Response;
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual({
        callers: [{ id: 'zoe', name: 'Zoë Costa', about: '087 555 0134', lastMassage: null }],
      });
    },
  );

  it.each([
    [null, '/sign-in'],
    ['ana', '404'],
  ])('shows nothing to %s', async (who, outcome) => {
    expect(await search(who)).toBe(outcome);
  });
});
