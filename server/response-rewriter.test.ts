import { once } from 'node:events';
import { createServer, type RequestListener, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { addResponseRewrite, type Rewrite } from './response-rewriter';

const server = createServer();
afterEach(() => {
  server.removeAllListeners('request').close();
});

interface ReceivedResponse {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

async function fetchPath(answer: RequestListener, rewrites: Rewrite[], method = 'GET'): Promise<ReceivedResponse> {
  server.on('request', (req, res) => {
    for (const rewrite of rewrites) addResponseRewrite(res, rewrite);
    answer(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, method, agent: false }, async (res) => {
      let body = '';
      res.on('error', reject);
      for await (const chunk of res) body += chunk;
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body });
    })
      .on('error', reject)
      .end();
  });
}

const busy = Buffer.from('busy');
const withBusy: Rewrite = (res) => {
  res.statusCode = 503;
  res.setHeader('Retry-After', '5');
  return busy;
};
const inCapitals: Rewrite = () => async (body) => Buffer.from(body.toString().toUpperCase());

// Every way there is to send a head and a body.
const ways: [way: string, answer: (res: ServerResponse) => void][] = [
  ['at once', (res) => res.end('wörds')],
  [
    'in pieces',
    (res) => {
      res.write('wö');
      res.end(Buffer.from('rds'));
    },
  ],
  ['with a head first', (res) => res.writeHead(200, { 'X-Own': 'a' }).end('wörds')],
  ['with a head and its reason', (res) => res.writeHead(200, 'Well', { 'X-Own': 'a' }).end('wörds')],
  [
    'with a head that is flushed',
    (res) => {
      res.flushHeaders();
      res.write('wörds');
      res.end();
    },
  ],
  [
    'in another encoding',
    (res) => {
      res.write('w', 'latin1');
      res.end('c3b6726473', 'hex');
    },
  ],
  ['with calls back', (res) => void res.write('wö', () => res.end('rds', () => {}))],
];

describe.each(ways)('an answer that is sent %s', (_, answer) => {
  it('is sent unchanged when no rewrite changes it', async () => {
    const received = await fetchPath((_req, res) => answer(res), [() => undefined]);
    expect(received).toMatchObject({ status: 200, body: 'wörds' });
  });

  it('gets another status, other headers and another body', async () => {
    const received = await fetchPath((_req, res) => answer(res), [withBusy]);
    expect(received).toMatchObject({
      status: 503,
      body: 'busy',
      headers: { 'retry-after': '5', 'content-length': '4' },
    });
  });

  it('is sent with its new length when a rewrite changes the whole body', async () => {
    const received = await fetchPath((_req, res) => answer(res), [inCapitals]);
    expect(received).toMatchObject({ status: 200, body: 'WÖRDS', headers: { 'content-length': '6' } });
  });
});

describe('what changes an answer', () => {
  it('sees the final status and headers, in whichever way they were set', async () => {
    const seen: unknown[] = [];
    const see: Rewrite = (res) => void seen.push(res.statusCode, res.getHeader('x-own'), res.getHeader('x-set'));
    const received = await fetchPath(
      (_req, res) => {
        res.setHeader('X-Set', 'b');
        res.writeHead(404, { 'X-Own': 'a' }).end();
      },
      [see],
    );
    expect(seen).toEqual([404, 'a', 'b']);
    expect(received).toMatchObject({ status: 404, headers: { 'x-own': 'a', 'x-set': 'b' } });
  });

  it('sees the changes of the rewrites before it', async () => {
    const notWhenBusy: Rewrite = (res) => (res.statusCode === 200 ? Buffer.from('well') : undefined);
    expect(await fetchPath((_req, res) => res.end('words'), [withBusy, notWhenBusy])).toMatchObject({ body: 'busy' });
  });

  it('is called once', async () => {
    let calls = 0;
    const count: Rewrite = () => void calls++;
    const sendInPieces: RequestListener = (_req, res) => {
      res.flushHeaders();
      res.write('a');
      res.end('b');
    };
    await fetchPath(sendInPieces, [count]);
    expect(calls).toBe(1);
  });

  it('sends the length and no body in answer to HEAD', async () => {
    const received = await fetchPath((_req, res) => res.end('words'), [withBusy], 'HEAD');
    expect(received).toMatchObject({ status: 503, body: '', headers: { 'content-length': '4' } });
  });

  it('keeps the length that Node sets when a body is sent at once', async () => {
    const received = await fetchPath((_req, res) => res.end('words'), [() => undefined]);
    expect(received.headers).toMatchObject({ 'content-length': '5' });
    expect(received.headers).not.toHaveProperty('transfer-encoding');
  });

  it('closes the connection when it fails, instead of sending half an answer', async () => {
    const fails: Rewrite = () => () => Promise.reject(new Error('cannot be compressed'));
    await expect(fetchPath((_req, res) => res.end('words'), [fails])).rejects.toThrow('socket hang up');
  });
});
