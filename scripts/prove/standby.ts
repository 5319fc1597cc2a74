import {
  type ChildProcess,
  type SpawnOptions,
  type SpawnSyncOptionsWithStringEncoding,
  spawn,
  spawnSync,
} from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { book, mapConcurrently } from './api-client';
import { assertTrue } from './assert-true';
import { type AcknowledgedBooking, assertBookingSurvived, bookUnderLoad, listBookableRequests } from './crashes';
import { auditOf, startServer } from './server';

// A primary and a synchronous standby, both on this computer. The primary is killed under load, the standby is
// promoted, and the app is started again with the standby's address: everything that was acknowledged must be there.

const AT_ONCE = 8;
const DATABASE = 'fortnight';

interface Cluster {
  port: number;
  data: string;
  process: ChildProcess;
}

/** The result of `findOrInstallPostgres`. */
type PostgresPlace = { ok: true; bin: string; folder: string; options: SpawnOptions } | { ok: false; reason: string };

export async function failover(
  folderOfApp: string,
  place: PostgresPlace,
  freePort: () => Promise<number>,
): Promise<Record<string, number>> {
  if (!place.ok) throw new Error(place.reason);
  const { bin, folder, options } = place;
  const clusters: Cluster[] = [];
  const run = (program: string, args: string[]) => {
    const { status, stderr } = spawnSync(path.join(bin, program), args, {
      ...options,
      encoding: 'utf8',
    } as SpawnSyncOptionsWithStringEncoding);
    assertTrue(status === 0, `${program}: ${stderr}`);
  };
  const start = async (name: string, settings: Record<string, string>) => {
    const port = await freePort();
    const data = path.join(folder, name);
    const flags = Object.entries({ port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, ...settings });
    const process = spawn(
      path.join(bin, 'postgres'),
      ['-D', data, ...flags.flatMap(([key, value]) => ['-c', `${key}=${value}`])],
      { ...options, stdio: 'ignore' },
    );
    const cluster = { port, data, process };
    clusters.push(cluster);
    await until(() => runSql(cluster, 'select 1'), 'PostgreSQL did not start');
    return cluster;
  };
  try {
    run('initdb', ['-D', path.join(folder, 'primary'), '-U', 'tests', '-A', 'trust', '-E', 'UTF8']);
    const primary = await start('primary', { max_connections: '100', synchronous_commit: 'on' });
    const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'tests'];
    run('pg_basebackup', [...from, '-D', path.join(folder, 'standby'), '-X', 'stream', '-R', '-c', 'fast']);
    const standby = await start('standby', { max_connections: '100' });
    // From here on nothing is acknowledged before the standby has it on its disk as well.
    await runSql(primary, `alter system set synchronous_standby_names = '*'`);
    await runSql(primary, 'select pg_reload_conf()');
    const isSync = `select 1 / count(*)::int from pg_stat_replication where sync_state = 'sync'`;
    await until(() => runSql(primary, isSync), 'the standby did not become synchronous');
    await runSql(primary, `create database ${DATABASE}`);
    return await killAndPromote(folderOfApp, primary, standby);
  } finally {
    for (const { process } of clusters) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      process.kill('SIGINT');
      await once(process, 'close');
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killAndPromote(folderOfApp: string, primary: Cluster, standby: Cluster) {
  const envOf = (cluster: Cluster) => ({ DATA_DIR: folderOfApp, DATABASE_URL: urlOf(cluster, DATABASE) });
  const before = await startServer(envOf(primary));
  const free = await listBookableRequests(before.address);
  let isOver = false;
  const began = performance.now();
  const loading = bookUnderLoad(before.address, free, () => isOver, AT_ONCE);
  await wait(4_000 + Math.random() * 2_000);
  const closed = once(primary.process, 'close');
  primary.process.kill('SIGKILL');
  const killed = performance.now();
  await closed;
  await wait(200); // the app keeps asking a database that is gone
  isOver = true;
  const { acknowledged, unanswered, others } = await loading;
  const odd = others.find(({ status, headers }) => status !== 503 || !headers['retry-after']);
  assertTrue(!odd, `without its database the app answered ${odd?.status} ${JSON.stringify(odd?.body)}`);
  await before.end('SIGKILL');

  await runSql(standby, 'select pg_promote()');
  await until(() => runSql(standby, 'select 1 / (not pg_is_in_recovery())::int'), 'the standby was not promoted');
  // The setting was copied from the primary: with it, the promoted server would wait for a standby of its own.
  await runSql(standby, 'alter system reset synchronous_standby_names');
  await runSql(standby, 'select pg_reload_conf()');
  const after = await startServer(envOf(standby));
  const awayMs = performance.now() - killed;
  await mapConcurrently(acknowledged, AT_ONCE, (change) => assertBookingSurvived(after.address, change));
  // The other requests were told "busy", or got no answer: sent again with their keys, each is booked once.
  const inDoubt = [...unanswered, ...free.splice(0, 20)];
  const again: AcknowledgedBooking[] = await mapConcurrently(inDoubt, AT_ONCE, async (place) => {
    return { place, answer: await book(after.address, place) };
  });
  for (const { answer } of again) assertTrue(answer.status === 201, `asked again by its key: ${answer.status}`);
  await mapConcurrently([...acknowledged, ...again], AT_ONCE, (change) => assertBookingSurvived(after.address, change));
  await after.end('SIGTERM');
  const found = auditOf(envOf(standby));
  assertTrue(found === null, `the audit found: ${found}`);
  return {
    acknowledged: acknowledged.length,
    lost: 0,
    toldBusy: others.length,
    perSecond: Math.round(acknowledged.length / ((killed - began) / 1000)),
    awayMs: Math.round(awayMs),
  };
}

function urlOf({ port }: Cluster, database: string): string {
  return `postgres://tests@127.0.0.1:${port}/${database}`;
}

async function runSql(cluster: Cluster, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, 'postgres') });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => {});
  }
}

async function until(work: () => Promise<void>, words: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const isDone = await work().then(
      () => true,
      () => false,
    );
    if (isDone) return;
    assertTrue(tries < 300, words);
    await wait(100);
  }
}
