import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { isScriptFree, serveScriptFreePages } from './script-free-pages';
import { stripNextScripts } from './strip-next-scripts';

const page = [
  '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/a.css" nonce="n1"/>',
  '<link rel="preload" as="script" fetchPriority="low" nonce="n1" href="/_next/static/main.js"/>',
  '<script src="/_next/static/a.js" async="" nonce="n1"></script></head><body><p>Words<!-- --> and more</p>',
  '<script type="application/ld+json">{"name":"Elm"}</script>',
  '<script type="module" src="/scripts/question-pages.js"></script>',
  '<script src="/_next/static/old.js" noModule="" nonce="n1"></script>',
  '<script nonce="n1">self.__next_f.push([1,"the page again"])</script>',
  '<script src="/_next/static/main.js" nonce="n1" async=""></script></body></html>',
].join('');

describe('a page without the framework', () => {
  it('keeps the style, the content, the structured data and our own script', () => {
    expect(stripNextScripts(page)).toBe(
      [
        '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/a.css" nonce="n1"/>',
        '</head><body><p>Words and more</p>',
        '<script type="application/ld+json">{"name":"Elm"}</script>',
        '<script type="module" src="/scripts/question-pages.js"></script>',
        '</body></html>',
      ].join(''),
    );
  });

  it('is left unchanged when React still has to move content into its place', () => {
    for (const late of ['<template id="B:0"></template>', '<div hidden="" id="S:0">late</div>']) {
      const streamed = page.replace('</body>', `${late}</body>`);
      expect(stripNextScripts(streamed)).toBe(streamed);
    }
  });

  it.each(['/', '/questions', '/questions/sciatica', '/questions/how-we-grade', '/privacy'])('is %s', (path) => {
    expect(isScriptFree(path)).toBe(true);
  });

  it.each([
    '/questions/ask',
    '/questions/report',
    '/questions/sciatica/grade.png',
    '/questions/feed.xml',
    '/book',
    '/manage',
    '/practice/questions',
  ])('is not %s', (path) => {
    expect(isScriptFree(path)).toBe(false);
  });
});

let server: Server | undefined;
afterEach(() => server?.close());

async function fetchPage(answer: RequestListener, path: string, headers: Record<string, string>, method = 'GET') {
  const handle = serveScriptFreePages(answer);
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

// As Next does: the length first, then the body in pieces.
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
  ] as const)('compresses it for a browser that reads %s', async (accepted, coding, unpack) => {
    const answer = await fetchPage(answersPage, '/questions/a', { 'accept-encoding': accepted });
    expect(answer.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding', etag: '"1"' });
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(unpack(answer.body).toString()).toBe(stripNextScripts(page));
  });

  it('sends it uncompressed to a client that accepts no encoding', async () => {
    const answer = await fetchPage(answersPage, '/questions/a', {});
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.body.toString()).toBe(stripNextScripts(page));
  });

  it('leaves other pages, a page’s data and HEAD requests alone', async () => {
    expect((await fetchPage(answersPage, '/book', {})).body.toString()).toBe(page);
    expect((await fetchPage(answersPage, '/questions/a', { rsc: '1' })).body.toString()).toBe(page);
    expect((await fetchPage(answersPage, '/questions/a', {}, 'HEAD')).headers['content-length']).toBe(
      String(page.length),
    );
  });

  it('passes on what is not a page: an error, an answer without a body', async () => {
    const fails: RequestListener = (_req, res) => {
      res.writeHead(404, { 'Content-Type': 'text/html' });
      res.end(page);
    };
    expect(await fetchPage(fails, '/questions/a', {})).toMatchObject({ status: 404, body: Buffer.from(page) });
    const unchanged: RequestListener = (_req, res) => res.writeHead(304).end();
    expect(await fetchPage(unchanged, '/questions/a', {})).toMatchObject({ status: 304, body: Buffer.alloc(0) });
  });

  it('does not cache a page without an ETag: it is drawn for each reader', async () => {
    let requests = 0;
    const rendered: RequestListener = (_req, res) => {
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.end(page.replace('Words', `Words ${++requests}`));
    };
    const handle = serveScriptFreePages(rendered);
    server = createServer(handle);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    for (const time of [1, 2]) {
      const answer = await fetch(`http://127.0.0.1:${port}/questions/${time}`);
      expect(await answer.text()).toContain(`<p>Words ${time} and more</p>`);
    }
  });
});
