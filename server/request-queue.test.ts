import { setImmediate as round, setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { getRequestCost } from './request-cost';
import { openRequestQueue } from './request-queue';

interface Request {
  sender: string;
  state: 'waiting' | 'begun' | 'sender' | 'all' | 'wait' | 'closed';
  leave: () => void;
}

let queue: ReturnType<typeof openRequestQueue>;
beforeEach(() => {
  queue = openRequestQueue();
});

function enqueue(sender: string, cost = 1): Request {
  const request: Request = { sender, state: 'waiting', leave: () => {} };
  const become = (state: Request['state']) => {
    if (request.state !== 'waiting') throw new Error(`${request.state}, and then ${state}`);
    request.state = state;
  };
  request.leave = queue.enqueue(sender, cost, { begin: () => become('begun'), refuse: become });
  return request;
}
const many = (count: number, sender: string, cost = 1) => Array.from({ length: count }, () => enqueue(sender, cost));
const begun = (requests: Request[]) => requests.filter(({ state }) => state === 'begun').length;

describe('one sender', () => {
  it('has four requests under way, and the next when one is over', async () => {
    const requests = many(6, '192.0.2.1');
    expect(begun(requests)).toBe(4);
    requests[0]!.leave();
    requests[0]!.leave(); // once is enough
    await round();
    expect(begun(requests)).toBe(5);
  });

  it('has fewer of the costlier requests under way, and is served in order', async () => {
    const [first, costly, last] = [enqueue('192.0.2.1', 2), enqueue('192.0.2.1', 4), enqueue('192.0.2.1', 1)];
    expect(begun([first, costly, last])).toBe(1);
    first.leave();
    await round();
    expect([costly.state, last.state]).toEqual(['begun', 'waiting']);
  });

  it('never waits for static files', () => {
    many(10, '192.0.2.1');
    expect(begun(many(100, '192.0.2.1', 0))).toBe(100);
  });

  it('is refused once sixty wait', () => {
    const requests = many(65, '192.0.2.1');
    expect(requests.map(({ state }) => state).slice(-2)).toEqual(['waiting', 'sender']);
    expect(enqueue('192.0.2.2').state).toBe('begun');
  });

  it('is one /64 of IPv6; wider networks have four and sixteen times the limit together', () => {
    const networks = Array.from({ length: 40 }, (_, k) => `2001:db8:1:${k.toString(16)}::/64`);
    expect(begun(networks.flatMap((sender) => many(4, sender)))).toBe(16);
    const wider = Array.from({ length: 40 }, (_, k) => `2001:db8:1:${(256 * (k + 1)).toString(16)}::/64`);
    expect(begun(wider.flatMap((sender) => many(4, sender)))).toBe(48);
    expect(enqueue('2001:db8:2:1::/64').state).toBe('begun');
  });

  it('is refused when its turn does not come in time', async () => {
    queue = openRequestQueue({ longestWaitMs: 20 });
    const requests = many(5, '192.0.2.1');
    await expect.poll(() => requests[4]!.state).toBe('wait');
    for (const { leave } of requests) leave();
    await round();
    expect(queue.size()).toBe(0);
  });
});

describe('others', () => {
  it('go before senders that ask for more than their share, who still get a turn', async () => {
    const flood = many(20, '192.0.2.1');
    const reader = enqueue('192.0.2.2');
    for (const { leave } of flood.slice(0, 4)) leave();
    await round();
    expect([reader.state, begun(flood)]).toEqual(['begun', 5]);
    await wait(20);
    expect(begun(flood)).toBe(5);
    await expect.poll(() => begun(flood)).toBe(6);
    reader.leave();
    await round();
    expect(begun(flood)).toBe(8);
  });

  it('are let in when too many wait in all: the longest line loses its newest', () => {
    queue = openRequestQueue({ most: { ofSender: 60, ofAll: 10 } });
    const flood = many(13, '192.0.2.1');
    const requests = many(6, '192.0.2.2');
    expect(requests.map(({ state }) => state)).toEqual([...Array(4).fill('begun'), 'waiting', 'waiting']);
    expect(flood.slice(-2).map(({ state }) => state)).toEqual(['waiting', 'all']);
    expect(enqueue('192.0.2.1').state).toBe('all');
  });

  it('are not held up by a sender whose requests were all given up', async () => {
    const flood = many(30, '192.0.2.1');
    for (const { leave } of flood) leave();
    await round();
    expect(begun(flood)).toBe(4);
    expect(queue.size()).toBe(0);
  });
});

it('when the server stops, all waiting requests are refused', () => {
  const requests = many(6, '192.0.2.1');
  queue.close();
  expect(requests.slice(-2).map(({ state }) => state)).toEqual(['closed', 'closed']);
});

it('in any order of requests and answers, nobody exceeds the limit, everybody gets a turn, and nothing is remembered at the end', async () => {
  const senders = ['192.0.2.1', '192.0.2.2', '2001:db8:1:1::/64', '2001:db8:1:2::/64', 'unknown'];
  const steps = fc.array(
    fc.record({ sender: fc.constantFrom(...senders), cost: fc.integer({ min: 1, max: 9 }), pick: fc.nat() }),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      queue = openRequestQueue({ most: { ofSender: 8, ofAll: 15 } });
      const requests: Request[] = [];
      const waiting = new Set<Request>();
      for (const { sender, cost, pick } of all) {
        requests.push(enqueue(sender, cost));
        const picked = requests[pick % requests.length]!;
        picked.leave();
        waiting.add(picked);
        await round();
        for (const name of senders) {
          const underWay = requests.filter((request) => request.sender === name && !waiting.has(request));
          expect(begun(underWay)).toBeLessThanOrEqual(4);
        }
      }
      for (let rounds = 0; queue.size() > 0; rounds++) {
        expect(rounds).toBeLessThan(1_000);
        for (const request of requests) if (request.state === 'begun') request.leave();
        await round();
      }
      expect(requests.filter(({ state }) => state === 'waiting').every((request) => waiting.has(request))).toBe(true);
    }),
    { numRuns: getPropertyTestRuns(50) },
  );
});

it.each([
  ['GET', '/_next/static/chunks/a.js', 0],
  ['GET', '/api/v1/health', 0],
  ['GET', '/api/v1/health/x', 1],
  ['GET', '/book', 1],
  ['GET', '/book?step=time', 2],
  ['GET', '/book?starts=all&step=time', 4],
  ['HEAD', '/book?starts=all&step=time', 4],
  ['POST', '/book?starts=all&step=you', 4],
  ['GET', '/book?p=swedish.60.weekly.4&you=2026-12-03T17:30@mira.0b54c1c6', 2],
  ['GET', '/book?p=swedish.60.weekly.4&dates=2026-12-03T17:30@mira', 2],
  ['POST', '/book', 2],
  ['GET', '/questions', 1],
  ['GET', '/questions?q=knee', 2],
  ['GET', '/api/v1/openings?days=31', 2],
  ['GET', '/api/v1/standing-times', 2],
  ['POST', '/api/v1/series', 2],
])('%s %s costs %i', (method, url, cost) => {
  expect(getRequestCost({ method, url })).toBe(cost);
});
