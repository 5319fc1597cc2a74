import { getClientIp } from '@/app/client-ip';
import { countApiRefusal } from '@/counters';
import type { ClashWithAlternatives } from '@/db/availability/find-conflict-alternatives';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit, type RateLimitName } from '@/db/operations/rate-limits';
import { getPractice } from '@/db/practice/practice';
import type { Invalid } from '@/db/results';
import { errorText, log } from '@/log';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { toIsoWithOffset } from '@/scheduling/zone-conversion';
import { getRequestCost } from '@/server/request-cost';
import { baseUrl } from '@/site-address';
import { formatClashesAnswer } from './format-answers';

/** Every reason for which a call can be refused, by its stable code. */
export const PROBLEMS = {
  invalid: { status: 422, title: 'What was sent cannot be granted' },
  unauthenticated: { status: 401, title: 'A manage token is needed' },
  cross_site: { status: 403, title: 'Sent from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Not a way to call this' },
  taken: { status: 409, title: 'Not free' },
  cutoff: { status: 409, title: 'Too late to change online' },
  conflict: { status: 409, title: 'Changed in the meantime' },
  held_back: { status: 409, title: 'Talk to the practice first' },
  unconfirmed: { status: 409, title: 'The e-mail address is not confirmed' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Send JSON' },
  idempotency_mismatch: { status: 422, title: 'This key was used for something else' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  busy: { status: 503, title: 'Busy' },
  not_set_up: { status: 503, title: 'This practice is not set up yet' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function jsonResponse(body: unknown, status = 200, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  });
}

interface ProblemDetails {
  /** A status other than the usual one of the code. */
  status?: number;
  headers?: Record<string, string>;
  /** Members besides the standard ones: issues, clashes, alternatives. */
  facts?: Record<string, unknown>;
}

/** A refusal in the format of RFC 9457. `type` is the address of the code's description. */
export function problemResponse(
  code: ProblemCode,
  detail: string,
  { status, headers, facts }: ProblemDetails = {},
): Response {
  countApiRefusal(code);
  const type = `${baseUrl()}/api/v1/openapi.json#/components/schemas/${code}`;
  const body = { type, title: PROBLEMS[code].title, status: status ?? PROBLEMS[code].status, detail, code, ...facts };
  return jsonResponse(body, body.status, { 'Content-Type': 'application/problem+json', ...headers });
}

export function invalidResponse(issues: Invalid['issues'], status?: number): Response {
  const first = issues[0];
  const detail = first ? `${first.path.length ? `${first.path.join('.')}: ` : ''}${first.message}` : 'Look at issues.';
  return problemResponse('invalid', detail, { status, facts: { issues } });
}

export function notFoundResponse(): Response {
  return problemResponse('not_found', 'Nothing is here, or it is not yours.');
}

type Refusal =
  | Invalid
  | { ok: false; reason: 'taken'; clashes: ClashWithAlternatives[] }
  | {
      ok: false;
      reason: 'cutoff' | 'moves_used' | 'conflict' | 'held_back' | 'not_found' | 'idempotency_mismatch' | 'unconfirmed';
    };

/** Turns a refusal of the database layer into an HTTP response. */
export async function refusalResponse(refusal: Refusal): Promise<Response> {
  switch (refusal.reason) {
    case 'invalid':
      return invalidResponse(asCalled(refusal.issues));
    case 'taken': {
      const { timeZone } = await getPractice();
      const first = refusal.clashes[0];
      const when = first ? toIsoWithOffset(timeZone, first.startsAt) : 'One of these times';
      const others = refusal.clashes.length - 1;
      const detail = `${when} is not free${others > 0 ? `, nor are ${others} more` : ''}. Nothing was booked or changed.`;
      return problemResponse('taken', detail, { facts: formatClashesAnswer(refusal.clashes, timeZone) });
    }
    case 'cutoff': {
      const reach = formatHowToContact(await getPractice());
      return problemResponse('cutoff', `It is too late to change this online. Please ${reach}.`);
    }
    case 'moves_used': {
      const reach = formatHowToContact(await getPractice());
      return problemResponse('cutoff', `One of these dates was moved online as often as it may be. Please ${reach}.`);
    }
    case 'conflict':
      return problemResponse('conflict', 'This appointment was changed in the meantime. Look at it again.');
    case 'held_back': {
      const reach = formatHowToContact(await getPractice());
      return problemResponse('held_back', `This cannot be changed online. Please ${reach}.`);
    }
    case 'unconfirmed':
      return problemResponse(
        'unconfirmed',
        'Too much of that week is held by addresses nobody has confirmed. Press the link in the e-mail first.',
      );
    case 'idempotency_mismatch':
      return problemResponse(
        'idempotency_mismatch',
        'This Idempotency-Key came with another body before. Use a new key.',
      );
    case 'not_found':
      return notFoundResponse();
  }
}

const NAMES: Record<string, string> = {
  serviceId: 'service',
  therapistId: 'therapist',
  therapistIds: 'therapists',
  questionSlug: 'question',
};

/** Renames the fields of the database layer to those of the API. Here one massage stands for all sessions. */
function asCalled(issues: Invalid['issues']): Invalid['issues'] {
  const publicIssues = issues.map(({ path: [first, ...rest], message }) => {
    if (first === undefined) return { path: [], message };
    if (first === 'serviceIds') return { path: [rest.length ? 'service' : 'sessions'], message };
    if (first === 'beside' && rest[0] === 'serviceIds') return { path: [first, 'service'], message };
    return { path: [first, ...rest].map((part) => NAMES[part] ?? part), message };
  });
  return [...new Map(publicIssues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

type Handler<Context> = (request: Request, context: Context) => Promise<Response>;

/** Wraps every handler: counts the call against its rate limit, and turns a thrown error into a response. */
export function withRateLimitAndProblems<Context>(limit: RateLimitName, handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      const { pathname, search } = new URL(request.url);
      const cost = limit === 'reads' ? getRequestCost({ method: request.method, url: pathname + search }) : 1;
      const allowance = await consumeRateLimit(limit, getClientIp(request.headers), cost);
      return allowance.ok ? await handler(request, context) : rateLimitedResponse(allowance.retryAfterSeconds);
    } catch (error) {
      if (isDatabaseBusy(error)) return busyResponse(error);
      logFailure(request, error);
      return problemResponse('internal', 'This was our mistake. Nothing was booked or changed.');
    }
  };
}

export function rateLimitedResponse(seconds: number): Response {
  return problemResponse('rate_limited', `Too many requests from your address. Try again in ${seconds} s.`, {
    headers: { 'Retry-After': String(seconds) },
  });
}

const LOG_AGAIN_MS = 10_000;
let busyLoggedAt = 0;

/**
 * A full disk or a lock held by another process concerns the operator, so it is logged, but not once for each request
 * that meets it.
 */
export function busyResponse(error: unknown): Response {
  if (Math.abs(Date.now() - busyLoggedAt) > LOG_AGAIN_MS) {
    busyLoggedAt = Date.now();
    log('warn', 'database_busy', { error: errorText(error) });
  }
  return problemResponse('busy', 'The practice cannot be written to right now. Try again in a moment.', {
    headers: { 'Retry-After': '2' },
  });
}

function logFailure(request: Request, error: unknown): void {
  // Logs the route, not the address: whoever sends a request chooses what its address contains.
  const path = new URL(request.url).pathname.replace(/\/(series|appointments)\/[^/]+/, '/$1/{uid}');
  log('error', 'request_failed', { method: request.method, path, error: errorText(error) });
}

/** Handlers for the methods that a route does not support. */
export function methodNotAllowedHandlers(method: 'GET' | 'POST') {
  const allow = method === 'GET' ? 'GET, HEAD, OPTIONS' : `${method}, OPTIONS`;
  const refuseMethod = async () =>
    problemResponse('method_not_allowed', `Call this with ${method}.`, { headers: { Allow: allow } });
  return { GET: refuseMethod, POST: refuseMethod, PUT: refuseMethod, PATCH: refuseMethod, DELETE: refuseMethod };
}
