import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayFromToday, openings } from './prove/api-client';
import { auditOf, environment, ROOT, type Server, startServer } from './prove/server';

// `npm run export` and `npm run erase` beside a running server, checked down to the bytes of its files.

const dataDir = mkdtempSync(path.join(tmpdir(), 'fortnight-client-data-'));
const env = { DATA_DIR: dataDir };
const EMAIL = 'una.cole@example.org';
const OWN_WORDS = /Una Quixote|una\.cole|Xylophone elbow/;
let server: Server;

beforeAll(async () => {
  server = await startServer(env);
});
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

function run(script: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${script}.mjs`, ...args], {
    cwd: ROOT,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

async function book(day: number) {
  const [first] = await openings(server.address, dayFromToday(day), 14, { therapist: 'mira' });
  const answer = await fetch(`${server.address}/api/v1/series`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `key-${day}` },
    body: JSON.stringify({
      service: 'swedish',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt: first!.startsAt, therapist: 'mira' }],
      client: { name: 'Una Quixote', email: EMAIL },
      note: 'Xylophone elbow',
      consent: true,
    }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { uid: string; manageToken: string };
}

const bytesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(path.join(folder, name), 'latin1'))
    .join();

it('exports all data of a client, and erases it from every file, beside a running server', async () => {
  const { uid, manageToken } = await book(100);
  const view = () =>
    fetch(`${server.address}/api/v1/series/${uid}`, { headers: { Authorization: `Bearer ${manageToken}` } });
  expect((await view()).status).toBe(200);

  const folder = path.join(dataDir, 'for-una');
  expect(await run('export', '--client', EMAIL, '--to', folder)).toMatchObject({ code: 0 });
  const exported = readFileSync(path.join(folder, 'client-data.json'), 'utf8');
  expect(JSON.parse(exported).kept.series).toMatchObject([{ note: 'Xylophone elbow' }]);
  expect(readFileSync(path.join(folder, 'client-data.txt'), 'utf8')).toContain('Xylophone elbow');
  expect(exported).not.toContain(manageToken);
  expect(statSync(path.join(folder, 'client-data.json')).mode & 0o777).toBe(0o600);

  expect(bytesOf(dataDir)).toMatch(OWN_WORDS);
  const backup = await run('backup');
  expect(backup.code).toBe(0);
  expect(await run('erase', '--client', EMAIL)).toMatchObject({ code: 1, output: expect.stringContaining('--yes') });
  expect((await view()).status).toBe(200);

  const { code, output } = await run('erase', '--client', EMAIL, '--yes');
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringContaining('1 appointment and 0 questions deleted'),
  });
  expect(output).toContain(path.join('backups', 'fortnight-'));
  expect(bytesOf(dataDir)).not.toMatch(OWN_WORDS);
  expect((await view()).status).toBe(404);
  expect(auditOf(env)).toBeNull();
  expect(await run('erase', '--client', EMAIL, '--yes')).toMatchObject({
    code: 0,
    output: expect.stringContaining('nothing was left'),
  });
  expect(await run('erase', '--client', 'nobody@example.org', '--yes')).toMatchObject({ code: 1 });
  expect(await run('export', '--client', EMAIL)).toMatchObject({ code: 1 });

  // The backup still holds the client; restoring it does not bring them back.
  await server.end('SIGTERM');
  const name = readdirSync(path.join(dataDir, 'backups')).find((text) => text.endsWith('.db'))!;
  const restored = await run('restore', path.join(dataDir, 'backups', name));
  expect(restored).toEqual({ code: 0, output: expect.stringContaining('Erased again') });
  expect(readFileSync(path.join(dataDir, 'fortnight.db'), 'latin1')).not.toMatch(OWN_WORDS);
  server = await startServer(env);
  expect((await view()).status).toBe(404);
}, 180_000);
