import { getClientIp } from '@/app/client-ip';
import { findAttendanceTokenByCode } from '@/db/messages/text-links';
import { checkRateLimitWithoutCounting, consumeRateLimit } from '@/db/operations/rate-limits';
import { logThrottled } from '@/log';
import { baseUrl } from '@/site-address';

/** The short link of a text message: redirects to the page on which the client confirms that they come. */
export async function GET(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  const sender = getClientIp(request.headers);
  const allowance = await checkRateLimitWithoutCounting('misses', sender);
  if (!allowance.ok) return textResponse(429, 'Too many links that open nothing were tried from here. Wait a minute.');
  const { code } = await params;
  const token = await findAttendanceTokenByCode(code);
  if (token === null) {
    await consumeRateLimit('misses', sender);
    logThrottled('warn', 'link_unknown');
    return textResponse(
      404,
      'This link opens nothing, or not any more. Your e-mails have another, or ask the practice.',
    );
  }
  return new Response(null, {
    status: 307,
    headers: { ...PRIVATE, Location: `${baseUrl()}/manage/coming/${token}?text=${code}` },
  });
}

const PRIVATE = {
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
};

function textResponse(status: number, words: string): Response {
  return new Response(`${words}\n`, { status, headers: { ...PRIVATE, 'Content-Type': 'text/plain; charset=utf-8' } });
}
