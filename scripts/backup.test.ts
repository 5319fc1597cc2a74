import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, book, dayFromToday, getSeries, type Opening, openings } from './prove/api-client';
import { auditOf, environment, ROOT, type Server, startServer } from './prove/server';

// The whole drill: a backup is made while bookings go on, the server is lost, the backup is restored, and the database
// is audited.

const dataDir = mkdtempSync(path.join(tmpdir(), 'fortnight-backup-'));
const env = { DATA_DIR: dataDir };
const backups = path.join(dataDir, 'backups');
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function run(script: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${script}.mjs`, ...args], {
    cwd: ROOT,
    env: environment(env),
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('a backup of a server that takes bookings', () => {
  let server: Server;
  let openingsFound: Opening[];
  let before: ApiAnswer[];
  let backup = '';

  beforeAll(async () => {
    server = await startServer(env);
    openingsFound = await openings(server.address, dayFromToday(200), 31, { therapist: 'mira' });
    const apart = openingsFound.filter((_, k) => k % 8 === 0).slice(0, 4);
    before = await Promise.all(apart.map((opening) => book(server.address, requestFor(opening))));
    expect(before.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });
  afterAll(() => server.end('SIGKILL'));

  const requestFor = ({ startsAt }: Opening) => ({ therapist: 'mira', starts: [startsAt] });

  it('is made without any booking failing, and is readable by its owner alone', async () => {
    let isMaking = true;
    const making = run('backup').finally(() => {
      isMaking = false;
    });
    const answers: ApiAnswer[] = [];
    for (let k = 4; isMaking; k++)
      answers.push(await book(server.address, requestFor(openingsFound[k % openingsFound.length]!)));
    expect(await making).toMatchObject({ code: 0, output: expect.stringContaining('checked and audited') });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    const names = readdirSync(backups);
    expect(names).toHaveLength(1);
    backup = path.join(backups, names[0]!);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
  });

  it('is not restored over a running server', async () => {
    const { code, output } = await run('restore', backup);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('is in use: stop the server first'),
    });
  });

  it('restores what was booked before it, after the server was killed, and keeps a copy of the replaced file', async () => {
    const late = (await openings(server.address, dayFromToday(300), 7, { therapist: 'jun' }))[0]!;
    const lateBooking = await book(server.address, { therapist: 'jun', starts: [late.startsAt] });
    expect(lateBooking.status).toBe(201);
    await server.end('SIGKILL');
    const { code, output } = await run('restore', backup);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('is kept as') });
    expect(auditOf(env)).toBeNull();
    server = await startServer(env);
    const seen = await Promise.all(
      [...before, lateBooking].map(({ body }) => getSeries(server.address, body.uid!, body.manageToken!)),
    );
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200, 404]);
    const previousFile = readdirSync(dataDir).find((name) => name.startsWith('fortnight-before-'))!;
    expect(auditOf({ ...env, DATABASE_URL: `file:${path.join(dataDir, previousFile)}` })).toBeNull();
  });

  it('is refused when it is damaged, and nothing changes', async () => {
    await server.end('SIGTERM');
    const file = path.join(dataDir, 'fortnight.db');
    const contents = readFileSync(file);
    const damaged = path.join(dataDir, 'damaged.db');
    copyFileSync(backup, damaged);
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 20_000));
    for (const [argument, why] of [
      [damaged, 'is not a sound backup'],
      [path.join(dataDir, 'auth-secret'), 'There is no file'],
    ] as const) {
      const { code, output } = await run('restore', argument);
      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(why) });
    }
    expect(readFileSync(file).equals(contents)).toBe(true);
  });

  it('can be restored where there is no database file', async () => {
    rmSync(path.join(dataDir, 'fortnight.db'));
    expect(await run('restore', backup)).toMatchObject({ code: 0 });
    expect(auditOf(env)).toBeNull();
  });
});
