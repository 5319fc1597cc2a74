import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningServer, startTestServer, stopTestServer, waitForTestServer } from '../testing/test-server';
import { answerApiBeforeNext } from './api-routes';

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a call that is answered before Next', () => {
  let server: Server;
  afterEach(() => {
    server.close();
    vi.restoreAllMocks();
  });

  /** Serves with a build in which a route is this code, and a Next that answers "by Next". */
  async function serve(code: string | null): Promise<string> {
    const dist = mkdtempSync(path.join(folder, 'dist-'));
    const route = path.join(dist, 'server/app/api/v1/series');
    mkdirSync(route, { recursive: true });
    const userland = `module.exports = { routeModule: { ensureUserland: async () => {}, userland: ${code} } }`;
    if (code !== null) writeFileSync(path.join(route, 'route.js'), userland);
    server = createServer(answerApiBeforeNext(dist, (_req, res) => void res.end('by Next')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const echo = `{
    GET: async (request) => new Response('by GET of ' + request.url, { status: 203, headers: { 'X-Method': request.method } }),
    POST: async (request) => new Response(await request.text() + ' ' + request.headers.get('x-some')),
  }`;

  it('gets the address, the headers and the body, and returns status, headers and body', async () => {
    const address = await serve(echo);
    const got = await fetch(`${address}/api/v1/series?a=b&c=%20d`);
    expect([got.status, got.headers.get('x-method'), await got.text()]).toEqual([
      203,
      'GET',
      'by GET of http://localhost/api/v1/series?a=b&c=%20d',
    ]);
    const headers = { 'X-Some': 'né' };
    const sent = await fetch(`${address}/api/v1/series`, { method: 'POST', body: 'words', headers });
    expect(await sent.text()).toBe('words né');
  });

  it('sends no body to HEAD, which its GET answers', async () => {
    const address = await serve(echo);
    const got = await fetch(`${address}/api/v1/series`, { method: 'HEAD' });
    expect([got.status, got.headers.get('x-method'), await got.text()]).toEqual([203, 'HEAD', '']);
  });

  it.each([
    ['another method', '/api/v1/series', { method: 'PUT' }],
    ['an address of one series', '/api/v1/series/a', {}],
    ['a slash too many', '/api/v1/series/', {}],
    ['a call that is meant for a page', '/api/v1/series', { headers: { 'Next-Action': 'ab' } }],
  ])('leaves %s to Next', async (_what, target, init) => {
    const address = await serve(echo);
    expect(await (await fetch(address + target, init)).text()).toBe('by Next');
  });

  it.each([
    ['are not there', null],
    ['are of another kind', '{}'],
  ])('is left to Next where its handlers %s, and that is logged once', async (_what, code) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const address = await serve(code);
    for (let k = 0; k < 2; k++) expect(await (await fetch(`${address}/api/v1/series`)).text()).toBe('by Next');
    expect(logged.mock.calls.map(([line]) => JSON.parse(line).event)).toEqual(['route_not_loaded']);
  });

  it('is answered 500 when its handler fails, and the server goes on', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const address = await serve(`{ GET: async () => { throw new Error('no') }, POST: async () => {} }`);
    for (let k = 0; k < 2; k++) expect((await fetch(`${address}/api/v1/series`)).status).toBe(500);
    expect(logged.mock.calls.map(([line]) => JSON.parse(line).event)).toEqual(['request_failed', 'request_failed']);
  });

  it('gives its handler an error when the body is cut short', async () => {
    const outcome = `globalThis[Symbol.for('fortnight.test.body')]`;
    const address = await serve(`{
      GET: async () => new Response(),
      POST: async (request) => { ${outcome} = await request.text().catch((error) => error.message); return new Response() },
    }`);
    const headers = { 'Content-Length': '100' };
    const sent = request(`${address}/api/v1/series`, { method: 'POST', headers });
    sent.on('error', () => {});
    sent.write('half');
    await vi.waitFor(() => expect(server).toSatisfy((it: Server) => hasConnection(it)));
    setTimeout(() => sent.destroy(), 50);
    const ended = () => (globalThis as Record<symbol, unknown>)[Symbol.for('fortnight.test.body')];
    await vi.waitFor(() => expect(ended()).toBe('The body did not come whole.'));
  });
});

function hasConnection(server: Server): boolean {
  return (server as unknown as { _connections: number })._connections > 0;
}

describe('the two ways to answer a call of the API', () => {
  let server: RunningServer;
  let address: string;
  beforeAll(async () => {
    server = startTestServer({ DATA_DIR: path.join(folder, 'data'), TRUST_PROXY: '1' });
    address = await waitForTestServer(server);
  });
  afterAll(() => stopTestServer(server));

  let tests = 0;
  /** Each test sends from an address of its own, so that no limit is used up by another test. */
  let from: Record<string, string>;
  beforeEach(() => {
    from = { 'X-Forwarded-For': `198.51.100.${++tests}` };
  });

  /** The header of a form's action: Next answers such a call itself, before any route handler. */
  const byNext = { 'Next-Action': 'ab' };
  const search = 'service=swedish&minutes=60';
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const json = { 'Content-Type': 'application/json' };
  const booking = JSON.stringify({
    service: 'swedish',
    minutes: 60,
    cadence: 'once',
    appointments: [{ startsAt: '2020-01-01T10:00:00Z', therapist: 'any' }],
    client: { name: 'Ana Costa', email: 'ana@example.org' },
  });
  const post = (body: BodyInit, headers: Record<string, string> = json): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'Idempotency-Key': 'one-of-their-own', ...headers },
  });

  const calls: [what: string, target: string, init?: RequestInit][] = [
    ['services', '/services'],
    ['services with a query', '/services?x=1'],
    ['therapists', '/therapists'],
    ['openings', `/openings?${search}&from=${day}&days=2`],
    ['openings, their head', `/openings?${search}&from=${day}&days=2`, { method: 'HEAD' }],
    ['openings, compressed', `/openings?${search}&from=${day}&days=31`, { headers: { 'Accept-Encoding': 'gzip, br' } }],
    ['openings of nothing', '/openings'],
    ['openings, a name twice', `/openings?${search}&from=${day}&days=2&days=3`],
    ['openings of a wrong day', `/openings?${search}&from=2026-13-01&days=2`],
    ['openings of an unknown massage', `/openings?service=none&minutes=60&from=${day}&days=2`],
    ['openings, badly encoded', `/openings?service=%E0%A4%A&minutes=60&from=${day}&days=2`],
    ['openings by POST', '/openings', post('{}')],
    ['standing times', `/standing-times?${search}&cadence=weekly&sessions=8&from=${day}&limit=9`],
    ['standing times for two', `/standing-times?${search}&cadence=weekly&sessions=2&from=${day}&limit=2&people=2`],
    ['too many sessions', `/standing-times?${search}&cadence=weekly&sessions=201&from=${day}`],
    ['a booking that is gone by', '/series', post(booking)],
    ['a booking without a key', '/series', { method: 'POST', body: booking, headers: json }],
    ['a booking from another site', '/series', post(booking, { ...json, 'Sec-Fetch-Site': 'cross-site' })],
    ['a booking of another origin', '/series', post(booking, { ...json, Origin: 'https://another.example' })],
    ['a booking as a form', '/series', post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })],
    ['a booking in another charset', '/series', post(booking, { 'Content-Type': 'application/json; charset=latin1' })],
    ['a compressed booking', '/series', post(booking, { ...json, 'Content-Encoding': 'gzip' })],
    ['no JSON', '/series', post('{"service":')],
    ['no bytes', '/series', post('')],
    ['a booking of nothing', '/series', post('{}')],
    ['words in other letters', '/series', post(booking.replace('Ana', 'Añá 安'))],
    ['a large body', '/series', post(`"${'a'.repeat(1_000_001)}"`)],
    ['a list of bookings', '/series?x=%20', { headers: json }],
  ];

  it.each(calls)('give one answer: %s', async (_what, target, init = {}) => {
    const answers = await Promise.all(
      [{}, byNext].map(async (more) => {
        const allHeaders = { ...from, ...(init.headers as Record<string, string>), ...more };
        const answer = await fetch(`${address}/api/v1${target}`, { ...init, headers: allHeaders });
        return { answer, body: Buffer.from(await answer.arrayBuffer()) };
      }),
    );
    const [plain, next] = answers.map(({ answer, body }) => ({
      status: answer.status,
      headers: comparable(answer.headers),
      body,
    }));
    expect(plain).toEqual(next);
    expect(plain!.status).not.toBe(429);
    // Next adds its own headers to Vary on all its answers, which is the one difference between the two ways.
    expect(answers.map(({ answer }) => answer.headers.get('vary')?.includes('next-router') ?? false)).toEqual([
      false,
      true,
    ]);
  });

  it('book once by one key, whichever way it comes', async () => {
    const { openings } = await (await fetch(`${address}/api/v1/openings?${search}&from=${day}&days=7`)).json();
    const body = booking.replace('2020-01-01T10:00:00Z', openings[0].startsAt);
    const book = async (more: Record<string, string>) => {
      const init = post(body, { ...json, ...from, 'Idempotency-Key': 'booked-by-both-ways', ...more });
      const answer = await fetch(`${address}/api/v1/series`, init);
      return { status: answer.status, headers: comparable(answer.headers), body: await answer.text() };
    };
    const first = await book({});
    expect(first.status).toBe(201);
    expect(await book(byNext)).toEqual(first);
    expect(await book({})).toEqual(first);
  });

  it('are counted against one limit', async () => {
    const request = async (more: Record<string, string>) =>
      (await fetch(`${address}/api/v1/services`, { headers: { ...from, ...more } })).status;
    for (let k = 0; k < 400 && (await request({})) === 200; k++) if ((await request(byNext)) !== 200) break;
    expect([await request({}), await request(byNext)]).toEqual([429, 429]);
  });
});

/**
 * Leaves out headers that differ in every answer, that describe the transfer, or that Next adds to the pages it draws.
 */
function comparable(headers: Headers): Record<string, string> {
  const {
    date,
    vary,
    connection,
    'transfer-encoding': chunks,
    'content-length': length,
    ...rest
  } = Object.fromEntries(headers);
  const policy = rest['content-security-policy']?.replace(/'nonce-[^']*'/, "'nonce'") ?? '';
  return { ...rest, 'content-security-policy': policy };
}
