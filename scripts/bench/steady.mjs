import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { addDays } from '../../scheduling/day.ts';
import { listBookingRequestBodies, rssMb, startServer } from './http.mjs';
import { summarise } from './measure.mjs';
import { connectSeeded, firstDay, MASSAGE_MINUTES, SERVICE, WEEKS } from './seed.mjs';

const A_SECOND = { book: 20, read: 80, page: 50 };

/**
 * Visitors who arrive at a steady pace, for five minutes or for STEADY_SECONDS. Each kind keeps its own pace whether or
 * not the previous request has been answered, so a server that falls behind shows.
 */
export async function* steadyFigures() {
  const seconds = Number(process.env.STEADY_SECONDS ?? 300);
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
  const now = Date.now();
  await (await connectSeeded(`file:${path.join(folder, 'fortnight.db')}`, now)).close();
  const server = await startServer(folder);
  const agent = new http.Agent({ keepAlive: true });
  try {
    const first = firstDay(now);
    const bodies = await listBookingRequestBodies(server.url, addDays(first, WEEKS * 7), 31);
    const days = Array.from({ length: WEEKS * 6 }, (_, k) => addDays(first, Math.floor(k / 6) * 7 + (k % 6)));
    const requests = {
      book: (k) => sendRequest(agent, 'POST', `${server.url}/api/v1/series`, bodies[k % bodies.length], `steady-${k}`),
      read: (k) => {
        const query = `service=${SERVICE}&minutes=${MASSAGE_MINUTES}&from=${days[k % days.length]}&days=1`;
        return sendRequest(agent, 'GET', `${server.url}/api/v1/openings?${query}`);
      },
      page: () => sendRequest(agent, 'GET', `${server.url}/questions/hamstring-tendinopathy`),
    };
    for (let k = 0; k < 100; k++) await requests.read(k);
    const rss = [rssMb(server.pid)];
    const watching = setInterval(() => rss.push(rssMb(server.pid)), 10_000);
    const began = performance.now();
    const kinds = await Promise.all(
      Object.entries(A_SECOND).map(([kind, pace]) => keepAsking(kind, requests[kind], pace, seconds, began)),
    );
    clearInterval(watching);
    for (const { kind, times, statuses } of kinds) {
      yield { name: `steady-${kind}`, unit: 'ms', ...summarise(times), aSecond: A_SECOND[kind], seconds, statuses };
    }
    rss.push(rssMb(server.pid));
    const eachMinute = rss.filter((_, k) => k % 6 === 0);
    yield { name: 'steady-memory', unit: 'MB', first: rss[0], most: Math.max(...rss), last: rss.at(-1), eachMinute };
  } finally {
    agent.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function keepAsking(kind, send, pace, seconds, began) {
  const times = [];
  const statuses = {};
  const pending = [];
  for (let k = 0; k < pace * seconds; k++) {
    const due = began + (1000 * k) / pace;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    const answer = send(k).then((status) => {
      times.push(performance.now() - due); // includes the wait before it was sent
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    pending.push(answer);
  }
  await Promise.all(pending);
  return { kind, times, statuses };
}

function sendRequest(agent, method, url, body, key) {
  const headers = body ? { 'content-type': 'application/json', 'idempotency-key': key } : {};
  return new Promise((resolve) => {
    const request = http.request(url, { method, agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', () => resolve(0));
    request.end(body && JSON.stringify(body));
  });
}
