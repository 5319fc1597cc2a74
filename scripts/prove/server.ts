import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

// The built server as a process of its own, for races and kills.

export const ROOT = path.dirname(path.dirname(import.meta.dirname));
const READY_WITHIN_MS = 60_000;

export interface Server {
  address: string;
  child: ChildProcess;
  /** From the start of the process until it was healthy. */
  readyMs: number;
  output(): string;
  /** Sends the signal and waits for the end: the exit code, or null when it was killed. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export function environment(overrides: Record<string, string>): NodeJS.ProcessEnv {
  const settings = { PORT: '0', HOST: '127.0.0.1', BASE_URL: '', DATABASE_URL: '', SMTP_URL: '', DEMO: '' };
  const secrets = {
    AUTH_SECRET: 'a secret for servers that are raced',
    CARE_KEY: 'a-care-key-for-servers-that-are-raced',
  };
  return { ...process.env, ...settings, ...secrets, RATE_LIMITS: 'off', NODE_OPTIONS: '', ...overrides };
}

export async function startServer(env: Record<string, string>): Promise<Server> {
  const began = performance.now();
  const child = spawn(process.execPath, ['server/start.mjs'], { cwd: ROOT, env: environment(env) });
  let words = '';
  const append = (chunk: Buffer) => {
    words = (words + chunk).slice(-100_000);
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const end = (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    return exit;
  };
  // However this process ends, its servers end with it.
  const orphan = () => child.kill('SIGKILL');
  process.once('exit', orphan);
  void exit.then(() => process.off('exit', orphan));
  for (;;) {
    const address = /ready at (http:\S+)/.exec(words)?.[1];
    if (address && (await isHealthy(address)))
      return { address, child, readyMs: performance.now() - began, output: () => words, end };
    if (child.exitCode !== null || performance.now() - began > READY_WITHIN_MS) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start: ${words.trim().split('\n').slice(-5).join(' ')}`);
    }
    await wait(5);
  }
}

async function isHealthy(address: string): Promise<boolean> {
  return (await fetch(`${address}/api/v1/health`)).status === 200;
}

/** Runs `npm run audit` on a database; returns what it found, or null when that is nothing. */
export function auditOf(env: Record<string, string>): string | null {
  const args = ['--import', 'tsx', 'scripts/audit.mjs'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: environment(env),
    encoding: 'utf8',
  });
  return status === 0 ? null : `${stdout}${stderr}`.trim();
}
