import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { installDebianPackage } from './install-debian-package.mjs';

/**
 * A PostgreSQL for the tests: a cluster in a temporary folder, on a free port of this computer only. It touches nothing
 * that is installed or running. Its durability is off, but transactions race as usual.
 */
export async function startPostgres() {
  const place = findOrInstallPostgres();
  if (!place.ok) return place;
  const { bin, folder, options } = place;
  const data = path.join(folder, 'data');
  const created = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '-N'],
    options,
  );
  if (created.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return { ok: false, reason: `initdb failed: ${created.error?.message ?? created.stderr}` };
  }
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 200,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, ...flags], options);
  let output = '';
  server.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const isReady = await until(
    () => output.includes('ready to accept connections'),
    () => server.exitCode !== null,
  );
  const stop = async () => {
    const closed = new Promise((resolve) => server.once('close', resolve));
    if (server.exitCode === null && server.kill('SIGINT')) await closed; // SIGINT: PostgreSQL's fast shutdown
    rmSync(folder, { recursive: true, force: true });
  };
  if (!isReady) {
    await stop();
    return { ok: false, reason: `PostgreSQL did not start: ${output.trim().split('\n').at(-1)}` };
  }
  const makeDatabase = async (name) => {
    const { default: pg } = await import('pg'); // not at the top: npm test reads this file before it has installed
    const client = new pg.Client({ connectionString: urlOf(port, 'postgres') });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return urlOf(port, name);
  };
  return { ok: true, url: urlOf(port, 'postgres'), makeDatabase, stop };
}

const urlOf = (port, database) => `postgres://tests@127.0.0.1:${port}/${database}`;

/**
 * Its programs, a folder for it, and options to run the programs as an ordinary user, because PostgreSQL refuses root.
 */
export function findOrInstallPostgres() {
  const bin = findBinaries() ?? (installDebianPackage('postgresql') && findBinaries());
  if (!bin) return { ok: false, reason: 'no PostgreSQL found, and none could be installed' };
  const user = process.getuid?.() === 0 ? ordinaryUser() : undefined;
  if (process.getuid?.() === 0 && !user)
    return { ok: false, reason: 'PostgreSQL will not run as root, and no other user is here' };
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-postgres-'));
  chmodSync(folder, 0o700);
  if (user) execFileSync('chown', [`${user.uid}:${user.gid}`, folder]);
  const options = {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  };
  return { ok: true, bin, folder, options };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function findBinaries() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...process.env.PATH.split(path.delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))));
}

function ordinaryUser() {
  for (const name of ['postgres', 'nobody']) {
    const uid = Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout);
    const gid = Number(spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  return undefined;
}

async function until(isTrue, isHopeless) {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (isTrue()) return true;
    if (isHopeless()) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
