import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { buildClientSearchText } from '@/db/input/search-text';
import { appointments, clients, intakes, therapists, waitlistEntries } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { makeJoinRequest } from '@/db/testing/test-waitlist';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { fillWaitlistForm, untouchedWaitlistForm } from '@/testing/test-waitlist-form';

vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => ({ userId: 'nora' }) }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const { addCallerToWaitlist, offerTimeToWaitingClient } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('SMTP_URL', ''));

/** What the form answers, or 'added' where it redirects. */
async function add(who: Record<string, string>): Promise<WaitlistFormState | 'added'> {
  const form = fillWaitlistForm(who);
  try {
    return await addCallerToWaitlist(untouchedWaitlistForm, form);
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
      values: { name: 'Zoe' },
    });
    expect(await (await reader()).select().from(waitlistEntries)).toEqual([]);
    expect(await add({ ...caller, phone: '087 555 0134' })).toBe('added');
  });

  it('needs no phone number for a known client, or where e-mails go out', async () => {
    const nia = { id: 'nia', name: 'Nia Walsh', email: 'nia@example.org', createdAt: NOW };
    await db.write((tx) =>
      tx.insert(clients).values({ ...nia, searchText: buildClientSearchText({ ...nia, phone: '' }) }),
    );
    expect(await add({ clientId: 'nia' })).toBe('added');
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    expect(await add(caller)).toBe('added');
  });
});

describe('an offer with a therapist who may not suit the client’s health answers', () => {
  it('needs a second press, and no address says why', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '17:00')), {
      now: NOW,
    });
    if (!booked.ok) throw new Error(booked.reason);
    const intake = { questionsVersion: '1', way: 'link', startedAt: NOW, savedAt: NOW, finishedAt: NOW } as const;
    // An intake that cannot be decrypted could contain anything, so staff are asked to check first.
    const answers = { id: 'i', seriesId: booked.seriesId, ...intake, sealedIntake: 'A'.repeat(48) };
    await db.write((tx) => tx.insert(intakes).values(answers));
    await db.write((tx) => tx.update(therapists).set({ trainedForPregnancy: false }));
    const [row] = await (await reader()).select().from(appointments);
    const joined = await joinWaitlist(DESK_VIEWER, makeJoinRequest(), { id: row!.clientId }, { now: NOW });
    if (!joined.ok) throw new Error(joined.reason);
    const offer = async (more: Record<string, string> = {}) => {
      const form = new FormData();
      const fields = { id: joined.entryId, plan: `mira ${instantAt('2026-12-01', '18:00')}`, ...more };
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const led = await offerTimeToWaitingClient(form).catch((error: { digest?: string }) => error.digest);
      return new URL(String(led).split(';')[2] ?? '', 'http://x');
    };
    const askedAt = await offer();
    expect(askedAt.pathname).toBe(`/practice/waitlist/${joined.entryId}`);
    expect(Object.fromEntries(askedAt.searchParams)).toEqual({
      flash: 'ask_first',
      plan: `mira ${instantAt('2026-12-01', '18:00')}`,
    });
    expect((await offer({ meant: 'jun' })).searchParams.get('flash')).toBe('ask_first');
    expect((await offer({ meant: 'mira' })).searchParams.get('flash')).toBe('offered');
  });
});
