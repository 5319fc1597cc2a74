import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What Node hands over of a request line before anybody behind the door has seen it.

const { openGate } = await import(path.resolve('scripts/gate.mjs')); // plain Node's, and so without types
const gate = openGate();
let port: number;
const seen: string[] = [];
let answerWith = (req: IncomingMessage, res: ServerResponse) => {
  seen.push(req.url!);
  res.end(`${req.headers.host} ${req.url}`);
};

beforeAll(async () => {
  port = await gate.listen(0, '127.0.0.1');
  gate.open(
    (req: IncomingMessage, res: ServerResponse) => answerWith(req, res),
    () => {},
    async () => true,
  );
});
afterAll(() => gate.drain());

async function ask(line: string, ...headers: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk));
  socket.write(`${[line, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return heard;
}
const HOST = 'Host: massage.example';

describe('the address of a request', () => {
  it('may be given whole: its path is meant, and its host', async () => {
    for (const [target, meant] of [
      ['http://other.example/api/v1/health?x=1', 'other.example /api/v1/health?x=1'],
      ['HTTPS://other.example:8443', 'other.example:8443 /'],
      ['http://other.example?x=1', 'other.example /?x=1'],
    ]) {
      expect((await ask(`GET ${target} HTTP/1.1`, HOST)).split('\r\n\r\n')[1]).toContain(meant);
    }
  });

  it.each(['OPTIONS *', 'GET *', 'GET http://', 'GET ftp://other.example/', 'GET http:///book'])(
    'is refused as unreadable when it leads to no page: %s',
    async (line) => {
      const before = seen.length;
      expect(await ask(`${line} HTTP/1.1`, HOST)).toMatch(/^HTTP\/1\.1 400 /);
      expect(seen.length).toBe(before);
    },
  );

  it('has one host: two are refused', async () => {
    expect(await ask('GET / HTTP/1.1', HOST, 'Host: other.example')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a wish for another protocol', () => {
  it.each(['h2c', 'websocket'])('is passed over, and the request answered: %s', async (protocol) => {
    const heard = await ask('GET /book HTTP/1.1', HOST, 'Connection: Upgrade', `Upgrade: ${protocol}`);
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard).toContain('massage.example /book');
  });
});

describe('what breaks a page', () => {
  const faults = (globalThis as unknown as { fortnightFaults: Map<string, object> }).fortnightFaults;

  it('is answered as what it is, in words that need no script, and under no number that was sent', async () => {
    for (const [status, words, type] of [
      [503, 'This page did not load', 'text/html; charset=utf-8'],
      [400, 'This could not be read', 'text/html; charset=utf-8'],
      [500, '1234567890', 'text/html; charset=utf-8'],
      [500, 'This page did not load', 'text/plain'],
      [503, 'drawn by script', 'text/x-component'],
    ] as const) {
      answerWith = (req, res) => {
        faults.set(String(req.headers['x-fortnight-request']), { status, digest: 1234567890 });
        res.statusCode = 500;
        res.setHeader('Content-Type', type);
        res.write('drawn by script');
        res.end();
      };
      const heard = await ask('GET /broken HTTP/1.1', HOST, 'X-Fortnight-Request: 1');
      expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(heard).toContain(words);
      expect(heard.includes('drawn by script')).toBe(type === 'text/x-component');
      expect(/^retry-after: 5/im.test(heard)).toBe(status === 503);
      expect(faults.size).toBe(0);
    }
  });

  it('is nothing to who asks for another page', async () => {
    faults.set('1', { status: 503, digest: null });
    answerWith = (_req, res) => res.end('well');
    expect(await ask('GET /well HTTP/1.1', HOST, 'X-Fortnight-Request: 1')).toMatch(/^HTTP\/1.1 200 [\s\S]*well/);
    faults.clear();
  });
});
