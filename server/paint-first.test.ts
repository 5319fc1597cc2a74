import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { paintFirst, servePaintFirst } from './paint-first.mjs';

const page = [
  '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/a.css" nonce="n1"/>',
  '<link rel="preload" as="script" fetchPriority="low" nonce="n1" href="/_next/static/main.js"/>',
  '<script src="/_next/static/a.js" async="" nonce="n1"></script></head><body><p>Words</p>',
  '<script src="/_next/static/old.js" noModule="" nonce="n1"></script>',
  '<script nonce="n1">self.flight=[]</script>',
  '<script src="/_next/static/main.js" nonce="n1" async=""></script></body></html>',
].join('');

describe('a page that is painted before its scripts are asked for', () => {
  it('names no script that a browser would fetch while it reads', () => {
    const fetched = paintFirst(page).match(/<(?:script src|link rel="preload")[^>]*>/g);
    expect(fetched).toEqual(['<script src="/_next/static/old.js" noModule="" nonce="n1">']);
  });

  it('asks for each of them later, in their order, from a script with the page’s nonce', () => {
    const last = paintFirst(page).split('<script nonce="n1">').at(-1);
    expect(last).toContain('(["/_next/static/a.js","/_next/static/main.js"])</script></body></html>');
  });

  it('keeps the style, the words and the scripts in the page', () => {
    const made = paintFirst(page);
    for (const kept of ['href="/_next/static/a.css"', '<p>Words</p>', 'self.flight=[]']) expect(made).toContain(kept);
  });

  it('is left as it was without a nonce: a script of ours would not run', () => {
    const bare = page.replaceAll(' nonce="n1"', '');
    expect(paintFirst(bare)).toBe(bare);
  });
});

let server: Server | undefined;
afterEach(() => server?.close());

async function ask(answer: RequestListener, path: string, headers: Record<string, string>, method = 'GET') {
  const handle = servePaintFirst((asked: string) => asked === '/questions/a', answer);
  server = createServer(handle);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { request } = await import('node:http');
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request({ port, path, method, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

// As Next does: the length first, then the words in pieces.
const answersPage: RequestListener = (_req, res) => {
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('ETag', '"1"');
  res.setHeader('Content-Length', page.length);
  res.writeHead(200);
  res.flushHeaders();
  res.write(page.slice(0, 100));
  res.end(page.slice(100));
};

describe('sending it', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ] as const)('packs it for a browser that reads %s', async (asked, coding, unpack) => {
    const answer = await ask(answersPage, '/questions/a', { 'accept-encoding': asked });
    expect(answer.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding', etag: '"1"' });
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(unpack(answer.body).toString()).toBe(paintFirst(page));
  });

  it('sends it plain to who reads nothing packed', async () => {
    const answer = await ask(answersPage, '/questions/a', {});
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe(paintFirst(page));
  });

  it('leaves every other page, a page’s data and a question about its head alone', async () => {
    expect((await ask(answersPage, '/book', {})).body.toString()).toBe(page);
    expect((await ask(answersPage, '/questions/a', { rsc: '1' })).body.toString()).toBe(page);
    expect((await ask(answersPage, '/questions/a', {}, 'HEAD')).headers['content-length']).toBe(String(page.length));
  });

  it('passes on what is no page: a failure, an answer without words', async () => {
    const fails: RequestListener = (_req, res) => {
      res.writeHead(404, { 'Content-Type': 'text/html' });
      res.end(page);
    };
    expect(await ask(fails, '/questions/a', {})).toMatchObject({ status: 404, body: Buffer.from(page) });
    const unchanged: RequestListener = (_req, res) => res.writeHead(304).end();
    expect(await ask(unchanged, '/questions/a', {})).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });

  it('keeps no page that says nothing of its version: each is made for who asks', async () => {
    let asked = 0;
    const made: RequestListener = (_req, res) => {
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.end(page.replace('Words', `Words ${++asked}`));
    };
    const handle = servePaintFirst(() => true, made);
    server = createServer(handle);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    for (const time of [1, 2]) {
      const answer = await fetch(`http://127.0.0.1:${port}/questions/${time}`);
      expect(await answer.text()).toContain(`<p>Words ${time}</p>`);
    }
  });
});
