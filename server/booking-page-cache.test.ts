import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { processState } from '../process-state';
import { createBookingPageCache } from './booking-page-cache';
import { withEncodedPages } from './page-encoding';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  processState.visitCounter = undefined;
});

const database = { version: 1 as number | undefined, now: 0 };
let nonces = 0;

/** Serves numbered pages as the server in front of Next does, each request with a nonce of its own. */
async function serve(answer: RequestListener = numbered()): Promise<string> {
  Object.assign(database, { version: 1, now: 0 });
  const cache = createBookingPageCache({ readVersion: async () => database.version, now: () => database.now });
  const pages = withEncodedPages(answer, new Map(), cache);
  const server = createServer((req, res) => {
    const policy = `script-src 'self' 'nonce-n${++nonces}'`;
    req.headers['content-security-policy'] = policy;
    res.setHeader('Content-Security-Policy', policy);
    return pages(req, res);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function numbered(more: Record<string, string> = {}, status = 200): RequestListener {
  let drawn = 0;
  return (req, res) => {
    const nonce = /'nonce-([^']+)'/.exec(String(req.headers['content-security-policy']))?.[1];
    res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...more });
    res.end(`<script nonce="${nonce}">page(${++drawn})</script>`);
  };
}

const TIMES = '/book?type=swedish&step=time';

async function open(address: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(address, {
    method,
    headers: { accept: 'text/html', 'user-agent': 'Mozilla/5.0', ...headers },
  });
  const text = await answer.text();
  return { answer, page: Number(/page\((\d+)\)/.exec(text)?.[1]), nonce: /nonce="([^"]*)"/.exec(text)?.[1] };
}

describe('a page of booking, for a visitor without a cookie', () => {
  it('is drawn once until something is written', async () => {
    const site = await serve();
    expect((await open(site + TIMES)).page).toBe(1);
    expect((await open(site + TIMES)).page).toBe(1);
    database.version = 2;
    expect((await open(site + TIMES)).page).toBe(2);
  });

  it('is drawn again after a few seconds, because holds run out and times come near', async () => {
    const site = await serve();
    await open(site + TIMES);
    database.now = 4_999;
    expect((await open(site + TIMES)).page).toBe(1);
    database.now = 5_000;
    expect((await open(site + TIMES)).page).toBe(2);
  });

  it('has the nonce of each request, and the headers that Next gave it', async () => {
    const site = await serve();
    const first = await open(site + TIMES);
    const second = await open(site + TIMES, { 'accept-encoding': 'gzip' });
    expect(second.page).toBe(1);
    expect(second.nonce).not.toBe(first.nonce);
    expect(second.answer.headers.get('content-security-policy')).toContain(`'nonce-${second.nonce}'`);
    expect(Object.fromEntries(second.answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
    });
  });

  it('is encoded once for everybody where it has no script that needs a nonce', async () => {
    let drawn = 0;
    const site = await serve((_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<p>page(${++drawn})</p>`);
    });
    await open(site + TIMES);
    for (const encoding of ['br', 'gzip', 'br', 'identity']) {
      const { answer, page } = await open(site + TIMES, { 'accept-encoding': encoding });
      expect(page).toBe(1);
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    }
  });

  it('is each address’s own', async () => {
    const site = await serve();
    await open(site + TIMES);
    expect((await open(`${site}${TIMES}&therapist=mira`)).page).toBe(2);
    expect((await open(site + TIMES)).page).toBe(1);
  });

  it('counts its readers as a drawn page does', async () => {
    const counted: string[] = [];
    processState.visitCounter = {
      add: (slug, kind) => void counted.push(`${slug} ${kind}`),
      stop: async () => {},
    };
    const site = await serve();
    const followed = `${site}/book?from=hamstring-tendinopathy`;
    await open(followed); // Next's own proxy counts this one
    await open(followed);
    expect(counted).toEqual(['hamstring-tendinopathy followed']);
  });

  it('is forgotten where there are too many', async () => {
    const site = await serve();
    for (let other = 0; other <= 30; other++) await open(`${site}${TIMES}&other=${other}`);
    expect((await open(`${site}${TIMES}&other=30`)).page).toBe(31);
    expect((await open(`${site}${TIMES}&other=0`)).page).toBe(32);
  });
});

describe('what is drawn for each request', () => {
  it.each([
    ['a browser with a cookie', TIMES, { cookie: 'fortnight-plans=a' }, 'GET'],
    ['a plan with its key', `${TIMES}&key=a`, {}, 'GET'],
    ['the link of an e-mail', `${TIMES}&again=a`, {}, 'GET'],
    ['a form sent without script', TIMES, {}, 'POST'],
    ['another page', '/manage?a=b', {}, 'GET'],
  ])('%s', async (_, path, headers, method) => {
    const site = await serve();
    await open(site + path, headers as Record<string, string>, method);
    expect((await open(site + path, headers as Record<string, string>, method)).page).toBe(2);
  });

  it.each([
    ['a page that sets a cookie', { 'Set-Cookie': 'fortnight-plans=a' }, 200],
    ['a page that is not found', {}, 404],
    ['what is not a page', { 'Content-Type': 'text/plain' }, 200],
  ])('%s', async (_, headers, status) => {
    const site = await serve(numbered(headers as Record<string, string>, status));
    await open(site + TIMES);
    expect((await open(site + TIMES)).page).toBe(2);
  });

  it('everything, while the database cannot say whether something was written', async () => {
    const site = await serve();
    database.version = undefined;
    await open(site + TIMES);
    expect((await open(site + TIMES)).page).toBe(2);
  });

  it('a page during whose drawing something was written', async () => {
    const answer = numbered();
    const site = await serve((req, res) => {
      database.version = (database.version ?? 0) + 1;
      return answer(req, res);
    });
    await open(site + TIMES);
    expect((await open(site + TIMES)).page).toBe(2);
  });
});
