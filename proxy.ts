import { type NextRequest, NextResponse } from 'next/server';
import { findAttendanceDate } from '@/db/messages/confirm-attendance';
import { setBrowserId } from './app/book/browser-id-and-plan-key';
import { classifyPageVisit } from './classify-page-visit';
import { findAllPlansLink } from './db/access/all-plans-links';
import {
  readConfirmToken,
  readHandOverToken,
  readOfferToken,
  readQuestionAnswerToken,
  readWaitlistToken,
} from './db/access/emailed-link-tokens';
import { findManageLink, findManageLinkViewer } from './db/access/manage-tokens';
import { mayChangeAppointment } from './db/appointments/editable-appointment';
import { isDatabaseBusy } from './db/connection/database-busy';
import { listEmbedOrigins } from './db/practice/embed-origins';
import { listQuestionPages } from './db/questions/question-pages';
import { findAnswerPage } from './db/questions/reader-questions';
import { logThrottled } from './log';
import { processState } from './process-state';
import { listQuestionSlugs } from './questions/list-question-slugs';
import { baseUrl, isHttps, ownOrigins } from './site-address';

// Runs before every page. It does not authenticate anybody: each page, action and query does that for itself. It only
// spares strangers a page that they may not see, and refuses what another site made a browser send.

export const config = {
  matcher:
    '/((?!api/v1/|texts/incoming$|_next/static/|_next/image/|(?:favicon\\.ico|icon\\.svg|icon-(?:192|512)\\.png|apple-touch-icon\\.png|manifest\\.webmanifest)$).*)',
};

const FRAMED = '/embed/times';
/** Before the practice is set up nobody can sign in: this page asks for a code of its own. */
const SETUP = '/practice/setup';
const READS = ['GET', 'HEAD', 'OPTIONS'];

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  if (pathname === FRAMED) return framed(request);
  if (!READS.includes(request.method)) {
    if (!isFromThisSite(request.headers)) return refused(request);
    return isCachedPage(pathname, NextResponse.next({ request: { headers: withPlainOrigin(request) } }));
  }
  if (isUnder(pathname, '/practice') && pathname !== SETUP && !request.cookies.has(sessionCookie()))
    return toSignIn(request);
  if (await isEndedLink(pathname).catch(leftToPage)) {
    return isCachedPage(pathname, NextResponse.rewrite(new URL('/manage/ended', request.url), { status: 410 }));
  }
  if (await isHiddenQuestion(pathname).catch(leftToPage))
    // A page sent with 404 would be replaced by Next's own page.
    return NextResponse.rewrite(new URL('/questions/not-shown', request.url), { status: 410 });
  if (await isEndedAnswerLink(pathname).catch(leftToPage))
    return isCachedPage(
      pathname,
      NextResponse.rewrite(new URL('/questions/answer-ended', request.url), { status: 410 }),
    );
  const isBrokenLink = await isUnknownLink(request.nextUrl).catch(leftToPage);
  if (isBrokenLink) logThrottled('warn', 'link_unknown');
  if (isUnknownQuestion(pathname) || isBrokenLink) {
    return isCachedPage(pathname, NextResponse.rewrite(new URL('/_not-found', request.url), { status: 404 }));
  }
  const counted = classifyPageVisit(request);
  if (counted) processState.visitCounter?.add(counted.slug, counted.kind);
  return isCachedPage(pathname, setBrowserId(request, NextResponse.next({ request: { headers: withPath(request) } })));
}

/**
 * The policy of the one page that other sites may show in a frame, and only the sites that the owner listed. It is set
 * here and not with the other policies (server/security-headers.ts), because those are made before Next without a
 * database. It is the same policy with the same nonce, except for the line on frames; without listed sites no site may.
 */
async function framed(request: NextRequest): Promise<NextResponse> {
  if (!READS.includes(request.method)) return refused(request);
  const origins = await listEmbedOrigins().catch((error) => (isDatabaseBusy(error) ? [] : Promise.reject(error)));
  const line = `frame-ancestors ${origins.join(' ') || "'none'"}`;
  const policy = request.headers.get('content-security-policy') ?? "frame-ancestors 'none'";
  const response = NextResponse.next({ request: { headers: withPath(request) } });
  response.headers.set('Content-Security-Policy', policy.replace(/frame-ancestors [^;]*/, line));
  return response;
}

/**
 * Whether a page of this site sent the request. Browsers say so in Sec-Fetch-Site. On plain http they leave it out,
 * except on this computer; then Origin must be ours.
 */
export function isFromThisSite(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin') return true;
  if (site === 'cross-site' || site === 'same-site') return false;
  const origin = headers.get('origin');
  return origin !== null && ownOrigins().includes(origin);
}

// A page that sends no referrer posts with "Origin: null", and a reverse proxy may have changed Host. Next compares the
// two for every action and ignores Sec-Fetch-Site; our stricter check has already passed.
function withPlainOrigin(request: NextRequest): Headers {
  const headers = withOwnCookies(request);
  headers.delete('x-forwarded-host');
  headers.set('origin', `${isHttps() ? 'https' : 'http'}://${headers.get('host')}`);
  return headers;
}

// A page does not know its own address. It needs it to return here after a new sign-in, because a session may have
// ended.
function withPath(request: NextRequest): Headers {
  const headers = withOwnCookies(request);
  headers.set('x-fortnight-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return headers;
}

// next-auth also stores the destination of a sign-in in a cookie. Nothing here uses that cookie, and next-auth fails on
// a strange value in it, which another program on this computer may have set: every page that checks the session would
// fail.
function withOwnCookies(request: NextRequest): Headers {
  const headers = new Headers(request.headers);
  const cookies = headers.get('cookie')?.split(/;\s*/) ?? [];
  const keptCookies = cookies.filter((pair) => !/^(__Secure-)?next-auth\.callback-url=/.test(pair));
  if (keptCookies.length === cookies.length) return headers;
  if (keptCookies.length > 0) headers.set('cookie', keptCookies.join('; '));
  else headers.delete('cookie');
  return headers;
}

function toSignIn(request: NextRequest): NextResponse {
  const origin = `${isHttps() ? 'https' : 'http'}://${request.headers.get('host')}`;
  const address = new URL('/sign-in', ownOrigins().includes(origin) ? origin : baseUrl());
  address.searchParams.set('callbackUrl', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.redirect(address, 307);
}

// A page for a made-up name would be rendered by script alone and cached without end.
function isUnknownQuestion(pathname: string): boolean {
  const slug = /^\/questions\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (!slug || ownPages.includes(slug)) return false;
  return !listQuestionSlugs().includes(slug);
}

// An old link to a page that the practice hides: its reader should learn that, and where to go on.
async function isHiddenQuestion(pathname: string): Promise<boolean> {
  const slug = /^\/questions\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (!slug) return false;
  return (await listQuestionPages()).some((page) => page.slug === slug && page.isHidden);
}

// The link in an e-mail to whoever asked, after the answer was withdrawn or deleted.
async function isEndedAnswerLink(pathname: string): Promise<boolean> {
  const id = /^\/questions\/answered\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (id === undefined) return false;
  const slug = await findAnswerPage(id);
  return slug === null || !listQuestionSlugs().includes(slug);
}

// While the database is away, the page itself says so, as every other page does.
function leftToPage(error: unknown): false {
  if (isDatabaseBusy(error)) return false;
  throw error;
}

// Next renders a page's own 404 by script alone. Without script, too, a broken link must say that it is broken.
async function isUnknownLink({ pathname, searchParams }: URL): Promise<boolean> {
  const answer = /^\/questions\/answer\/([^/]+)/.exec(pathname)?.[1];
  if (answer !== undefined) return readQuestionAnswerToken(answer) === null;
  const [, token, page] = /^\/manage\/([^/]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
  if (token === undefined || token === 'ended') return false;
  if (token === 'mine') return (await findAllPlansLink(page ?? '', Date.now())) === null;
  if (token === 'confirm') return readConfirmToken(page ?? '') === null;
  if (token === 'coming') return (await findAttendanceDate(page ?? '', { now: Date.now() })) === null;
  if (token === 'waiting') return readWaitlistToken(page ?? '') === null;
  if (token === 'offer') return readOfferToken(page ?? '') === null;
  if (token === 'hand-over') return readHandOverToken(page ?? '') === null;
  const viewer = await findManageLinkViewer(token);
  if (viewer === null) return true;
  return (page === 'cancel' || page === 'move') && !(await mayChangeAppointment(viewer, searchParams.get('uid') ?? ''));
}

// A link that has expired: its reader should learn what became of it, and what to do.
async function isEndedLink(pathname: string): Promise<boolean> {
  const [, token, named] = /^\/manage\/([^/]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
  if (token === 'mine') return (await findAllPlansLink(named ?? '', Date.now()))?.state === 'ended';
  return token !== undefined && (await findManageLink(token, Date.now()))?.state === 'ended';
}

const ownPages = ['not-shown', 'answer-ended', 'how-we-grade', 'who-writes-this', 'ask', 'report', 'feed.xml'];

/** Pages with a secret in their address, or with personal data, stay out of caches, indexes and referrers. */
function isCachedPage(pathname: string, response: NextResponse): NextResponse {
  const policy = privatePages.find(({ pages }) => pages.test(pathname))?.referrer;
  if (!policy) return response;
  response.headers.set('Referrer-Policy', policy);
  response.headers.set('X-Robots-Tag', 'noindex, nofollow');
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}

// Pages with a form do not use "no-referrer": on plain http under a host name, a browser has only Origin to say where a
// form was sent from, and "no-referrer" would make that "null". Other sites learn no more than this site's own address.
const privatePages = [
  {
    pages:
      /^\/manage(\/[^/]+\/(cancel|move|extend|sooner|message)|\/(confirm|coming|waiting|offer|hand-over)\/[^/]+)?\/?$/,
    referrer: 'same-origin',
  },
  { pages: /^\/questions\/answer\//, referrer: 'no-referrer' },
  { pages: /^\/manage\//, referrer: 'no-referrer' },
  { pages: /^\/(sign-in|api\/auth)(\/|$)/, referrer: 'strict-origin' },
  { pages: /^\/practice(\/|$)/, referrer: 'same-origin' },
];

function isUnder(pathname: string, folder: string): boolean {
  return pathname === folder || pathname.startsWith(`${folder}/`);
}

function sessionCookie(): string {
  return `${isHttps() ? '__Secure-' : ''}next-auth.session-token`;
}

function refused(request: NextRequest): NextResponse {
  logThrottled('warn', 'cross_site_refused');
  // Our own script expects one word as the answer (components/action-form.tsx), and recognizes it by this content type.
  const isForm = request.headers.has('next-action');
  const words = isForm
    ? 'cross_site'
    : `This was not sent from a page of this site, so nothing was changed.\nOpen ${baseUrl()} and try again there.\n`;
  return new NextResponse(words, {
    status: 403,
    headers: { 'Content-Type': isForm ? 'text/plain' : 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
