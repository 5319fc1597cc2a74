import * as cancel from './appointments/[uid]/cancel/route';
import * as move from './appointments/[uid]/move/route';
import * as health from './health/route';
import * as openapi from './openapi.json/route';
import * as openings from './openings/route';
import * as seriesOne from './series/[uid]/route';
import * as series from './series/route';
import * as services from './services/route';
import * as standingTimes from './standing-times/route';
import * as therapists from './therapists/route';

// For tests: does what Next does between a request and its handler.

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Handler = (request: Request, context: { params: Promise<{ uid: string }> }) => Promise<Response>;

const ROUTES: [RegExp, Record<Method, Handler>][] = [
  [/^services$/, services],
  [/^therapists$/, therapists],
  [/^openings$/, openings],
  [/^standing-times$/, standingTimes],
  [/^health$/, health],
  [/^openapi\.json$/, openapi],
  [/^series$/, series],
  [/^series\/([^/]+)$/, seriesOne],
  [/^appointments\/([^/]+)\/cancel$/, cancel],
  [/^appointments\/([^/]+)\/move$/, move],
];

export interface TestRequest {
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
  key?: string;
}

export async function callApi(method: Method, path: string, sent: TestRequest = {}): Promise<Response> {
  const [pathname] = path.split('?', 1) as [string];
  for (const [pattern, route] of ROUTES) {
    const match = pattern.exec(pathname);
    if (!match) continue;
    const { body, token, key } = sent;
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...sent.headers,
    };
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request(`http://127.0.0.1:3000/api/v1/${path}`, { method, headers, body: text });
    const uid = decodeURIComponent(match[1] ?? '');
    return route[method](request, { params: Promise.resolve({ uid }) });
  }
  throw new Error(`No such call: ${path}`);
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  issues?: { path: (string | number)[]; message: string }[];
  clashes?: { position: number; startsAt: string; therapist: string; reason: string; alternatives: Alternative[] }[];
  alternatives?: Alternative[];
}

interface Alternative {
  startsAt: string;
  therapist: string;
}

export async function readProblem(response: Response): Promise<Problem> {
  if (response.headers.get('content-type') !== 'application/problem+json') {
    throw new Error(`Not a problem: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as Problem;
}
