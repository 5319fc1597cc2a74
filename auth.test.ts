import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildSignInUrl } from './db/access/sign-in-url';
import type { Staff } from './db/access/viewer';
import { reader } from './db/connection/database-client';
import { listMail } from './db/delivery/outbox-for-staff';
import { DEMO_CLIENT, OWNER } from './db/demo/demo-practice';
import { endAllSessionsOfViewer, findViewerByUserId, recordRefusedSignInLink } from './db/messages/sign-in';
import { auditEvents, outbox, practices, sessions, therapists, users, verificationTokens } from './db/schema';
import { setUpTestDatabase } from './db/testing/test-database';
import { processState } from './process-state';
import { makeFirstSignInLink, requestSignInLink } from './sign-in-links';

// This jar and the headers from the server stand in for Next's request.
const jar = vi.hoisted(() => new Map<string, string>());
const sent = vi.hoisted(() => new Headers());
vi.mock('next/headers', () => ({
  headers: async () => sent,
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => (value ? jar.set(name, value) : jar.delete(name)),
  }),
}));
// next-auth reads cookies from Next's own request, which does not exist here; this mock reads the same cookie from the
// jar.
vi.mock('next-auth', async (original) => ({
  ...(await original<typeof import('next-auth')>()),
  getServerSession: async () => {
    const found = await authOptions().adapter?.getSessionAndUser?.(jar.get('next-auth.session-token') ?? '');
    return found && { userId: found.user.id };
  },
}));

const { authOptions, canEnterDemo, signInToDemo, homePathOf, requireRole, signOut, signInWithLink } = await import(
  './auth'
);

const NOW = Date.now();
const COOKIE = 'next-auth.session-token';
const owner: Staff = { role: 'owner', userId: OWNER.id, email: OWNER.email, name: OWNER.name, therapistId: null };
const db = setUpTestDatabase({ now: NOW });
let printed: string[];

beforeEach(() => {
  jar.clear();
  sent.set('x-fortnight-address', '127.0.0.1');
  sent.set('x-fortnight-direct', '1');
  sent.set('host', '127.0.0.1:3000');
  vi.stubEnv('BASE_URL', 'http://127.0.0.1:3000');
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9');
  vi.stubEnv('HOST', '');
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const rows = async () => {
  const seen = await reader();
  return {
    users: (await seen.select().from(users)).length,
    tokens: await seen.select().from(verificationTokens),
    mail: await seen.select().from(outbox),
    sessions: await seen.select().from(sessions),
  };
};

describe('asking for a sign-in link', () => {
  it('writes one e-mail to a member of staff, whatever the letter case of the address', async () => {
    await requestSignInLink(' Owner@Fortnight.EXAMPLE ', '/practice/mail', NOW);
    const { tokens, mail } = await rows();
    expect(mail).toMatchObject([{ kind: 'sign_in', toEmail: OWNER.email }]);
    expect(tokens).toMatchObject([{ identifier: OWNER.email }]);
    expect(printed).toEqual([]);
  });

  it('stores nothing from which a link or session could be opened', async () => {
    await requestSignInLink(OWNER.email, '', NOW);
    const [mail] = await listMail(owner, { now: NOW });
    const notification = mail?.notification?.kind === 'sign_in' ? mail.notification : undefined;
    const token = new URL(buildSignInUrl(notification!, OWNER.email)).searchParams.get('token')!;
    const { tokens, mail: stored } = await rows();
    expect(JSON.stringify({ tokens, stored })).not.toContain(token);
    expect(tokens[0]?.token).toBe(createHash('sha256').update(`${token}${process.env.AUTH_SECRET}`).digest('hex'));
  });

  it.each([
    'nobody@example.org',
    'not an address',
    '',
    'owner@fortnight.example,eve@evil.example',
    '"owner@fortnight.example"@evil.example',
    `owner@fortnight.example\r\nBcc: eve@evil.example`,
    `${'a'.repeat(300)}@fortnight.example`,
    undefined,
    ['owner@fortnight.example'],
  ])('stores nothing for %j, and creates no user', async (address) => {
    const before = await rows();
    await requestSignInLink(address, '/practice', NOW);
    expect(await rows()).toEqual(before);
  });

  it('takes as long for a stranger', async () => {
    const measure = async (address: string) => {
      const began = performance.now();
      await requestSignInLink(address, '', NOW);
      return performance.now() - began;
    };
    expect(Math.abs((await measure(OWNER.email)) - (await measure('nobody@example.org')))).toBeLessThan(100);
  });

  it('sends at most five links an hour to one person', async () => {
    for (let count = 0; count < 7; count += 1) await requestSignInLink(OWNER.email, '', NOW);
    expect((await rows()).mail).toHaveLength(5);
    await requestSignInLink(OWNER.email, '', NOW + 61 * 60_000);
    expect((await rows()).mail).toHaveLength(6);
  });

  it('prints the link on the console when there is no mail server, for staff only', async () => {
    vi.stubEnv('SMTP_URL', '');
    await requestSignInLink('nobody@example.org', '', NOW);
    expect(printed).toEqual([]);
    await requestSignInLink(OWNER.email, '', NOW);
    expect(printed.join()).toContain('http://127.0.0.1:3000/sign-in/confirm?token=');
  });

  it('drops a return address on another site', async () => {
    await requestSignInLink(OWNER.email, '//evil.example', NOW);
    expect((await listMail(owner, { now: NOW }))[0]?.notification).toMatchObject({ callbackUrl: '' });
  });
});

describe('the first link of a new user, without a mail server', () => {
  const viewer = owner as Extract<Staff, { role: 'owner' }>;
  const una = { id: 'una', email: 'una@example.org', name: 'Una', role: 'therapist' } as const;
  // Does what next-auth does with the form behind the link; next-auth itself would need a request of Next's.
  const spend = async (link: string | null) => {
    const { searchParams } = new URL(link ?? '');
    const [token, identifier] = [searchParams.get('token') ?? '', searchParams.get('email') ?? ''];
    const hashed = createHash('sha256').update(`${token}${process.env.AUTH_SECRET}`).digest('hex');
    const adapter = authOptions().adapter!;
    const found = await adapter.useVerificationToken?.({ identifier, token: hashed });
    if (!found || found.expires.valueOf() < NOW) return false;
    const expires = new Date(NOW + 3_600_000);
    await adapter.createSession?.({ sessionToken: `${token} spent`, userId: una.id, expires });
    return true;
  };
  beforeEach(async () => {
    vi.stubEnv('SMTP_URL', '');
    await db.write(async (tx) => {
      await tx.insert(users).values(una);
      await tx.update(therapists).set({ userId: una.id }).where(eq(therapists.id, 'jun'));
    });
  });

  it('signs in once, is printed and sent nowhere, and is not stored in readable form', async () => {
    const link = await makeFirstSignInLink(viewer, una.id);
    const token = new URL(link ?? '').searchParams.get('token') ?? '';
    const { tokens, mail } = await rows();
    const events = await (await reader()).select().from(auditEvents);
    expect(mail).toEqual([]);
    expect(JSON.stringify([tokens, events])).not.toContain(token);
    expect(events).toMatchObject([{ action: 'sign-in link shown', actor: `owner:${OWNER.id}`, subject: 'user:una' }]);
    expect(printed).toEqual([]);
    expect(await spend(link)).toBe(true);
    expect(await spend(link)).toBe(false);
  });

  it('ends the previous link', async () => {
    const first = await makeFirstSignInLink(viewer, una.id);
    const second = await makeFirstSignInLink(viewer, una.id);
    expect(await spend(first)).toBe(false);
    expect(await spend(second)).toBe(true);
  });

  it('ends when they sign in by another link, which the owner was not shown', async () => {
    const shown = await makeFirstSignInLink(viewer, una.id);
    await requestSignInLink(una.email, '', NOW);
    expect(await spend(/http\S+/.exec(printed.join())![0])).toBe(true);
    expect(await spend(shown)).toBe(false);
  });

  it('is valid for an hour', async () => {
    const link = await makeFirstSignInLink(viewer, una.id, NOW - 61 * 60_000);
    expect(await spend(link)).toBe(false);
  });

  it('is refused after a first sign-in, for the owner, for a client, for an unknown user, and where a mail server is set', async () => {
    for (const id of [OWNER.id, DEMO_CLIENT.id, 'nobody']) expect(await makeFirstSignInLink(viewer, id)).toBeNull();
    vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:9');
    expect(await makeFirstSignInLink(viewer, una.id)).toBeNull();
    vi.stubEnv('SMTP_URL', '');
    expect(await spend(await makeFirstSignInLink(viewer, una.id))).toBe(true);
    expect(await makeFirstSignInLink(viewer, una.id)).toBeNull();
  });
});

describe('a session', () => {
  const adapter = () => authOptions().adapter!;
  const expires = new Date(NOW + 3_600_000);

  it('is stored under the hash of its cookie', async () => {
    await adapter().createSession?.({ sessionToken: 'secret', userId: OWNER.id, expires });
    expect(JSON.stringify((await rows()).sessions)).not.toContain('secret');
    expect(await adapter().getSessionAndUser?.('secret')).toMatchObject({
      session: { sessionToken: 'secret', userId: OWNER.id },
      user: { id: OWNER.id },
    });
    const [stored] = (await rows()).sessions;
    expect(await adapter().getSessionAndUser?.(stored!.sessionToken)).toBeNull();
  });

  it('ends in the database on signing out, which makes a copied cookie useless', async () => {
    await signInToDemo('owner');
    const copy = jar.get(COOKIE)!;
    await signOut();
    expect(jar.has(COOKIE)).toBe(false);
    expect(await adapter().getSessionAndUser?.(copy)).toBeNull();
  });

  it('uses up its link, so only one sign-in succeeds', async () => {
    await requestSignInLink(OWNER.email, '', NOW);
    const [{ token } = { token: '' }] = (await rows()).tokens;
    const spend = () => adapter().useVerificationToken?.({ identifier: OWNER.email, token });
    expect((await Promise.all([spend(), spend(), spend()])).filter(Boolean)).toHaveLength(1);
  });

  it('ends 30 days after its sign-in, however often it is used', async () => {
    await adapter().createSession?.({ sessionToken: 'secret', userId: OWNER.id, expires });
    const { updateSession } = adapter();
    expect(await updateSession?.({ sessionToken: 'secret', expires: new Date(NOW + 90 * 86_400_000) })).toBeNull();
    const [stored] = await (await reader()).select().from(sessions);
    expect(stored?.expires).toEqual(expires);
  });

  it('is recorded in the history for staff, and ends with all their others on signing out everywhere', async () => {
    await adapter().createSession?.({ sessionToken: 'another device', userId: OWNER.id, expires });
    const actions = async () => (await (await reader()).select().from(auditEvents)).map(({ action }) => action);
    expect(await actions()).toContain('signed in');
    const viewer = await findViewerByUserId(OWNER.id);
    await endAllSessionsOfViewer(viewer!, NOW);
    expect(await (await reader()).select().from(sessions)).toEqual([]);
    expect(await actions()).toContain('signed out everywhere');
  });

  it('leaves an event in the history when it is asked for or refused, for a staff address only', async () => {
    const events = async () => {
      const found = await (await reader()).select().from(auditEvents);
      return found
        .filter(({ action }) => action.startsWith('sign-in'))
        .map(({ actor, action, subject }) => [actor, action, subject]);
    };
    for (const email of [DEMO_CLIENT.email, 'nobody@example.org']) {
      await requestSignInLink(email, '', NOW);
      await recordRefusedSignInLink(email, NOW);
    }
    expect(await events()).toEqual([]);
    await requestSignInLink(OWNER.email, '', NOW);
    for (let count = 0; count < 7; count += 1) await recordRefusedSignInLink(OWNER.email, NOW);
    const [requested, ...refused] = await events();
    expect(requested).toEqual(['reader', 'sign-in asked for', `user:${OWNER.id}`]);
    expect(refused).toEqual(Array(5).fill(['reader', 'sign-in refused', `user:${OWNER.id}`]));
  });

  it('records an event when it opens a page of another role, at most five times an hour', async () => {
    await signInToDemo('therapist');
    const { userId } = (await (await reader()).select().from(sessions))[0]!;
    for (let count = 0; count < 7; count += 1)
      await expect(requireRole('owner')).rejects.toThrow('NEXT_HTTP_ERROR_FALLBACK;404');
    expect(await requireRole('therapist')).toMatchObject({ role: 'therapist', userId });
    const events = await (await reader()).select().from(auditEvents).where(eq(auditEvents.action, 'page refused'));
    expect(events.map(({ actor, subject, facts }) => [actor, subject, facts])).toEqual(
      Array(5).fill([`therapist:${userId}`, `user:${userId}`, {}]),
    );
  });

  it('is needed for a page, and for a form, which stays on the page of its sender', async () => {
    await expect(requireRole('owner')).rejects.toThrow('NEXT_REDIRECT');
    const request = { isFormRead: true };
    await processState.request.run(request, () =>
      expect(requireRole('owner')).rejects.toMatchObject({ name: 'SignedOut', digest: 'signed_out' }),
    );
  });

  it('cannot begin for an unknown address', async () => {
    expect(() => adapter().createUser?.({ id: 'x', email: 'x@example.org', emailVerified: null })).toThrow();
    const { signIn } = authOptions().callbacks!;
    const trySignIn = (email: string) => signIn?.({ user: { id: 'x', email }, account: null });
    expect(await trySignIn('x@example.org')).toBe(false);
    expect(await trySignIn(OWNER.email)).toBe(true);
  });

  it('does not begin for an address with a NUL, which PostgreSQL cannot even look up', async () => {
    await requestSignInLink('a\u0000@x.org', '', NOW);
    const form = new FormData();
    form.set('email', 'a\u0000@x.org');
    form.set('token', 'made-up');
    const answer = await signInWithLink(form);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?problem=link']);
  });

  it('leads only to pages of this site', async () => {
    const { redirect } = authOptions().callbacks!;
    const led = (url: string) => redirect?.({ url, baseUrl: 'http://127.0.0.1:3000' });
    expect(await led('/practice/calendar')).toBe('/practice/calendar');
    expect(await led('https://evil.example')).toBe('/');
  });
});

describe('the demo’s own sign-in', () => {
  it.each(['therapist', 'owner', 'client'] as const)('lets anybody at this computer sign in as %s', async (role) => {
    expect(await canEnterDemo()).toBe(true);
    expect(await signInToDemo(role)).toBe(true);
    const found = await authOptions().adapter?.getSessionAndUser?.(jar.get(COOKIE)!);
    expect(await findViewerByUserId(found!.user.id)).toMatchObject({ role });
  });

  it('is closed as soon as others can reach the server', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.4', 'massage.example']) {
      vi.stubEnv('HOST', host);
      expect(await canEnterDemo()).toBe(false);
      expect(await signInToDemo('owner')).toBe(false);
    }
    expect(jar.size).toBe(0);
  });

  it.each([
    ['a proxy on this computer', 'x-fortnight-direct', '0'],
    ['another computer', 'x-fortnight-address', '203.0.113.7'],
    ['a public name', 'host', 'massage.example'],
  ])('is closed to visitors from %s', async (_, name, value) => {
    sent.set(name, value);
    expect(await canEnterDemo()).toBe(false);
    expect(await signInToDemo('owner')).toBe(false);
    expect(jar.size).toBe(0);
  });

  it('is closed on a site with a public address', async () => {
    vi.stubEnv('BASE_URL', 'https://massage.example');
    expect(await signInToDemo('owner')).toBe(false);
  });

  it('does not exist in a practice that is not a demo', async () => {
    await db.write(async (tx) => {
      await tx.update(practices).set({ isDemo: false });
    });
    expect(await canEnterDemo()).toBe(false);
    expect(await signInToDemo('client')).toBe(false);
    expect((await rows()).sessions).toEqual([]);
  });
});

it('identifies a therapist by their place in the team, and a client by nothing more', async () => {
  expect(await findViewerByUserId('mira')).toMatchObject({
    role: 'therapist',
    therapistId: 'mira',
    name: 'Mira Kovač',
  });
  expect(await findViewerByUserId(OWNER.id)).toMatchObject({ role: 'owner', therapistId: null });
  expect(await findViewerByUserId(DEMO_CLIENT.id)).toEqual({
    role: 'client',
    userId: DEMO_CLIENT.id,
    email: DEMO_CLIENT.email,
    name: DEMO_CLIENT.name,
  });
  expect(await findViewerByUserId('nobody')).toBeNull();
  expect(homePathOf('therapist')).toBe('/practice/calendar');
  expect(homePathOf('client')).toBe('/manage');
});
