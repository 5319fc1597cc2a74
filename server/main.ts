// One process: the site, its database and its outbox. `--dev` is the same with next's development build.
// Started by start.mjs, in the folder of the program.
import { EventEmitter } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import type Next from 'next';
import type { practices } from '../db/schema';
import { processState } from '../process-state';
import { answerApiBeforeNext } from './api-routes';
import { buildGreeting } from './greeting';
import { createHttpServer } from './http-server';
import { runInstrumentationRegister } from './next-internals';
import { withBuiltNotFoundPage } from './not-found-page';
import { withEncodedPages } from './page-encoding';
import { readStylesheets } from './page-styles';
import { serveScriptFreePages } from './script-free-pages';
import { createSecurityHeaders } from './security-headers';
import { configureBaseUrl, exitWithMessage, listLanOrigins, loadSettings } from './settings';
import { allowOnlyGetForStaticFiles, serveCompressedStaticFiles } from './static-files';

type Practice = typeof practices.$inferSelect;

const ROOT = process.cwd();
const DIST = path.join(ROOT, process.env.NEXT_DIST_DIR || '.next');
const dev = process.argv.includes('--dev');

// The reader of our output may go away (a closed terminal, a pager that ended). Writing then fails, and logging that
// failure would fail too, so it is ignored.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' });
const { host, port: requestedPort, dataDir } = loadSettings();
const httpServer = createHttpServer();
// Before Next is loaded: a busy port should be reported at once, and a visitor should find "starting", not nothing.
const port = await httpServer.listen(requestedPort, host).catch((error) => exitWithMessage(notListening(error)));
const { baseUrl, isGuess } = configureBaseUrl(host, port);
if (!dev) markServing();

const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);
const lanOrigins = (process.env.FORTNIGHT_LAN_ORIGINS ?? '').split(' ').filter(Boolean);
for (const origin of [baseUrl, ...lanOrigins]) ownNames.add(new URL(origin).hostname);

let app: ReturnType<typeof Next> | undefined;
let stopping: Promise<void> | undefined;
let knowsPractice = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (stopping) process.exit(1); // a second signal: do not wait
    stopping = stop();
  });
}
// A signal to npm ends npm and its shell, and is not passed on to what the shell runs.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) stopping ??= stop();
  }, 250).unref();
}

// The port is held from here on: a process that stays without serving would answer "starting" for ever.
await serve().catch((error) => exitWithMessage(`Fortnight could not start. ${error.stack ?? error}`));

async function serve(): Promise<void> {
  const { default: next } = await import('next');
  // Next writes "localhost" for any loopback address, and would fetch an address with another name over the network as
  // if it were another site's. So it gets that name, whatever HOST is. It also gets no requests to upgrade to another
  // protocol: it would drop those connections without an answer, or hold them for ever. Without a listener, Node
  // answers as if no upgrade was asked for.
  const upgrades = dev ? httpServer.server : (new EventEmitter() as Server);
  app = next({ dev, hostname: 'localhost', port, dir: ROOT, httpServer: upgrades, quiet: !dev });
  // In production Next would register() with the first visitor, and log what goes wrong instead of stopping.
  if (!dev) await registered();
  await app.prepare();
  const handle = app.getRequestHandler();
  httpServer.open({
    handle: dev ? handle : wrapNextHandler(handle),
    setHeaders: createSecurityHeaders({ dev, baseUrl, distDir: DIST }),
    isSetUp,
    isOwnHost,
  });
  const facts = { practice: await getPractice(), host, baseUrl, isGuess, lanOrigins: listLanOrigins(port), dataDir };
  process.stdout.write(`${buildGreeting(facts).join('\n')}\n`);
}

/** Wraps Next's handler in what answers without it, and in what changes its answers. */
function wrapNextHandler(handle: RequestListener): RequestListener {
  const stylesheets = readStylesheets(DIST);
  const pages = withBuiltNotFoundPage(
    DIST,
    serveScriptFreePages(handle, stylesheets, withEncodedPages(handle, stylesheets)),
  );
  return answerApiBeforeNext(DIST, allowOnlyGetForStaticFiles(DIST, serveCompressedStaticFiles(DIST, pages)));
}

async function registered(): Promise<void> {
  await runInstrumentationRegister(ROOT, path.relative(ROOT, DIST)).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    const why = error.message.replace('An error occurred while loading instrumentation hook: ', '');
    const where = process.env.DATABASE_URL?.replace(/\/\/[^@/]*@/, '//') ?? path.join(dataDir, 'fortnight.db');
    exitWithMessage(`Fortnight cannot use its database ${where}: ${why.split('\n')[0] || error.code}`);
  });
}

// Another start in this folder must not build over what is served from it (bootstrap.mjs).
function markServing(): void {
  const mark = path.join(DIST, `fortnight-serving-${process.pid}`);
  const reachedAt = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  try {
    writeFileSync(mark, `${reachedAt} ${port}`);
    process.once('exit', () => rmSync(mark, { force: true }));
  } catch {
    // A folder that cannot be written to cannot be built over either.
  }
}

async function stop(): Promise<never> {
  process.stdout.write('\nStopping: letting what is under way finish …\n');
  await Promise.all([httpServer.drain(), processState.outboxWorker?.stop(), processState.hourlyBackup?.stop()]);
  await processState.visitCounter?.stop();
  const database = await processState.database?.catch(() => undefined);
  await database?.close();
  await app?.close();
  process.exit(0);
}

function notListening(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${requestedPort} on ${host} is already in use. Set PORT to another one.`;
  if (error.code === 'EACCES') return `Port ${requestedPort} is not open to this user. Set PORT to one above 1023.`;
  return `Fortnight cannot listen on ${host}:${requestedPort} (${error.code}). Check HOST and PORT.`;
}

async function getPractice(): Promise<Practice | undefined> {
  const database = await processState.database;
  return database?.reader.query.practices.findFirst();
}

// A practice is never removed, so a yes is remembered. If the database cannot be read, the page reports it.
async function isSetUp(): Promise<boolean> {
  if (knowsPractice) return true;
  try {
    knowsPractice = Boolean(await getPractice());
    return knowsPractice;
  } catch {
    return true;
  }
}

// Under another host name, a stranger's page could read this computer's answers as its own (DNS rebinding).
function isOwnHost(hostHeader: string | undefined): boolean {
  if (hostHeader === undefined) return true; // HTTP/1.0
  const name = hostHeader.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return ownNames.has(name);
}
