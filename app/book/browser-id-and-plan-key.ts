import { createHash, randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import type { NextRequest, NextResponse } from 'next/server';
import { isHttps } from '@/site-address';

// A plan is held, booked and retried under a key. Whoever makes a link chooses what its address contains, so the
// address alone never gives the key: the browser's own cookie is part of it, and each browser has another key.

// With this prefix a browser accepts the cookie from this exact host only. Without it, a page of a sibling host could
// set the cookie for this one.
const cookieName = () => `${isHttps() ? '__Host-' : ''}fortnight-plans`;
const DAY_SECONDS = 86_400; // as long as an idempotency key
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of this browser; null before its first plan. */
export async function getBrowserId(): Promise<string | null> {
  const received = (await cookies()).get(cookieName())?.value ?? '';
  return UUID.test(received) ? received : null;
}

/**
 * The id of this browser, with its cookie extended by a day. Call it only where the response can still set a cookie.
 */
export async function extendBrowserIdCookie(): Promise<string> {
  const browser = (await getBrowserId()) ?? randomUUID();
  (await cookies()).set(cookieName(), browser, options());
  return browser;
}

/**
 * Sets the browser's cookie together with the page whose form it will send, because the response to that form may be
 * lost, and a cookie in it too. The page must not be cached: a cache would give the cookie to other browsers.
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
