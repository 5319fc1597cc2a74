import type { z } from 'zod';
import { getClientIp } from '@/app/client-ip';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import type { Viewer } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { toIssues } from '@/db/input/field-schemas';
import { checkRateLimitWithoutCounting, consumeRateLimit } from '@/db/operations/rate-limits';
import { logThrottled } from '@/log';
import { ownOrigins } from '@/site-address';
import { formatSeriesAnswer } from './format-answers';
import {
  invalidResponse,
  jsonResponse,
  notFoundResponse,
  problemResponse,
  rateLimitedResponse,
} from './problem-responses';

const LARGEST_BODY = 1_000_000;
const NUMBERS = ['minutes', 'besideMinutes', 'days', 'sessions', 'people', 'limit'];

export type ReadBodyResult<T> = { ok: true; value: T } | { ok: false; reply: Response };

const refused = (reply: Response) => ({ ok: false, reply }) as const;

/** The query of an address. A name that is given twice becomes a list, and is refused. */
export function readQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): ReadBodyResult<z.output<Schema>> {
  const found: [string, unknown][] = [];
  const params = new URL(request.url).searchParams;
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    const isNumber = NUMBERS.includes(name) && /^-?\d+$/.test(values[0]!);
    found.push([name, values.length > 1 ? values : isNumber ? Number(values[0]) : values[0]]);
  }
  return checked(schema, Object.fromEntries(found));
}

/** The JSON body of a request. */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<ReadBodyResult<z.output<Schema>>> {
  if (isFromAnotherSite(request.headers)) {
    logThrottled('warn', 'cross_site_refused');
    return refused(
      problemResponse('cross_site', 'Pages of other sites may not call this. A server sends no Origin header.'),
    );
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    return refused(problemResponse('unsupported_media_type', 'Send the body as application/json.'));
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers.get('content-type') ?? '') ?? [];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return refused(problemResponse('unsupported_media_type', 'JSON is read as UTF-8 only.'));
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    return refused(problemResponse('unsupported_media_type', 'Send the body as it is, not compressed.'));
  const text = await textOf(request).catch(() => undefined);
  if (text === undefined) return refused(invalidResponse([{ path: [], message: 'The body did not come whole.' }], 400));
  if (text === null) return refused(problemResponse('too_large', `Send at most ${LARGEST_BODY} bytes.`));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refused(invalidResponse([{ path: [], message: 'This is not JSON.' }], 400));
  }
  return checked(schema, body);
}

function checked<Schema extends z.ZodType>(schema: Schema, found: unknown): ReadBodyResult<z.output<Schema>> {
  const result = schema.safeParse(found);
  return result.success ? { ok: true, value: result.data } : refused(invalidResponse(toIssues(result.error)));
}

// The API reads no cookie, so a page of another site could do nothing here that its owner could not do. It is refused
// all the same, because it would use up the rate limits of its visitors' addresses.
function isFromAnotherSite(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') return true;
  const origin = headers.get('origin');
  return origin !== null && site !== 'same-origin' && !ownOrigins().includes(origin);
}

async function textOf(request: Request): Promise<string | null> {
  const announced = request.headers.get('content-length');
  if (Number(announced) > LARGEST_BODY) return null;
  if (announced !== null || request.body === null) {
    const text = await request.text();
    return text.length > LARGEST_BODY ? null : text;
  }
  const decoder = new TextDecoder();
  const reader = request.body.getReader();
  let text = '';
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > LARGEST_BODY) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The viewer that the manage token in the Authorization header stands for. */
export async function readLinkViewer(request: Request): Promise<ReadBodyResult<Viewer & { role: 'link' }>> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!token) {
    const headers = { 'WWW-Authenticate': 'Bearer' };
    return refused(
      problemResponse('unauthenticated', 'Send "Authorization: Bearer" and the manage token.', { headers }),
    );
  }
  const address = getClientIp(request.headers);
  const allowance = await checkRateLimitWithoutCounting('misses', address);
  if (!allowance.ok) return refused(rateLimitedResponse(allowance.retryAfterSeconds));
  const viewer = await findManageLinkViewer(token);
  if (viewer) return { ok: true, value: viewer };
  await consumeRateLimit('misses', address);
  logThrottled('warn', 'link_unknown');
  return refused(notFoundResponse());
}

/** Answers with the current series, for those who may see it. */
export async function replyWithSeries(viewer: Viewer, uid: string): Promise<Response> {
  const view = await getSeries(viewer, uid);
  return view ? jsonResponse(formatSeriesAnswer(view)) : notFoundResponse();
}
