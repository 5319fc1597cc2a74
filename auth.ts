import { randomBytes } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { NextRequest } from 'next/server';
import NextAuth, { getServerSession, type NextAuthOptions } from 'next-auth';
import EmailProvider from 'next-auth/providers/email';
import { cache } from 'react';
import { recordStaffRefusal } from '@/db/access/record-refusals';
import {
  isStaff,
  isTherapistOrOwner,
  type SignedInRole,
  type Staff,
  type TherapistOrOwner,
  type Viewer,
} from '@/db/access/viewer';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import {
  endAllSessionsOfViewer,
  findDemoUser,
  findRoleOfEmail,
  findViewerByUserId,
  recordRefusedSignInLink,
} from '@/db/messages/sign-in';
import { RETENTION } from '@/db/retention';
import { errorText, log, logThrottled } from '@/log';
import { processState } from '@/process-state';
import { baseUrl, isFromThisComputer, isHttps, safeRedirectPath } from '@/site-address';
import { createAuthAdapter, refuseNextAuthLink } from './auth-adapter';
import { readSignInAddress, waitSameTime } from './sign-in-links';

// Only this file and auth-adapter.ts know next-auth. Importing it opens no database.

const MINUTE = 60_000;

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

/** A form was sent after its sender's session had ended. Nothing was changed. Answered with 401 (instrumentation.ts). */
class SignedOut extends Error {
  override name = 'SignedOut';
  /** Next passes this on to the browser, where components/action-form.tsx says what to do. */
  digest = 'signed_out';
}

/**
 * The viewer, when they have this role. For other roles the page answers 404. Strangers are sent to sign in, but not in
 * answer to a form: that would remove what they entered.
 */
export async function requireRole<R extends keyof Roles>(role: R): Promise<Roles[R]> {
  const viewer = await getViewer();
  if (viewer.role === 'reader') {
    if (processState.request.getStore()?.isFormRead) throw new SignedOut('A form was sent without a session.');
    redirect(await signInAddress());
  }
  if (!hasRole(viewer, role)) await refusePage(viewer);
  return viewer as Roles[R];
}

async function refusePage(viewer: Viewer): Promise<never> {
  logThrottled('warn', 'page_refused', { role: viewer.role });
  // The page is refused even if the event cannot be recorded.
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

/** The first page of each role. */
export function homePathOf(role: SignedInRole | null): string {
  return role !== null && role !== 'client' ? '/practice/calendar' : '/manage';
}

// ── signing in by mail ──

/** Uses up a sign-in link and answers with a session cookie, or redirects to the sign-in page. */
export async function signInWithLink(form: FormData): Promise<Response> {
  const wait = waitSameTime();
  const token = String(form.get('token') ?? '');
  const email = readSignInAddress(form.get('email'));
  if (!email) return seeOther('/sign-in?problem=link');
  const callbackUrl = safeRedirectPath(form.get('callbackUrl'), '') || homePathOf(await findRoleOfEmail(email));
  const address = `${baseUrl()}/api/auth/callback/email?${new URLSearchParams({ token, email, callbackUrl })}`;
  const answer = await askNextAuth(new Request(address, { method: 'POST' }), ['callback', 'email']);
  const isIn = answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${sessionCookie()}=`));
  if (isIn) return answer;
  logThrottled('warn', 'sign_in_link_refused');
  await recordRefusedSignInLink(email, Date.now());
  await wait; // writing a link for staff takes longer
  return seeOther('/sign-in?problem=link');
}

/** Passes a request to next-auth, for the few of its routes that are open. */
export async function askNextAuth(request: Request, nextauth: string[]): Promise<Response> {
  return withErrorNotice((options) => NextAuth(new NextRequest(request), { params: { nextauth } }, options));
}

// ── sessions ──

/** Ends the session in the database, which makes a copy of its cookie useless too. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(sessionCookie())?.value;
  if (token) await createAuthAdapter().deleteSession?.(token);
  jar.set(sessionCookie(), '', { ...cookieOptions(), expires: new Date(0) });
}

/** Ends every session of the signed-in user, on every device, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const viewer = await getViewer();
  if (viewer.role !== 'reader' && viewer.role !== 'link') await endAllSessionsOfViewer(viewer, Date.now());
  await signOut();
}

/** Whether the demo's own sign-in is open: only in a demo, and only where no other computer can reach the server. */
export async function canEnterDemo(): Promise<boolean> {
  return isFromThisComputer(await headers()) && (await findDemoUser('owner')) !== null;
}

export async function signInToDemo(role: SignedInRole): Promise<boolean> {
  const user = isFromThisComputer(await headers()) ? await findDemoUser(role) : null;
  if (!user) return false;
  await beginSession(user.id);
  return true;
}

/** Signs in the owner of a practice that was just set up: the setup code proved that they run this server. */
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

// The same options as next-auth's own cookie. A browser drops a "__Secure-" cookie, even an empty one, that is not
// `secure`.
function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isHttps() };
}

export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'private, no-store' } });
}

// ── next-auth ──

export function authOptions(): NextAuthOptions {
  // next-auth reads its own address from this variable, and would otherwise trust the request's Host.
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
    providers: [
      EmailProvider({ maxAge: RETENTION.signInLinkMinutes * 60, sendVerificationRequest: refuseNextAuthLink }),
    ],
    pages: { signIn: '/sign-in', signOut: '/sign-in', verifyRequest: '/sign-in/sent', error: '/sign-in' },
    // next-auth's own logger would print a failed query with the e-mail address in it.
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

/**
 * If the database is away, next-auth answers that nobody is signed in. This turns that into an error, for the sake of
 * people who are signed in.
 */
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
