import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { withEncodedPages } from './page-encoding';
import { parseStylesheet } from './page-styles';

let server: Server | undefined;
afterEach(() => server?.close());

const address = '/_next/static/chunks/site.css';
const stylesheets = new Map([[address, () => parseStylesheet('p{top:0}h1{top:0}', address)]]);

async function requestPage(answer: RequestListener, headers: Record<string, string>, method = 'GET', path = '/book') {
  server = createServer(withEncodedPages(answer, stylesheets));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
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

const page = `<!DOCTYPE html><p>${'Words. '.repeat(200)}</p>`;
const browser = { accept: 'text/html,application/xhtml+xml', 'accept-encoding': 'gzip, deflate, br' };
/** Answers with the encodings that the request accepts, as Next's own compression would see them. */
const answersAs =
  (type: string, status = 200): RequestListener =>
  (req, res) => {
    res.writeHead(status, { 'Content-Type': type, 'X-Asked': String(req.headers['accept-encoding']) });
    res.write(page.slice(0, 50));
    res.end(page.slice(50));
  };

it('sends a page in Brotli to a browser that accepts it, and Next does not compress it again', async () => {
  const answer = await requestPage(answersAs('text/html; charset=utf-8'), browser);
  expect(answer.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding', 'x-asked': 'identity' });
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
  expect(brotliDecompressSync(answer.body).toString()).toBe(page);
  expect(answer.body.length).toBeLessThan(page.length / 5);
});

it.each([
  ['the data of a page', { ...browser, rsc: '1' }, 'gzip, deflate, br', 'GET'],
  ['an app that asks the API', { ...browser, accept: 'application/json' }, 'gzip, deflate, br', 'GET'],
  ['a form that a script sends', { ...browser, 'next-action': 'a' }, 'gzip, deflate, br', 'POST'],
  ['a HEAD request', browser, 'gzip, deflate, br', 'HEAD'],
])('leaves the answer to %s to Next', async (_, headers, encodings, method) => {
  const answer = await requestPage(answersAs('text/html'), headers, method);
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.headers['x-asked']).toBe(encodings);
  expect(answer.body.toString()).toBe(method === 'HEAD' ? '' : page);
});

it.each([
  ['a page', 'GET', 'br', brotliDecompressSync],
  ['a page', 'GET', 'gzip', gunzipSync],
  ['a page', 'GET', undefined, (body: Buffer) => body],
  ['the answer to a form that was sent without script', 'POST', 'br', brotliDecompressSync],
] as const)('sends %s without the empty address of a form: %s, in %s', async (_, method, encoding, decode) => {
  const form = (attributes: string) => `<form class="a"${attributes}>“Words”</form>`;
  const sent = form(' action="" encType="multipart/form-data" method="POST"') + form(' action="/book"');
  const answer = await requestPage(
    (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end(sent),
    { accept: browser.accept, 'accept-encoding': encoding ?? 'identity' },
    method,
  );
  expect(answer.headers['content-encoding']).toBe(encoding);
  expect(decode(answer.body).toString()).toBe(
    form(' encType="multipart/form-data" method="POST"') + form(' action="/book"'),
  );
});

it.each(['/book?step=time', '/manage/abc', '/practice', '/practice/mail', '/practice?flash=saved'])(
  'puts the style of %s inline if it is for visitors, and the stylesheet link at its end',
  async (path) => {
    const link = `<link rel="stylesheet" href="${address}"/>`;
    const sent = `<head>${link}</head><body><p>Words</p></body>`;
    const answer = await requestPage(
      (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end(sent),
      browser,
      'GET',
      path,
    );
    expect(brotliDecompressSync(answer.body).toString()).toBe(
      path.startsWith('/practice')
        ? sent
        : `<head><style id="page-style">p{top:0}</style></head><body><p>Words</p>${link}</body>`,
    );
  },
);

it.each([
  ['/book?step=time', { accept: '*/*' }, 'br'],
  ['/book?step=time', {}, 'br'],
  ['/manage', { accept: '*/*' }, undefined],
])('takes a request for %s with %j for one for a page, or not', async (path, accept, encoding) => {
  const headers = { ...accept, 'accept-encoding': 'br' };
  const answer = await requestPage(answersAs('text/html'), headers, 'GET', path);
  expect(answer.headers['content-encoding']).toBe(encoding);
});

it('leaves the framework out of a page with a script of its own', async () => {
  const own = '<script async="" type="module" src="/scripts/times.js"></script>';
  const next = '<script src="/_next/static/a.js" nonce="n"></script><script nonce="n">self.__next_f.push(1)</script>';
  const sent = (script: string) => `<head></head><body><p>Words<!-- --></p>${script}${next}</body>`;
  const answerOf = (html: string): RequestListener => {
    return (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  };
  const read = async (html: string) =>
    brotliDecompressSync((await requestPage(answerOf(html), browser)).body).toString();
  expect(await read(sent(own))).toBe(`<head></head><body><p>Words</p>${own}</body>`);
  expect(await read(sent(''))).toBe(sent(''));
  const late = sent(`${own}<template id="B:0"></template>`);
  expect(await read(late)).toBe(late);
});

it('lets the framework of a form wait for a script that starts it', async () => {
  const starter = '<script async="" type="module" src="/scripts/start-on-use.js"></script>';
  const preload = '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/a.js"/>';
  const scripts = ['a', 'b'].map((name) => `<script src="/_next/static/${name}.js" nonce="n" async=""></script>`);
  const data = '<script nonce="n">self.__next_f.push(1)</script>';
  const old = '<script src="/_next/static/old.js" noModule="" nonce="n"></script>';
  const html = `<head>${preload}${scripts[0]}${starter}</head><body><form></form>${old}${scripts[1]}${data}</body>`;
  const answer = await requestPage(
    (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end(html),
    browser,
  );
  const waiting = starter.replace('<script', '<script data-framework="/_next/static/a.js /_next/static/b.js"');
  expect(brotliDecompressSync(answer.body).toString()).toBe(
    `<head>${waiting}</head><body><form></form>${old}${data}</body>`,
  );
});

it('passes on errors and answers that are not pages', async () => {
  for (const [type, status] of [
    ['text/calendar', 200],
    ['text/html', 404],
  ] as const) {
    const answer = await requestPage(answersAs(type, status), browser);
    expect(answer).toMatchObject({ status, body: Buffer.from(page) });
    expect(answer.headers['content-encoding']).toBeUndefined();
  }
});
