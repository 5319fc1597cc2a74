import { randomUUID } from 'node:crypto';
import http from 'node:http';

// Calls the API as a client's program would, many calls at once. A missing answer is a value too: `status` 0.

export interface ApiAnswer {
  status: number;
  // Other tests check what the API sends; here only these fields are read.
  body: { uid?: string; manageToken?: string; code?: string; appointments?: BookedAppointment[] } & Record<
    string,
    unknown
  >;
  headers: http.IncomingHttpHeaders;
  startedAt: number;
  endedAt: number;
}

export interface BookedAppointment {
  uid: string;
  startsAt: string;
  endsAt: string;
  therapist: string;
  status: string;
}

export interface BookingRequest {
  therapist: string;
  starts: string[];
  minutes?: number;
  service?: string;
  key?: string;
  name?: string;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });

export function requestApi(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const finish = (status: number, raw: string, got: http.IncomingHttpHeaders) =>
      resolve({ status, body: parsed(raw), headers: got, startedAt, endedAt: performance.now() });
    const request = http.request(
      url,
      { method, agent, headers: { ...(text && { 'Content-Type': 'application/json' }), ...headers } },
      (response) => {
        let raw = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          raw += chunk;
        });
        response.on('end', () => finish(response.statusCode ?? 0, raw, response.headers));
        response.on('error', () => finish(0, '', {}));
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => finish(0, JSON.stringify({ code: error.code }), {}));
    request.end(text);
  });
}

function parsed(raw: string): ApiAnswer['body'] {
  try {
    return JSON.parse(raw) as ApiAnswer['body'];
  } catch {
    return {};
  }
}

export function bookingRequestBody({
  therapist,
  starts,
  minutes = 60,
  service = 'swedish',
  name = 'Ana Costa',
}: BookingRequest) {
  return {
    service,
    minutes,
    cadence: starts.length === 1 ? 'once' : 'weekly',
    appointments: starts.map((startsAt) => ({ startsAt, therapist })),
    client: { name, email: 'ana@example.org' },
  };
}

export function book(address: string, request: BookingRequest): Promise<ApiAnswer> {
  return requestApi('POST', `${address}/api/v1/series`, bookingRequestBody(request), {
    'Idempotency-Key': request.key ?? randomUUID(),
  });
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

export function getSeries(address: string, uid: string, token: string): Promise<ApiAnswer> {
  return requestApi('GET', `${address}/api/v1/series/${uid}`, undefined, bearer(token));
}

export function cancel(address: string, appointment: string, token: string, scope = 'this'): Promise<ApiAnswer> {
  return requestApi('POST', `${address}/api/v1/appointments/${appointment}/cancel`, { scope }, bearer(token));
}

export function move(address: string, appointment: string, token: string, startsAt: string): Promise<ApiAnswer> {
  return requestApi(
    'POST',
    `${address}/api/v1/appointments/${appointment}/move`,
    { startsAt, scope: 'this' },
    bearer(token),
  );
}

export interface Opening {
  startsAt: string;
  therapists: string[];
}

export async function openings(
  address: string,
  from: string,
  days: number,
  { service = 'swedish', minutes = 60, therapist = '' } = {},
): Promise<Opening[]> {
  const query = new URLSearchParams({ service, minutes: String(minutes), from, days: String(days) });
  if (therapist) query.set('therapist', therapist);
  const { status, body } = await requestApi('GET', `${address}/api/v1/openings?${query}`);
  if (status !== 200) throw new Error(`openings answered ${status}: ${JSON.stringify(body)}`);
  return body.openings as Opening[];
}

/** The day that many days from today, in UTC: just after midnight it is not the practice's own yet. */
export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Runs `tasks` in order, with at most so many at once. */
export async function mapConcurrently<T, R>(
  items: T[],
  atOnce: number,
  task: (item: T, k: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const walk = async () => {
    for (let k = next++; k < items.length; k = next++) results[k] = await task(items[k]!, k);
  };
  await Promise.all(Array.from({ length: atOnce }, walk));
  return results;
}
