import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { setConnectionForTests } from '@/db/connection/database-client';
import { listMail } from '@/db/delivery/outbox-for-staff';
import { putInOutbox } from '@/db/messages/outbox';
import { leaseDueMessages, markFailed } from '@/db/messages/outbox-delivery';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { makeTestSeries, testPractice } from '@/mail/test-notifications';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: null }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const { requireRole } = await import('@/auth');
const { sendOrDropOldMailOfForm, retryMail } = await import('./actions');

const NOW = Date.UTC(2026, 10, 24, 9);
const owner: Staff = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
const db = setUpTestDatabase({ now: NOW });

/** What Next makes of the result: an address to go to, "404", or the viewer's role. */
async function outcomeOf(doing: Promise<unknown>): Promise<string> {
  try {
    return (await doing) as string;
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    return digest.includes('404') ? '404' : (digest.split(';')[2] ?? String(error));
  }
}

describe('a page of the practice that requires a role', () => {
  it.each([
    [null, 'staff', '/sign-in'],
    ['nobody', 'staff', '/sign-in'],
    ['ana', 'staff', '404'],
    ['mira', 'staff', 'therapist'],
    ['ruth', 'staff', 'owner'],
    ['mira', 'owner', '404'],
    ['ruth', 'owner', 'owner'],
    ['ruth', 'therapist', '404'],
    ['ana', 'client', 'client'],
    [null, 'client', '/sign-in'],
  ] as const)('%s on a page for %s gets %s', async (userId, role, outcome) => {
    session.userId = userId;
    expect(await outcomeOf(requireRole(role).then((viewer) => viewer.role))).toBe(outcome);
  });
});

describe('retrying an e-mail', () => {
  let id = '';
  beforeEach(async () => {
    const notification = {
      kind: 'booked',
      audience: 'therapist',
      practice: testPractice,
      series: makeTestSeries(1),
    } as const;
    await db.write((tx) => putInOutbox(tx, { notification, toEmail: 'mira@fortnight.example', now: NOW }));
    const [mail] = await leaseDueMessages('worker', NOW);
    id = mail!.id;
    await markFailed(id, 'worker', { error: 'no such person', isFinal: true }, NOW);
  });

  const resend = async (userId: string | null, mailId = id) => {
    session.userId = userId;
    const form = new FormData();
    form.set('id', mailId);
    return outcomeOf(retryMail(form));
  };
  const state = async () => (await listMail(owner, { now: NOW }))[0]?.state;

  it.each([
    [null, '/sign-in', 'dead'],
    ['ana', '404', 'dead'],
    ['tom', '/practice/mail?flash=gone', 'dead'],
    ['mira', '/practice/mail?flash=again', 'waiting'],
    ['ruth', '/practice/mail?flash=again', 'waiting'],
  ] as const)('by %s leads to %s and leaves it %s', async (userId, outcome, after) => {
    expect(await resend(userId)).toBe(outcome);
    expect(await state()).toBe(after);
  });

  it('says in plain words that another process holds the database', async () => {
    const busy = async () => {
      throw Object.assign(new Error('held'), { name: 'DatabaseBusy' }); // as another bundle throws it
    };
    setConnectionForTests({ ...db.connection(), transact: busy });
    try {
      expect(await resend('ruth')).toBe('/practice/mail?flash=busy');
    } finally {
      setConnectionForTests(db.connection());
    }
  });

  it('changes nothing a second time, or with an unknown id', async () => {
    expect(await resend('ruth')).toBe('/practice/mail?flash=again');
    for (const wrong of [id, 'x', '', "' or 1=1 --"])
      expect(await resend('ruth', wrong)).toBe('/practice/mail?flash=gone');
  });
});

describe('36 an e-mail that nobody has tried to send for a day', () => {
  const listStates = async () => (await listMail(owner, { now: Date.now() })).map(({ state }) => state);
  const press = async (userId: string | null, fields: Record<string, string>) => {
    session.userId = userId;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return outcomeOf(sendOrDropOldMailOfForm(form));
  };
  beforeEach(async () => {
    const notification = { kind: 'answered', about: 'question', practice: testPractice, askedId: 'an id' } as const;
    const now = Date.now() - 25 * 3_600_000;
    await db.write((tx) => putInOutbox(tx, { notification, toEmail: 'mira@fortnight.example', now }));
  });

  it.each([
    [null, 'send', '/sign-in', 'kept'],
    ['ana', 'send', '404', 'kept'],
    ['tom', 'send', '/practice/mail?flash=gone', 'kept'],
    ['mira', 'send', '/practice/mail?flash=going', 'waiting'],
    ['ruth', 'drop', '/practice/mail?flash=dropped', 'dropped'],
    ['ruth', 'burn', '/practice/mail?flash=gone', 'kept'],
  ])('%s presses %s: it leads to %s and leaves the e-mail %s', async (userId, request, outcome, after) => {
    expect(await press(userId, { do: request })).toBe(outcome);
    expect(await listStates()).toEqual([after]);
  });
});
