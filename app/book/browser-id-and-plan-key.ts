import { createHash, randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import type { NextRequest, NextResponse } from 'next/server';
import { isHttps } from '@/site-address';

// A plan is held, booked and asked for again under a key. What stands in an address can be chosen by whoever made the
// link, so it is never that key: the browser's own cookie is part of it, and another browser has another key.

// With this prefix a browser takes it from this very host alone: a page of a sister host could set a plain one for all.
const cookieName = () => `${isHttps() ? '__Host-' : ''}fortnight-plans`;
const DAY_SECONDS = 86_400; // as long as an idempotency key
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which browser this is; null before its first plan. */
export async function getBrowserId(): Promise<string | null> {
  const received = (await cookies()).get(cookieName())?.value ?? '';
  return UUID.test(received) ? received : null;
}

/** The same, with a cookie that keeps it for another day. Only where an answer can still set one. */
export async function extendBrowserIdCookie(): Promise<string> {
  const browser = (await getBrowserId()) ?? randomUUID();
  (await cookies()).set(cookieName(), browser, options());
  return browser;
}

/**
 * Gives a browser its cookie with the page whose form it will send: an answer to that form may be lost, and the cookie
 * with it. No cache may give the page, and so the cookie, to anybody else.
 */
export function setBrowserId({ nextUrl, cookies: received }: NextRequest, response: NextResponse): NextResponse {
  const requested = nextUrl.searchParams;
  const isStep = (name: string) => requested.get('step') === name || requested.has(name);
  const hasForm = nextUrl.pathname === '/book' && (isStep('dates') || isStep('you'));
  if (!hasForm || UUID.test(received.get(cookieName())?.value ?? '')) return response;
  response.cookies.set(cookieName(), randomUUID(), options());
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

function options() {
  return {
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: isHttps(),
    path: isHttps() ? '/' : '/book',
    maxAge: DAY_SECONDS,
  };
}

/** The key of the plan that an address names, for one browser. */
export function makePlanKey(named: string, browser: string): string {
  return createHash('sha256').update(`${browser}\n${named}`).digest('hex');
}
