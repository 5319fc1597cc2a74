import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { sendErrorPages } from './error-pages';

let server: Server | undefined;
afterEach(() => server?.close());

async function send(
  answer: RequestListener,
  headers: Record<string, string>,
): Promise<[number, string | null, string]> {
  server = createServer((req, res) => {
    sendErrorPages(req, res);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/book`, { method: 'POST', headers, body: 'name=Ana' });
  return [response.status, response.headers.get('content-type'), await response.text()];
}

/** As Next answers a form that this build does not know. */
const unknown: RequestListener = (_req, res) => {
  res.statusCode = 409;
  res.setHeader('x-nextjs-action-not-found', '1');
  res.setHeader('content-type', 'text/plain');
  res.end('Server Action unavailable.');
};

it('50 shows a reader without script a page that says the form is from an older version of the site', async () => {
  const [status, type, page] = await send(unknown, { Accept: 'text/html' });
  expect([status, type]).toEqual([409, 'text/html; charset=utf-8']);
  expect(page).toContain('<h1>This page is out of date</h1>');
  expect(page).toContain('Nothing was booked or changed');
});

it('50 leaves the answer to the open page when its script sent the form', async () => {
  expect(await send(unknown, { 'Next-Action': 'a' })).toEqual([409, 'text/plain', 'Server Action unavailable.']);
});

it('passes on other answers of that status', async () => {
  const conflict: RequestListener = (_req, res) => void res.writeHead(409, { 'Content-Type': 'text/plain' }).end('no');
  expect(await send(conflict, {})).toEqual([409, 'text/plain', 'no']);
});
