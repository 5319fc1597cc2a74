import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

// `npm start` as a user sees it: a process, its output, its exit code. Needs the production build.

export interface RunningServer {
  child: ChildProcess;
  output: () => string;
  /** Standard output alone. */
  printed: () => string;
  code: Promise<number | null>;
}

export const startedServers: ChildProcess[] = [];

const blank = {
  BASE_URL: '',
  DATABASE_URL: '',
  AUTH_SECRET: '',
  CARE_KEY: '',
  DEMO: '',
  RATE_LIMITS: '',
  TRUST_PROXY: '',
};

/** Starts a server with these settings and no others, on a port that it chooses itself. */
export function startTestServer(env: Record<string, string>): RunningServer {
  const settings = { PORT: '0', HOST: '127.0.0.1', SMTP_URL: '', ...blank, ...env };
  const child = spawn(process.execPath, ['server/start.mjs'], {
    env: { ...process.env, ...settings },
  });
  startedServers.push(child);
  let [words, printed] = ['', ''];
  child.stdout.on('data', (chunk) => {
    words += chunk;
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => (words += chunk));
  return {
    child,
    output: () => words,
    printed: () => printed,
    code: new Promise((resolve) => child.once('close', resolve)),
  };
}

/** The address of the server, once it answers. */
export async function waitForTestServer(server: RunningServer): Promise<string> {
  for (;;) {
    const address = /ready at (http:\S+)/.exec(server.output())?.[1];
    if (address) return address;
    if (server.child.exitCode !== null) throw new Error(`It did not start: ${server.output()}`);
    await wait(10);
  }
}

export async function stopTestServer(server: RunningServer): Promise<number | null> {
  server.child.kill('SIGTERM');
  return server.code;
}
