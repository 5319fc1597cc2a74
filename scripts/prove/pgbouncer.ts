import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { assertTrue } from './assert-true';

// A PgBouncer in front of a PostgreSQL, which gives each transaction any of a few connections. Named statements pass
// through it since 1.21; Debian 12 has an older one, so PGBOUNCER may name the program.

const OLDEST = '1.21';

export interface Pooler {
  /** The address of a database behind it, by name. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

export async function startPgBouncer(
  server: string,
  { folder, options, port }: { folder: string; options: SpawnOptions; port: number },
): Promise<Pooler> {
  const program = process.env.PGBOUNCER || 'pgbouncer';
  const [, version = ''] =
    /PgBouncer (\d+\.\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
  assertTrue(version !== '', 'no PgBouncer found: install one, or name it with PGBOUNCER');
  assertTrue(
    version.localeCompare(OLDEST, 'en', { numeric: true }) >= 0,
    `PgBouncer ${version} drops named statements: it takes ${OLDEST} or newer`,
  );
  const behind = new URL(server);
  const file = path.join(folder, 'pgbouncer.ini');
  const login = `user=${behind.username}${behind.password ? ` password=${behind.password}` : ''}`;
  const lines = [
    '[databases]',
    `* = host=${behind.hostname} port=${behind.port} ${login}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 8',
    'max_prepared_statements = 200',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o644 });
  const child: ChildProcess = spawn(program, ['-q', file], { ...options, stdio: 'ignore' });
  const urlOf = (database: string) => `postgres://${behind.username}@127.0.0.1:${port}/${database}`;
  for (let tries = 0; !(await canAsk(urlOf(behind.pathname.slice(1)))); tries++) {
    assertTrue(tries < 50 && child.exitCode === null, 'PgBouncer did not start');
    await wait(200);
  }
  return {
    urlOf,
    async stop() {
      if (child.exitCode === null && child.kill('SIGINT')) await once(child, 'close');
    },
  };
}

async function canAsk(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
