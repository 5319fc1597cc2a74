import { randomBytes } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { NextRequest } from 'next/server';
import NextAuth, { getServerSession, type NextAuthOptions } from 'next-auth';
import EmailProvider from 'next-auth/providers/email';
import { cache } from 'react';
import { recordStaffRefusal } from '@/db/access/record-refusals';
import { buildSignInUrl } from '@/db/access/sign-in-url';
import {
  isStaff,
  isTherapistOrOwner,
  type Owner,
  type Staff,
  type TherapistOrOwner,
  type Viewer,
} from '@/db/access/viewer';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { emailAddressSchema } from '@/db/input/field-schemas';
import {
  endAllSessionsOfViewer,
  findDemoUser,
  findRoleOfEmail,
  findViewerByUserId,
  recordRefusedSignInLink,
  storeAndQueueSignInLink,
  storeFirstSignInLink,
  type ViewerRole,
} from '@/db/messages/sign-in';
import { RETENTION } from '@/db/retention';
import { errorText, log, logThrottled } from '@/log';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { baseUrl, isFromThisComputer, isHttps, safeRedirectPath } from '@/site-address';
import { createAuthAdapter, refuseNextAuthLink } from './auth-adapter';

// With auth-adapter.ts the only file that knows next-auth. Importing it opens no database.

const MINUTE = 60_000;
const LINK_LIVES = RETENTION.signInLinkMinutes * MINUTE;
/** Known or not, an address gets its answer after this long. */
const SAME_WAIT_MS = 250;

// ── who is asking ──

export const getViewer = cache(async (): Promise<Viewer> => {
  const session = await withErrorNotice((options) => getServerSession(options));
  const userId = (session as { userId?: string } | null)?.userId;
  return (userId && (await findViewerByUserId(userId))) || { role: 'reader' };
});

interface Roles {
  staff: Staff;
  practitioner: TherapistOrOwner;
  owner: Extract<Viewer, { role: 'owner' }>;
  therapist: Extract<Viewer, { role: 'therapist' }>;
  client: Extract<Viewer, { role: 'client' }>;
}

/** The viewer, when they have this role. Strangers are sent to sign in; for anyone else the page does not exist. */
export async function requireRole<R extends keyof Roles>(role: R): Promise<Roles[R]> {
  const viewer = await getViewer();
  if (viewer.role === 'reader') redirect(await signInAddress());
  if (!hasRole(viewer, role)) await refusePage(viewer);
  return viewer as Roles[R];
}

async function refusePage(viewer: Viewer): Promise<never> {
  logThrottled('warn', 'page_refused', { role: viewer.role });
  // The page is refused whether or not that can be written down.
  if (isStaff(viewer))
    await recordStaffRefusal(viewer, 'page refused', Date.now()).catch((error) => {
      if (!isDatabaseBusy(error)) throw error;
    });
  notFound();
}

function hasRole(viewer: Viewer, role: keyof Roles): boolean {
  if (role === 'staff') return isStaff(viewer);
  return role === 'practitioner' ? isTherapistOrOwner(viewer) : viewer.role === role;
}

async function signInAddress(): Promise<string> {
  const path = safeRedirectPath((await headers()).get('x-fortnight-path'), '');
  return path ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : '/sign-in';
}

/** Where each role begins. */
export function homePathOf(role: ViewerRole | null): string {
  return role !== null && role !== 'client' ? '/practice/calendar' : '/manage';
}

// ── signing in by mail ──

/**
 * Writes a sign-in link to the outbox when the address belongs to somebody here. It gives nothing back, and takes
 * as long for a stranger: who has an account is nobody's business.
 */
export async function requestSignInLink(address: unknown, callbackUrl: unknown, now = Date.now()): Promise<void> {
  const wait = new Promise((resolve) => setTimeout(resolve, SAME_WAIT_MS));
  await sendLink(address, safeRedirectPath(callbackUrl, ''), now);
  await wait;
}

async function sendLink(address: unknown, callbackUrl: string, now: number): Promise<void> {
  const email = readAddress(address);
  if (!email) return;
  const nonce = newNonce();
  const link = { email, nonce, expiresAt: now + LINK_LIVES, callbackUrl };
  const isStored = await storeAndQueueSignInLink(link, now);
  log('info', 'sign_in_asked', { known: isStored });
  if (isStored && !isMailEnabled())
    process.stdout.write(
      `No mail server is set. Sign-in link for ${email}, good for an hour:\n  ${buildSignInUrl(link, email)}\n`,
    );
}

/**
 * The first link of somebody new, for the owner to hand over where no mail server sends it: good once, and for an hour. It
 * is neither printed nor put into the outbox. Null where there is a mail server, or they have signed in before.
 */
export async function makeFirstSignInLink(viewer: Owner, userId: string, now = Date.now()): Promise<string | null> {
  if (isMailEnabled()) return null;
  const nonce = newNonce();
  const email = await storeFirstSignInLink(viewer, userId, { nonce, expiresAt: now + LINK_LIVES }, now);
  return email && buildSignInUrl({ nonce, callbackUrl: '/practice/calendar' }, email);
}

function newNonce(): string {
  return randomBytes(24).toString('base64url');
}

/** An address as it is kept, or nothing where it could be nobody's. */
function readAddress(input: unknown): string {
  return emailAddressSchema.safeParse(input).data ?? '';
}

/** Spends a sign-in link and answers with a session's cookie, or leads back to the sign-in page. */
export async function signInWithLink(form: FormData): Promise<Response> {
  const wait = new Promise((resolve) => setTimeout(resolve, SAME_WAIT_MS));
  const token = String(form.get('token') ?? '');
  const email = readAddress(form.get('email'));
  if (!email) return seeOther('/sign-in?problem=link');
  const callbackUrl = safeRedirectPath(form.get('callbackUrl'), '') || homePathOf(await findRoleOfEmail(email));
  const address = `${baseUrl()}/api/auth/callback/email?${new URLSearchParams({ token, email, callbackUrl })}`;
  const answer = await askNextAuth(new Request(address, { method: 'POST' }), ['callback', 'email']);
  const isIn = answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${sessionCookie()}=`));
  if (isIn) return answer;
  logThrottled('warn', 'sign_in_link_refused');
  await recordRefusedSignInLink(email, Date.now());
  await wait; // for somebody who works here there was more to write
  return seeOther('/sign-in?problem=link');
}

/** next-auth's own answer, for the few of its addresses that are open. */
export async function askNextAuth(request: Request, nextauth: string[]): Promise<Response> {
  return withErrorNotice((options) => NextAuth(new NextRequest(request), { params: { nextauth } }, options));
}

// ── sessions ──

/** Ends the session in the database, so that a copy of its cookie opens nothing either. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(sessionCookie())?.value;
  if (token) await createAuthAdapter().deleteSession?.(token);
  jar.set(sessionCookie(), '', { ...cookieOptions(), expires: new Date(0) });
}

/** Ends every session of whoever is signed in, on whatever device, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const viewer = await getViewer();
  if (viewer.role !== 'reader' && viewer.role !== 'link') await endAllSessionsOfViewer(viewer, Date.now());
  await signOut();
}

/** The demo's own way in: only for a demo, and only where nobody but this computer can knock. */
export async function canEnterDemo(): Promise<boolean> {
  return isFromThisComputer(await headers()) && (await findDemoUser('owner')) !== null;
}

export async function signInToDemo(role: ViewerRole): Promise<boolean> {
  const user = isFromThisComputer(await headers()) ? await findDemoUser(role) : null;
  if (!user) return false;
  await beginSession(user.id);
  return true;
}

/** Signs in whoever has just made the practice. That they run this server, the code of the set-up has proven. */
export async function signInAsNewOwner({ ownerId }: { ok: true; ownerId: string }): Promise<void> {
  await beginSession(ownerId);
}

async function beginSession(userId: string): Promise<void> {
  const expires = new Date(Date.now() + RETENTION.sessionDays * 24 * 60 * MINUTE);
  const sessionToken = newSessionToken();
  await createAuthAdapter().createSession?.({ sessionToken, userId, expires });
  const jar = await cookies();
  jar.set(sessionCookie(), sessionToken, { ...cookieOptions(), expires });
}

function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

function sessionCookie(): string {
  return `${isHttps() ? '__Secure-' : ''}next-auth.session-token`;
}

// As next-auth sets its own. A browser drops a "__Secure-" cookie, also an empty one, that is not `secure`.
function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isHttps() };
}

export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'private, no-store' } });
}

// ── next-auth ──

export function authOptions(): NextAuthOptions {
  // next-auth reads its own address from here, and would otherwise believe the request's Host.
  process.env.NEXTAUTH_URL = baseUrl();
  return {
    secret: secret(),
    adapter: createAuthAdapter(),
    session: {
      strategy: 'database',
      maxAge: RETENTION.sessionDays * 24 * 60 * 60,
      generateSessionToken: newSessionToken,
    },
    useSecureCookies: isHttps(),
    providers: [EmailProvider({ maxAge: LINK_LIVES / 1000, sendVerificationRequest: refuseNextAuthLink })],
    pages: { signIn: '/sign-in', signOut: '/sign-in', verifyRequest: '/sign-in/sent', error: '/sign-in' },
    // Its own logger would print a failed query with the address that was asked for.
    logger: {
      error: (code, about) => log('error', 'sign_in_failed', { code, error: errorText(reasonIn(about)) }),
      warn: (code) => log('warn', 'sign_in_warned', { code }),
      debug: () => {},
    },
    callbacks: {
      signIn: async ({ user }) => (await findRoleOfEmail(user.email ?? '')) !== null,
      redirect: async ({ url }) => safeRedirectPath(url),
      session: async ({ session, user }) => ({ ...session, userId: user.id }),
    },
  };
}

/** next-auth takes a database that is away for nobody being there. Whoever is signed in should not hear that. */
async function withErrorNotice<T>(call: (options: NextAuthOptions) => Promise<T>): Promise<T> {
  let busy: unknown;
  const notice = (error: unknown) => {
    if (isDatabaseBusy(error)) busy ??= error;
    throw error;
  };
  const noticing = Object.entries(createAuthAdapter()).map(([name, method]) => {
    return [name, async (...args: unknown[]) => Promise.resolve(method(...args)).catch(notice)];
  });
  const answer = await call({ ...authOptions(), adapter: Object.fromEntries(noticing) });
  if (busy) throw busy;
  return answer;
}

function reasonIn(about: unknown): unknown {
  return about instanceof Error ? about : ((about as { error?: unknown } | null)?.error ?? 'nothing more is known');
}

function secret(): string {
  const configured = process.env.AUTH_SECRET;
  if (!configured) throw new Error('AUTH_SECRET is not set: nobody can sign in without it.');
  return configured;
}
