import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { decryptForAnyPurpose } from '@/db/access/encryption';
import { loadDataKeys } from '@/db/connection/data-keys';
import { connectDatabase, setConnectionForTests as putConnection } from '@/db/connection/database-client';
import { decryptAlerts, encryptAlerts } from '@/db/people/client-alert-encryption';
import { clients, dataKeys } from '@/db/schema';
import { processState } from '@/process-state';

// `npm run rotate-care-key` beside a practice that goes on writing, killed again and again.

const KILLS = 20;
const CLIENTS = 1200;
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-rotate-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function rotate(): ChildProcess {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '', CARE_KEY: '', AUTH_SECRET: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/rotate-care-key.mjs', '--wait', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

it('a killed rotation loses nothing, and the next one finishes it', async () => {
  Object.assign(process.env, { DATA_DIR: folder, CARE_KEY: '', DATABASE_URL: '' });
  const keyFile = path.join(folder, 'care-key');
  const firstKey = randomBytes(32).toString('base64url');
  writeFileSync(keyFile, `${firstKey}\n`, { mode: 0o600 });
  const connection = await connectDatabase(`file:${path.join(folder, 'fortnight.db')}`);
  putConnection(connection);
  await connection.migrate();
  await loadDataKeys(connection);
  const expected = new Map<string, string>();
  await connection.transact(async (tx) => {
    for (let at = 0; at < CLIENTS; at++) {
      const id = `client-${at}`;
      expected.set(id, `Alert ${at}`);
      const sealedAlerts = encryptAlerts([`Alert ${at}`]);
      await tx.insert(clients).values({ id, name: id, email: `${id}@example.org`, createdAt: 0, sealedAlerts });
    }
  });

  let written = 0;
  let isOver = false;
  const practice = (async () => {
    while (!isOver) {
      const id = `client-${Math.floor(Math.random() * CLIENTS)}`;
      const words = `Alert ${id}, changed ${++written}`;
      await connection.transact((tx) =>
        tx
          .update(clients)
          .set({ sealedAlerts: encryptAlerts([words]) })
          .where(eq(clients.id, id)),
      );
      expected.set(id, words);
      await wait(5);
      if (written % 5 === 0) await loadDataKeys(connection);
    }
  })();
  const readAll = async () => {
    await loadDataKeys(connection);
    expect(processState.dataKeys!.locked).toBe(0);
    return new Map((await connection.reader.select().from(clients)).map((row) => [row.id, row.sealedAlerts!]));
  };

  // A rotation that ended before it could be killed does not count: on a quick machine the next is killed sooner.
  let cut = 0;
  let tries = 0;
  let longest = 120;
  for (; cut < KILLS && tries < 3 * KILLS; tries++) {
    const child = rotate();
    const exit = once(child, 'exit');
    await once(child.stdout!, 'data');
    await wait(Math.random() * longest);
    child.kill('SIGKILL');
    const [code] = await exit;
    if (code === null) cut++;
    else longest *= 0.8;
    for (const sealed of (await readAll()).values()) expect(decryptForAnyPurpose(sealed)).toMatch(/^Alert /);
  }
  console.info(`${cut} rotations killed of ${tries} begun, beside ${written} changes`);
  expect(cut).toBe(KILLS);
  isOver = true;
  await practice;
  const [code] = await once(rotate(), 'exit');
  expect(code).toBe(0);

  const found = await readAll();
  expect(found.size).toBe(CLIENTS);
  for (const [id, sealed] of found) expect(decryptAlerts(sealed)).toEqual([expected.get(id)]);
  const rows = await connection.reader.select().from(dataKeys).orderBy(dataKeys.generation);
  const newest = rows.at(-1)!;
  expect([...found.values()].every((sealed) => sealed.startsWith(`k1.${newest.id}.`))).toBe(true);
  const [text, ...more] = readFileSync(keyFile, 'utf8').trim().split('\n');
  expect(more).toEqual([]);
  expect(text).not.toBe(firstKey);
  putConnection(undefined);
  await connection.close();
}, 300_000);
