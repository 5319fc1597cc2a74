import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startTestServer, stopTestServer, waitForTestServer } from '../testing/test-server';

// The site while its PostgreSQL cannot be reached: a TCP proxy between the two is closed. Needs the production build.

const postgres = new URL(process.env.TEST_POSTGRES_URL!);
const name = `fortnight_away_${process.pid}`;
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-away-'));
const open = new Set<Socket>();
const tcpProxy = createServer((outer) => {
  const inner = connect({ host: postgres.hostname, port: Number(postgres.port) });
  for (const socket of [outer, inner]) {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      outer.destroy();
      inner.destroy();
    });
  }
  outer.pipe(inner).pipe(outer);
});
let server: RunningServer;
let address: string;
let port: number;

beforeAll(async () => {
  await runSql(`create database ${name}`);
  await new Promise<void>((resolve) => tcpProxy.listen(0, '127.0.0.1', resolve));
  port = (tcpProxy.address() as { port: number }).port;
  const through = new URL(postgres);
  [through.hostname, through.port, through.pathname] = ['127.0.0.1', String(port), `/${name}`];
  server = startTestServer({ DATA_DIR: folder, DATABASE_URL: through.href });
  address = await waitForTestServer(server);
});
afterAll(async () => {
  await stopTestServer(server);
  close();
  await runSql(`drop database ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

async function runSql(statement: string) {
  const client = new Client({ connectionString: postgres.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function close() {
  tcpProxy.close();
  for (const socket of open) socket.destroy();
}

async function requestPage(page: string, headers: Record<string, string> = {}) {
  const answer = await fetch(address + page, { redirect: 'manual', headers });
  const text = await answer.text();
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    cache: answer.headers.get('cache-control'),
    text,
  };
}

const signedIn = { Cookie: 'next-auth.session-token=whose-is-not-known' };
const pages: [page: string, headers?: Record<string, string>][] = [
  ['/'],
  ['/questions'],
  ['/book?type=sports&minutes=60&cadence=weekly&sessions=8'],
  ['/manage'],
  [`/manage/${'k'.repeat(43)}`],
  ['/sign-in'],
  ['/practice/calendar', signedIn],
  ['/api/v1/services'],
  ['/api/v1/health'],
  ['/api/auth/session', signedIn],
  ['/questions/feed.xml'],
];

describe('while the database is away', () => {
  it('every page says "busy", with when to ask again, and works again by itself', async () => {
    for (const [page, headers] of pages) expect((await requestPage(page, headers)).status, page).toBeLessThan(500);
    close();
    for (const [page, headers] of pages) {
      const { status, retryAfter, cache } = await requestPage(page, headers);
      expect({ page, status, cache }).toEqual({ page, status: 503, cache: 'no-store' });
      expect(Number(retryAfter), page).toBeGreaterThan(0);
    }
    expect((await requestPage('/book')).text).toContain('This page did not load');
    expect((await requestPage('/embed/times')).status).toBe(503);
    await new Promise<void>((resolve) => tcpProxy.listen(port, '127.0.0.1', resolve));
    for (const [page, headers] of pages) expect((await requestPage(page, headers)).status, page).toBeLessThan(500);
  });

  it('logs what broke, and nothing from the requests', () => {
    expect(server.output()).toContain('"event":"request_failed"');
    expect(server.output()).not.toMatch(/^params: (?!\(unsaid\))|params: \[/m);
  });
});
