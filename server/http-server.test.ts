import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { processState } from '@/process-state';
import { createHttpServer, type SiteHandlers } from './http-server';

// Sends raw requests over a socket, as Node receives them before Next sees anything.

const site: SiteHandlers = { handle: () => {}, setHeaders: () => {}, isSetUp: async () => true, isOwnHost: () => true };
const httpServer = createHttpServer();
let port: number;
const seen: string[] = [];
let answerWith = (req: IncomingMessage, res: ServerResponse) => {
  seen.push(req.url!);
  res.end(`${req.headers.host} ${req.url}`);
};

beforeAll(async () => {
  port = await httpServer.listen(0, '127.0.0.1');
  httpServer.open({ ...site, handle: (req, res) => answerWith(req, res) });
});
afterAll(() => httpServer.drain());

async function sendRaw(line: string, ...headers: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  socket.write(`${[line, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return received;
}
const HOST = 'Host: massage.example';

describe('the address of a request', () => {
  it('may be a full URL, whose path and host then count', async () => {
    for (const [target, expected] of [
      ['http://other.example/api/v1/health?x=1', 'other.example /api/v1/health?x=1'],
      ['HTTPS://other.example:8443', 'other.example:8443 /'],
      ['http://other.example?x=1', 'other.example /?x=1'],
    ]) {
      expect((await sendRaw(`GET ${target} HTTP/1.1`, HOST)).split('\r\n\r\n')[1]).toContain(expected);
    }
  });

  it.each(['OPTIONS *', 'GET *', 'GET http://', 'GET ftp://other.example/', 'GET http:///book'])(
    'is refused as unreadable when it leads to no page: %s',
    async (line) => {
      const before = seen.length;
      expect(await sendRaw(`${line} HTTP/1.1`, HOST)).toMatch(/^HTTP\/1\.1 400 /);
      expect(seen.length).toBe(before);
    },
  );

  it('must name one host: two are refused', async () => {
    expect(await sendRaw('GET / HTTP/1.1', HOST, 'Host: other.example')).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('the form that a script sends', () => {
  it('is refused under a name that no form of ours has, before Next writes it into the log', async () => {
    const before = seen.length;
    expect(await sendRaw('POST /book HTTP/1.1', HOST, 'Next-Action: ana@example.org')).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen.length).toBe(before);
    expect(await sendRaw('POST /book HTTP/1.1', HOST, `Next-Action: ${'0a'.repeat(21)}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('gets the reason in one word, with the only content type that Next passes on to it', async () => {
    const received = await sendRaw('POST /book HTTP/1.1', HOST, 'Next-Action: 0a', 'Content-Length: 9999999');
    expect(received).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*\r\nContent-Type: text\/plain\r\n[\s\S]*\r\n\r\n(\w+\r\n)?too_large\b/,
    );
  });
});

describe('what a person sends without script', () => {
  it('is refused with a page that says what to do, not with a bare line', async () => {
    const accept = 'Accept: text/html,application/xhtml+xml,*/*;q=0.8';
    const received = await sendRaw('POST /practice/portrait HTTP/1.1', HOST, accept, 'Content-Length: 9999999');
    expect(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\nContent-Type: text\/html; charset=utf-8\r\n/);
    expect(received).toContain('<h1>That is too much to send</h1>');
    expect(received).toContain('Nothing was booked or changed.');
    expect(received).toContain('Go back with your browser');
    const ofProgram = await sendRaw('POST /practice/portrait HTTP/1.1', HOST, 'Content-Length: 9999999');
    expect(ofProgram).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
  });
});

describe('a request that changes the content of the question pages', () => {
  it('counts as under way until it is answered, whatever its result', async () => {
    const before = answerWith;
    const version = processState.questionPagesVersion;
    const during: number[] = [];
    answerWith = (_req, res) => {
      processState.request.getStore()!.isChangingQuestionPages = true;
      processState.questionPagesChanging++;
      during.push(processState.questionPagesChanging);
      res.destroy();
    };
    await sendRaw('POST /practice/settings/practice HTTP/1.1', HOST);
    answerWith = before;
    await sendRaw('GET /book HTTP/1.1', HOST);
    expect(during).toEqual([1]);
    expect(processState.questionPagesChanging).toBe(0);
    expect(processState.questionPagesVersion).toBe(version + 1);
  });
});

describe('a request for another protocol', () => {
  it.each(['h2c', 'websocket'])('the upgrade is ignored and the request answered: %s', async (protocol) => {
    const received = await sendRaw('GET /book HTTP/1.1', HOST, 'Connection: Upgrade', `Upgrade: ${protocol}`);
    expect(received).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toContain('massage.example /book');
  });
});

describe('an error while a page is drawn', () => {
  const { faults } = processState;

  it('is answered with its own status, a page that needs no script, and no request number sent by the client', async () => {
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
      const received = await sendRaw('GET /broken HTTP/1.1', HOST, 'X-Fortnight-Request: 1');
      expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(received).toContain(words);
      expect(received.includes('drawn by script')).toBe(type === 'text/x-component');
      expect(/^retry-after: 5/im.test(received)).toBe(status === 503);
      expect(faults.size).toBe(0);
    }
  });

  it('does not change the answers for other pages', async () => {
    faults.set('1', { status: 503, digest: null });
    answerWith = (_req, res) => res.end('well');
    expect(await sendRaw('GET /well HTTP/1.1', HOST, 'X-Fortnight-Request: 1')).toMatch(/^HTTP\/1.1 200 [\s\S]*well/);
    faults.clear();
  });
});

describe('one sender with many requests', () => {
  const SENDER = '203.0.113.5';
  let held: { res: ServerResponse; from?: number; resolve: () => void }[] = [];

  beforeEach(() => {
    vi.stubEnv('TRUST_PROXY', '1');
    held = [];
    answerWith = (req, res) => new Promise<void>((resolve) => held.push({ res, from: req.socket.remotePort, resolve }));
  });
  afterEach(async () => {
    // Answers what is left, until nothing waits.
    while (held.length > 0) {
      for (const entry of held.splice(0)) answer(entry);
      await wait(100);
    }
    vi.unstubAllEnvs();
  });

  function answer({ res, resolve }: (typeof held)[number]) {
    res.end('well');
    resolve();
  }
  function sent(line: string, from = SENDER) {
    const socket = connect(port, '127.0.0.1');
    const state = { socket, received: '', port: 0 };
    socket.once('connect', () => (state.port = socket.localPort!));
    socket.on('data', (chunk) => (state.received += chunk));
    socket.on('error', () => {});
    socket.write(`${line} HTTP/1.1\r\n${HOST}\r\nX-Forwarded-For: ${from}\r\n\r\n`);
    return state;
  }
  async function flood(count: number, line = 'GET /services') {
    const all = Array.from({ length: count }, () => sent(line));
    await vi.waitFor(() => expect(held.length).toBeGreaterThanOrEqual(4), 5_000);
    await wait(30);
    return all;
  }

  it('has four requests under way, whatever their method, and gets the next one on the same connection when one is answered', async () => {
    const [first] = await flood(6, 'HEAD /services');
    expect(held).toHaveLength(4);
    answer(held[0]!);
    await vi.waitFor(() => expect(held).toHaveLength(5), 5_000);
    first!.socket.write(`GET /again HTTP/1.1\r\n${HOST}\r\nX-Forwarded-For: ${SENDER}\r\n\r\n`);
    answer(held[1]!);
    await vi.waitFor(() => expect(held).toHaveLength(6), 5_000);
    answer(held[2]!);
    await vi.waitFor(() => expect(held).toHaveLength(7), 5_000);
  });

  it('holds up no other sender and no static file', async () => {
    await flood(6);
    sent('GET /services', '198.51.100.7');
    await vi.waitFor(() => expect(held).toHaveLength(5), 5_000);
    sent('GET /_next/static/chunks/a.js');
    sent('GET /api/v1/health');
    await vi.waitFor(() => expect(held).toHaveLength(7), 5_000);
  });

  it('gets a readable refusal when too many requests wait', async () => {
    const all = await flood(66);
    const [api] = await flood(1, 'GET /api/v1/services');
    await vi.waitFor(
      () => expect(all.filter(({ received }) => received.startsWith('HTTP/1.1 429 '))).toHaveLength(2),
      5_000,
    );
    await vi.waitFor(() => expect(api!.received).toContain('"code":"rate_limited"'), 5_000);
    expect(api!.received).toMatch(/^retry-after: 5/im);
    expect(api!.received).toContain('Nothing was booked or changed. Try again in a moment.');
  });

  it('a request given up while waiting never begins; one given up later keeps its turn until the work is done', async () => {
    const all = await flood(7);
    const isUnderWay = ({ port }: (typeof all)[number]) => held.some(({ from }) => from === port);
    const first = all.find(isUnderWay)!;
    const waiting = all.find((client) => !isUnderWay(client))!;
    waiting.socket.destroy();
    first.socket.destroy();
    await wait(200);
    expect(held).toHaveLength(4);
    held.find(({ from }) => from === first.port)!.resolve();
    await vi.waitFor(() => expect(held).toHaveLength(5), 3_000);
    for (const entry of held.filter(({ from }) => from !== first.port)) answer(entry);
    await vi.waitFor(() => expect(held).toHaveLength(6), 3_000);
    expect(held.some(({ from }) => from === waiting.port)).toBe(false);
  });

  it('a request that was given up returns its turn after a moment, even when its work never ends', async () => {
    const all = await flood(5);
    all.find(({ port }) => held.some(({ from }) => from === port))!.socket.destroy();
    await wait(100);
    expect(held).toHaveLength(4);
    await vi.waitFor(() => expect(held).toHaveLength(5), 3_000);
  });

  it('returns the turns of a connection that breaks with some unanswered', async () => {
    const many = Array.from(
      { length: 4 },
      () => `GET /services HTTP/1.1\r\n${HOST}\r\nX-Forwarded-For: ${SENDER}\r\n\r\n`,
    );
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(many.join(''));
    await vi.waitFor(() => expect(held).toHaveLength(4), 5_000);
    socket.destroy();
    for (const { resolve } of held) resolve();
    await flood(4);
    await vi.waitFor(() => expect(held).toHaveLength(8), 3_000);
  });

  it('keeps its turn while its answer is still being sent', async () => {
    answerWith = (_req, res) =>
      new Promise<void>((resolve) => {
        res.write('the first half');
        held.push({ res, resolve });
        resolve();
      });
    await flood(5);
    expect(held).toHaveLength(4);
    answer(held[0]!);
    await vi.waitFor(() => expect(held).toHaveLength(5), 5_000);
  });

  it('is not counted with RATE_LIMITS=off', async () => {
    vi.stubEnv('RATE_LIMITS', 'off');
    await flood(20);
    await vi.waitFor(() => expect(held).toHaveLength(20), 3_000);
  });
});

describe('one sender who asks for too much in a minute', () => {
  const from = (sender: string) => `X-Forwarded-For: ${sender}`;
  beforeEach(() => {
    vi.stubEnv('TRUST_PROXY', '1');
    answerWith = (_req, res) => res.end('well');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('gets a readable page with the time to try again, by the cost of the pages; other senders and the API, which has limits of its own, go on', async () => {
    const REQUEST_LINE = 'GET /book?step=time&starts=all HTTP/1.1';
    for (let k = 0; k < 150; k++)
      expect(await sendRaw(REQUEST_LINE, HOST, from('203.0.113.60'))).toMatch(/^HTTP\/1\.1 200 /);
    const page = await sendRaw(REQUEST_LINE, HOST, from('203.0.113.60'));
    expect(page).toMatch(/^HTTP\/1\.1 429 /);
    expect(page).toMatch(/^retry-after: \d+/im);
    expect(page).toContain('Try again in ');
    const form = await sendRaw('POST /book HTTP/1.1', HOST, from('203.0.113.60'));
    expect(form).toContain('Nothing was booked or changed. Try again in ');
    for (const line of ['GET /api/v1/services HTTP/1.1', 'GET /_next/static/chunks/a.js HTTP/1.1'])
      expect(await sendRaw(line, HOST, from('203.0.113.60'))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendRaw(REQUEST_LINE, HOST, from('203.0.113.61'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('counts the IPv6 networks of one customer together', async () => {
    const REQUEST_LINE = 'GET /book?starts=all HTTP/1.1';
    let refused = 0;
    for (let k = 0; k < 700; k++) {
      const received = await sendRaw(REQUEST_LINE, HOST, from(`2001:db8:9:${(k % 8).toString(16)}::1`));
      if (received.startsWith('HTTP/1.1 429 ')) refused++;
    }
    expect(refused).toBe(100);
  });
});

it('a request that still waits when the server closes gets the answer "stopping"', async () => {
  const other = createHttpServer();
  const at = await other.listen(0, '127.0.0.1');
  const held: ServerResponse[] = [];
  other.open({ ...site, handle: (_req, res) => void held.push(res) });
  const all = Array.from({ length: 5 }, () => fetch(`http://127.0.0.1:${at}/services`));
  await vi.waitFor(() => expect(held).toHaveLength(4), 5_000);
  await wait(30);
  const drained = other.drain();
  const last = await Promise.race(all);
  expect([last.status, await last.text()]).toEqual([503, 'Fortnight is stopping. Try again in a moment.\n']);
  for (const res of held) res.end('well');
  await drained;
  expect((await Promise.all(all)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 503]);
});

it('logs that it refused a request, and nothing that the request contained', async () => {
  const logged: unknown[][] = [];
  processState.log = (...line: unknown[]) => void logged.push(line);
  const other = createHttpServer();
  const at = await other.listen(0, '127.0.0.1');
  other.open({ ...site, handle: (_, res) => void res.end(), isOwnHost: () => false });
  expect((await fetch(`http://127.0.0.1:${at}/manage/a-secret`)).status).toBe(421);
  await other.drain();
  processState.log = undefined;
  // Twice: a browser, and fetch() with it, asks again on another connection after a 421.
  expect(logged[0]).toEqual(['warn', 'host_unknown', undefined]);
  expect(JSON.stringify(logged)).not.toContain('secret');
});

it('raises the listener limit, so that Node does not warn when Next and we wait for the same answer', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const usual = answerWith;
  answerWith = (_, res) => {
    for (let count = 0; count < 12; count += 1) res.once('close', () => {});
    res.end();
  };
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  answerWith = usual;
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});
