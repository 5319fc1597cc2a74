import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { processState } from '../process-state';
import { createPageCache } from './page-cache';
import { serveScriptFreePages } from './script-free-pages';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  processState.visitCounter = undefined;
  vi.useRealTimers();
});

/** Serves what `answers` sends, as a server in front of Next does. */
async function serve(answers: RequestListener): Promise<string> {
  const server = createServer(serveScriptFreePages(answers));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A page that Next caches, showing how often it was requested. */
function numbered(headers: Record<string, string> = {}): RequestListener {
  let requests = 0;
  return (_req, res) => {
    requests++;
    const cacheHeaders = { 'Cache-Control': 's-maxage=300, stale-while-revalidate=300', ETag: `"${requests}"` };
    res.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      ...cacheHeaders,
      'x-nextjs-cache': 'HIT',
      ...headers,
    });
    res.end(`<p>${requests}</p>`);
  };
}

const PAGE = '/questions/sciatica';

describe('a shared page', () => {
  it('is sent from memory with the headers Next gave it, whatever the query', async () => {
    const site = await serve(numbered());
    for (const path of [PAGE, PAGE, `${PAGE}?from=a-friend`]) {
      const answer = await fetch(site + path, { headers: { 'accept-encoding': 'gzip' } });
      expect(await answer.text()).toBe('<p>1</p>');
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 's-maxage=300, stale-while-revalidate=300',
        'content-encoding': 'gzip',
        etag: '"1"',
        vary: 'Accept-Encoding',
      });
    }
  });

  it('is cached separately for each encoding and each address', async () => {
    const site = await serve(numbered());
    const words = async (path: string, encoding: string) =>
      (await fetch(site + path, { headers: { 'accept-encoding': encoding } })).text();
    const seen = [];
    for (const path of [PAGE, '/questions/sleep'])
      for (const way of ['br', 'gzip', 'identity']) seen.push(await words(path, way));
    expect(new Set(seen).size).toBe(6);
    expect(await words(PAGE, 'br')).toBe('<p>1</p>');
  });

  it('is not sent again to a client that has it', async () => {
    const site = await serve(numbered());
    await (await fetch(site + PAGE)).text();
    for (const header of ['"1"', 'W/"1"', '"0", "1"']) {
      const known304 = await fetch(site + PAGE, { headers: { 'if-none-match': header } });
      expect([header, known304.status]).toEqual([header, 304]);
    }
    const answer = await fetch(site + PAGE, { headers: { 'if-none-match': '"1"' } });
    expect(answer.status).toBe(304);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.text()).toBe('');
    expect((await fetch(site + PAGE, { headers: { 'if-none-match': '"0"' } })).status).toBe(200);
  });

  it('is requested again at once when its content was changed', async () => {
    const site = await serve(numbered());
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>1</p>');
    processState.questionPagesVersion++;
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>2</p>');
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>2</p>');
  });

  it('is not cached when its content was changed while it was drawn', async () => {
    const answers = numbered();
    const site = await serve((req, res) => {
      processState.questionPagesVersion++;
      answers(req, res);
    });
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>1</p>');
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>2</p>');
  });

  it('is neither sent nor cached while its content is being changed', async () => {
    const site = await serve(numbered());
    expect(await (await fetch(site + PAGE)).text()).toBe('<p>1</p>');
    processState.questionPagesVersion++;
    processState.questionPagesChanging++;
    try {
      for (const page of ['<p>2</p>', '<p>3</p>']) expect(await (await fetch(site + PAGE)).text()).toBe(page);
    } finally {
      processState.questionPagesVersion++;
      processState.questionPagesChanging--;
    }
    for (const page of ['<p>4</p>', '<p>4</p>']) expect(await (await fetch(site + PAGE)).text()).toBe(page);
  });

  it('is requested again after half a minute, by the first reader', async () => {
    let now = 0;
    const memory = createPageCache(() => now);
    const site = await new Promise<string>((resolve) => {
      const server = createServer((_req, res) => {
        if (memory.send(PAGE, undefined, res)) return;
        const store = memory.storer(PAGE);
        res.setHeader('ETag', `"${now}"`);
        store(res, Buffer.from(String(now)));
        res.end(String(now));
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    });
    const words = async () => (await fetch(site + PAGE)).text();
    expect(await words()).toBe('0');
    now = 29_999;
    expect(await words()).toBe('0');
    now = 30_000;
    expect(await words()).toBe('30000');
    expect(await words()).toBe('30000');
  });

  it('is counted as a page visit also when it comes from memory', async () => {
    const read: string[] = [];
    processState.visitCounter = { add: (slug, kind) => void read.push(`${kind} ${slug}`), stop: async () => {} };
    const site = await serve(numbered());
    const page = '/questions/hamstring-tendinopathy';
    const person = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0' };
    await fetch(site + page, { headers: person });
    expect(read).toEqual([]);
    await fetch(site + page, { headers: { ...person, 'sec-fetch-dest': 'document' } });
    await fetch(site + page, { headers: { 'user-agent': 'a-crawler' } });
    expect(read).toEqual(['read hamstring-tendinopathy']);
  });
});

it.each([
  ['made for one reader', { 'Cache-Control': 'private, no-store' }],
  ['that sets a cookie', { 'Set-Cookie': 'a=1' }],
])('a page %s is not cached', async (_why, headers) => {
  const site = await serve(numbered(headers));
  expect(await (await fetch(site + PAGE)).text()).toBe('<p>1</p>');
  expect(await (await fetch(site + PAGE)).text()).toBe('<p>2</p>');
});
