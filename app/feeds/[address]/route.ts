import { getClientIp } from '@/app/client-ip';
import { getFeedContents } from '@/db/calendars/feed-contents';
import { checkRateLimitWithoutCounting, consumeRateLimit } from '@/db/operations/rate-limits';
import { logThrottled } from '@/log';
import { formatCalendarFeed } from '@/mail/calendar-feed';

/** The dates of one person for the calendar apps that subscribe to them. Whoever has the address may read them. */
export async function GET(request: Request, { params }: { params: Promise<{ address: string }> }): Promise<Response> {
  const sender = getClientIp(request.headers);
  const allowance = await checkRateLimitWithoutCounting('misses', sender);
  if (!allowance.ok)
    return textResponse(429, 'Too many addresses that open nothing were tried from here.', {
      'Retry-After': String(allowance.retryAfterSeconds),
    });
  const now = Date.now();
  const token = /^([\w-]{43})\.ics$/.exec((await params).address)?.[1];
  const feed = token === undefined ? null : await getFeedContents(token, readTags(request.headers), { now });
  if (!feed) {
    await consumeRateLimit('misses', sender);
    logThrottled('warn', 'link_unknown');
    return textResponse(404, 'This calendar address opens nothing, or not any more.');
  }
  const headers = {
    ...PRIVATE,
    // The tag is made of the dates, not of the bytes, because the bytes also contain when they were written.
    ETag: `W/"${feed.tag}"`,
    'Last-Modified': new Date(feed.since).toUTCString(),
  };
  if (!feed.dates) return new Response(null, { status: 304, headers });
  return new Response(formatCalendarFeed(feed, feed.since), {
    headers: {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'inline; filename="dates.ics"',
    },
  });
}

/** Only the client itself may cache it, and must revalidate it each time. */
const PRIVATE = {
  'Cache-Control': 'private, no-cache',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
};

function readTags(headers: Headers): string[] {
  const received = headers.get('if-none-match') ?? '';
  return [...received.slice(0, 2_000).matchAll(/"([\w-]+)"/g)].map(([, tag]) => tag!);
}

function textResponse(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { ...PRIVATE, ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
