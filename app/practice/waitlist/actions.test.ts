import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { reader } from '@/db/connection/database-client';
import { searchTextOf } from '@/db/input/search-text';
import { clients, waitlistEntries } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'nora' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const { addForCaller } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = testDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', ''));

const EMPTY = { massage: '', therapist: '', cadence: '', sessions: '', from: '', until: '', only: '', urgent: '' };
const untouched: WaitlistFormState = {
  typed: { ...EMPTY, name: '', email: '', phone: '' },
  dayParts: 0,
  errors: {},
  problem: null,
  done: null,
  answer: 0,
};

/** What the form answers, or 'added' where it leads on. */
async function add(who: Record<string, string>): Promise<WaitlistFormState | 'added'> {
  const form = new FormData();
  const fields = { massage: 'swedish 60', cadence: 'once', sessions: '1', from: '2026-12-01', until: '2026-12-20' };
  for (const [name, value] of Object.entries({ ...fields, dayParts: '1', ...who })) form.set(name, value);
  try {
    return await addForCaller(untouched, form);
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return 'added';
  }
}

describe('noting what a caller waits for, where no mail server is set', () => {
  const caller = { name: 'Zoe', email: 'zoe@example.org' };

  it('needs a phone number, as the client’s own form does', async () => {
    expect(await add(caller)).toMatchObject({
      errors: { phone: 'Enter a phone number: this site sends no e-mail yet.' },
      typed: { name: 'Zoe' },
    });
    expect(await (await reader()).select().from(waitlistEntries)).toEqual([]);
    expect(await add({ ...caller, phone: '087 555 0134' })).toBe('added');
  });

  it('needs none of a client whose page is known, and none where e-mails go out', async () => {
    const nia = { id: 'nia', name: 'Nia Walsh', email: 'nia@example.org', createdAt: NOW };
    await db.write((tx) => tx.insert(clients).values({ ...nia, searchText: searchTextOf({ ...nia, phone: '' }) }));
    expect(await add({ clientId: 'nia' })).toBe('added');
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    expect(await add(caller)).toBe('added');
  });
});
