import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import Sqlite from '@/db/connection/sqlite-library';
import {
  type RunningServer,
  startedServers,
  startTestServer,
  stopTestServer,
  waitForTestServer,
} from '../testing/test-server';

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a start that fails', () => {
  afterEach(() => {
    for (const child of startedServers.splice(0)) child.kill('SIGKILL');
  });

  async function refusal(env: Record<string, string>) {
    const server = startTestServer({ DATA_DIR: path.join(folder, 'refused'), ...env });
    const code = await server.code;
    return { code, lines: server.output().trim().split('\n') };
  }

  it('says in one line that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { code, lines } = await refusal({ PORT: String(port) });
    other.close();
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [expect.stringContaining(`Port ${port} on 127.0.0.1 is already in use`)],
    });
  });

  it('says in one line that the data folder cannot be written', async () => {
    writeFileSync(path.join(folder, 'a-file'), '');
    const { code, lines } = await refusal({ DATA_DIR: path.join(folder, 'a-file', 'data') });
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('cannot write to its data folder')] });
  });

  it('says in one line that nothing is built', async () => {
    const { code, lines } = await refusal({ NEXT_DIST_DIR: path.relative('.', path.join(folder, 'no-build')) });
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('Fortnight is not built yet.')] });
  });

  it('ends when a part of it is missing, instead of answering "starting" for ever', async () => {
    const part = mkdtempSync(path.join('.next', 'part-of-a-build-'));
    copyFileSync(path.join('.next', 'fortnight-server.mjs'), path.join(part, 'fortnight-server.mjs'));
    const { code, lines } = await refusal({ NEXT_DIST_DIR: part }).finally(() => rmSync(part, { recursive: true }));
    expect({ code, lines }).toEqual({
      code: 1,
      lines: expect.arrayContaining([expect.stringContaining('Fortnight could not start.')]),
    });
  });

  it('says so too of a folder that cannot exist, instead of trying for ever', async () => {
    const { code, lines } = await refusal({ DATA_DIR: '/proc/none/of/this' });
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining('cannot write to its data folder')] });
  });

  it('says in one line that the database file is not a database', async () => {
    const file = path.join(folder, 'damaged.db');
    writeFileSync(file, 'this was a database once. '.repeat(1000));
    const { code, lines } = await refusal({ DATABASE_URL: `file:${file}` });
    expect({ code, lines: lines.at(-1) }).toEqual({
      code: 1,
      lines: expect.stringContaining('cannot use its database'),
    });
    expect(lines.filter((line) => !line.includes('next.config'))).toHaveLength(1);
  });

  it('says in one line that PostgreSQL cannot be reached, without printing its password', async () => {
    const { code, lines } = await refusal({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:9/fortnight' });
    expect(code).toBe(1);
    expect(lines.at(-1)).toContain('cannot use its database');
    expect(lines.join()).not.toContain('hunter2');
  });

  it.each([
    ['PORT', 'eighty'],
    ['BASE_URL', 'massage.example'],
    ['BASE_URL', 'https://massage.example/book'],
    ['BASE_URL', 'https://massage.example/?from=ad'],
    ['BASE_URL', 'https://massage.example/#top'],
    ['HOST', '203.0.113.7'],
    ['AUTH_SECRET', 'changeme'],
    ['SMTP_URL', 'mail.example'],
    ['SMTP_URL', 'smtp://who:secret@mail.example:587?ignoreTLS=true'],
    ['SMTP_URL', 'smtp://who:secret@mail.example:25?requireTLS=false'],
    ['SMTP_URL', 'smtp://who:secret@mail.example:25?requireTLS='],
    ['SMTP_URL', 'smtp://who:secret@mail.example:25?requireTLS=true&requireTLS=0'],
    ['SMTP_URL', 'smtp://who:secret@mail.example:587?opportunisticTLS=true'],
  ])('says in one line that %s cannot be "%s"', async (name, value) => {
    const { code, lines } = await refusal({ [name]: value });
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringContaining(name)] });
  });

  it('a demo does not start under a public BASE_URL unless DEMO=1 allows it', async () => {
    const { code, lines } = await refusal({ BASE_URL: 'https://massage.example' });
    expect({ code, last: lines.at(-1) }).toEqual({
      code: 1,
      last: expect.stringMatching(/^Fortnight cannot use its database .+ run "npm run setup".+ set DEMO=1/),
    });
  });

  it('53 an older version on a newer database ends with one line', async () => {
    const file = path.join(folder, 'newer.db');
    const handle = new Sqlite(file);
    handle.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
    handle.prepare("insert into __drizzle_migrations (hash, created_at) values ('of a later version', ?)").run(9e12);
    handle.close();
    const { code, lines } = await refusal({ DATABASE_URL: `file:${file}` });
    expect({ code, last: lines.at(-1) }).toEqual({
      code: 1,
      last: expect.stringMatching(/^Fortnight cannot use .+: a newer version of Fortnight has used it/),
    });
    expect(lines.join('\n')).not.toContain('    at ');
  });

  it('says in one line that Node is too old, before anything is installed', () => {
    const old =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.18.1"}})';
    const runBootstrap = () =>
      execFileSync(process.execPath, ['--import', old, 'scripts/bootstrap.mjs'], { stdio: 'pipe' });
    expect(runBootstrap).toThrow(/Fortnight needs Node 20\.19 or newer; this is Node 20\.18\.1\.\n$/);
  });
});

describe('a start on a fresh data folder', () => {
  const dataDir = path.join(folder, 'fresh', 'data');
  let server: RunningServer;
  let address: string;
  const asBrowser = { Accept: 'text/html', 'Accept-Encoding': 'gzip, br' };

  beforeAll(async () => {
    server = startTestServer({ DATA_DIR: dataDir });
    address = await waitForTestServer(server);
  });
  afterAll(() => stopTestServer(server));

  /** The cookie of somebody of the demo. */
  async function enterAs(role: string): Promise<string> {
    const page = await (await fetch(`${address}/sign-in`)).text();
    const form = new FormData();
    form.set(/name="(\$ACTION_ID_[0-9a-f]+)"/.exec(page)?.[1] ?? '', '');
    form.set('role', role);
    const headers = { origin: address, 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(`${address}/sign-in`, { method: 'POST', body: form, headers, redirect: 'manual' });
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  it('keeps the data and the secret from other users of the computer', () => {
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe('700');
    expect((statSync(path.join(dataDir, 'auth-secret')).mode & 0o777).toString(8)).toBe('600');
  });

  it('leaves a mark while it serves, which stops a build in its folder, and removes it at the end', async () => {
    const other = startTestServer({ DATA_DIR: path.join(folder, 'marked') });
    const { port } = new URL(await waitForTestServer(other));
    const mark = path.join(process.env.NEXT_DIST_DIR || '.next', `fortnight-serving-${other.child.pid}`);
    expect(readFileSync(mark, 'utf8')).toBe(`127.0.0.1 ${port}`);
    await stopTestServer(other);
    expect(existsSync(mark)).toBe(false);
  });

  it('keeps the database from other users too, whatever its file mode was', async () => {
    const files = ['fortnight.db', 'fortnight.db-wal', 'fortnight.db-shm'];
    const modes = files.map((name) => (statSync(path.join(dataDir, name)).mode & 0o777).toString(8));
    expect(modes).toEqual(['600', '600', '600']);
  });

  it.skipIf(process.platform === 'win32')('goes on quietly when nobody reads its log any more', async () => {
    const other = startTestServer({ DATA_DIR: path.join(folder, 'unread') });
    const its = await waitForTestServer(other);
    other.child.stdout?.destroy();
    other.child.stderr?.destroy();
    for (let k = 0; k < 3; k++) {
      const headers = { Origin: its, 'Content-Type': 'multipart/form-data; boundary=none' };
      const answer = await fetch(`${its}/book`, { method: 'POST', headers, body: 'no form' });
      expect(answer.status).toBe(400); // and is logged
    }
    const before = processorSeconds(other.child.pid!);
    await wait(4_000);
    expect(processorSeconds(other.child.pid!) - before).toBeLessThanOrEqual(1);
    expect(await stopTestServer(other)).toBe(0);
  });

  it('says where to look and how to sign in', () => {
    expect(server.output()).toContain(`${address}/questions`);
    expect(server.output()).toContain(`${address}/sign-in`);
  });

  it('is healthy as soon as it says it is ready', async () => {
    const answer = await fetch(`${address}/api/v1/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is one process', () => {
    expect(childrenOf(server.child.pid!)).toEqual([]);
  });

  it.each([
    ...['/', '/questions', '/questions?q=bum', '/questions/sciatica', '/questions/how-we-grade', '/privacy'],
    ...['/book', '/book?from=sciatica', '/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time'],
  ])('sends %s without the framework and without a second copy of its content', async (page) => {
    const html = await (await fetch(address + page, { headers: asBrowser })).text();
    expect(html).not.toMatch(/_next\/static\/[^"]*\.js|__next_f|\$RC/);
    expect(html.match(/<style id="page-style">|rel="stylesheet"/g)).toEqual(['<style id="page-style">']);
    expect(html.match(/<\/main>/g)).toHaveLength(1);
  });

  it.each(['/manage', '/sign-in', '/book/wait'])('sends no form with an empty address on %s', async (page) => {
    const html = await (await fetch(address + page, { headers: asBrowser })).text();
    expect(html).toMatch(/<form [^>]*encType="multipart/);
    expect(html).not.toContain('action=""');
  });

  it('sends a question with its structured data and its own script, in at most 30 kB', async () => {
    const answer = await fetch(`${address}/questions/hamstring-tendinopathy`, { headers: { 'Accept-Encoding': 'br' } });
    expect(Number(answer.headers.get('content-length'))).toBeLessThanOrEqual(30_000);
    const html = await answer.text();
    expect(html.match(/<script\b[^>]*>/g)).toEqual([
      '<script type="application/ld+json">',
      '<script type="module" fetchPriority="low" src="/scripts/question-pages.js">',
    ]);
  });

  it('sends at most 4 kB of script to a page that is read', async () => {
    const answer = await fetch(`${address}/scripts/question-pages.js`);
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    const script = await answer.text();
    expect(script.length).toBeLessThanOrEqual(4096);
    expect(script).not.toMatch(/\b(import|export)\b/);
  });

  // A script-free page may hold links, plain forms and our own scripts: a React component that needs the framework
  // would do nothing.
  it('draws its script-free pages without a component that needs the framework', () => {
    const folder = path.join(process.env.NEXT_DIST_DIR || '.next', 'server', 'app');
    const manifests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(?:page|(?:questions|questions\/\[slug\]|questions\/how-we-grade|questions\/who-writes-this|privacy)\/page)_client-reference-manifest\.js$/.test(
        file.replaceAll('\\', '/'),
      ),
    );
    expect(manifests).toHaveLength(6);
    // The pages of errors are sent as Next makes them; a heading takes the focus only after a navigation without a page
    // load.
    const allowed = ['app/error.tsx', 'app/global-error.tsx', 'components/focus-on-opening.tsx'];
    for (const file of manifests) {
      const named =
        readFileSync(path.join(folder, file), 'utf8').match(/\[project\]\/(?:app|components)\/[^" ]+\.tsx?/g) ?? [];
      const own = [...new Set(named.map((name) => name.replace('[project]/', '')))];
      expect(
        own.filter((name) => !allowed.includes(name)),
        file,
      ).toEqual([]);
    }
  });

  it.each([
    ['/', false],
    ['/questions/hamstring-tendinopathy', false],
    ['/book', false],
    ['/manage', true],
    ['/no-such-page', true],
    ['/sign-in', true],
  ])('lets only its own scripts run on %s', async (page, isOperated) => {
    await fetch(address + page); // a cached page is drawn now, and served again from the cache below
    const answer = await fetch(address + page);
    const html = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    const allowed = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(allowed).not.toMatch(/unsafe/);
    const inline = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].filter(
      ([, attributes, code]) => code && !/ src=|ld\+json/.test(attributes!),
    );
    expect(inline.length > 0).toBe(isOperated);
    for (const [, attributes, code] of inline) {
      const nonce = /nonce="([^"]*)"/.exec(attributes!)?.[1];
      const hash = createHash('sha256').update(code!).digest('base64');
      expect(allowed).toContain(nonce ? `'nonce-${nonce}'` : `'sha256-${hash}'`);
    }
  });

  it.each([
    ['GET', '/api/v1/series/%E0%A4%A', 400],
    ['GET', '/questions/%', 400],
    ['TRACE', '/api/v1/services', 405],
    ['PROPFIND', '/', 405],
    ['OPTIONS', '*', 400],
    ['GET', 'http://localhost/api/v1/health', 200],
    ['GET', 'http://another.example/api/v1/health', 421],
  ])('answers %s %s with %i, and fails on none', async (method, target, status) => {
    const sent = request(address, { method, path: target }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });

  it('says of a file that it can only be read, instead of failing', async () => {
    const [script] = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${address}/sign-in`)).text())!;
    for (const file of [script, '/favicon.ico', '/scripts/question-pages.js'])
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await fetch(address + file, { method, headers: { Origin: address, RSC: '1' } });
        expect([file, method, answer.status, answer.headers.get('allow')]).toEqual([file, method, 405, 'GET, HEAD']);
        expect(await answer.text()).toContain('only be read');
      }
  });

  it.each([
    ['/', 'h2c'],
    ['/_next/webpack-hmr', 'websocket'],
  ])('answers %s and ignores the request header %s', async (target, protocol) => {
    const sent = request(address + target, { headers: { Connection: 'Upgrade', Upgrade: protocol } }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(target === '/' ? 200 : 404);
  });

  it.each(['/api/v1', '/api/v1/', '/api/v1/nothing', '/api/v1/series/a/b', '/api/v1/services/x'])(
    'answers an unknown call %s as a problem',
    async (target) => {
      const answer = await fetch(address + target);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 404, code: 'not_found' });
    },
  );

  it('says in words that an address of 30 kB is too long', async () => {
    const answer = await fetch(`${address}/book?from=${'x'.repeat(30_000)}`);
    expect([answer.status, await answer.text()]).toEqual([431, expect.stringContaining('too long')]);
  });

  it('draws every time of two weeks in half a megabyte', async () => {
    const plan = 'type=swedish&minutes=60&cadence=biweekly&sessions=26&step=time&starts=all';
    const html = await (await fetch(`${address}/book?${plan}`)).text();
    expect(html.match(/<a [^>]*class="(?:time-cell day )?(?:all|most|some)"/g)?.length).toBeGreaterThan(200);
    expect(html.length).toBeLessThan(520_000);
  });

  it.each([
    ['weekly', 120],
    ['biweekly', 175],
  ])('draws the times of eight dates, %s, in %i kB before compression', async (cadence, most) => {
    const plan = `type=swedish&minutes=60&cadence=${cadence}&sessions=8&step=time`;
    const html = await (await fetch(`${address}/book?${plan}`)).text();
    expect(html).toContain('class="time-cell ');
    expect(html.length).toBeLessThan(most * 1000);
  });

  it('ignores a policy sent by the client', async () => {
    const answer = await fetch(`${address}/book`, {
      headers: { 'Content-Security-Policy': "script-src 'nonce-evil'" },
    });
    expect(await answer.text()).not.toContain('evil');
  });

  it.each(['/', '/book', '/no-such-page', '/api/v1/health', '/icon.svg'])(
    'sends the security headers with %s',
    async (page) => {
      const { headers } = await fetch(address + page);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it.each(['/no-such-page', '/questions/made-up', '/manage/broken'])(
    'lets no cache keep the 404 of %s',
    async (page) => {
      const answer = await fetch(address + page);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    },
  );

  it('links icons for a browser, a phone and an installed app in each page, and serves them', async () => {
    const page = await (await fetch(`${address}/book`)).text();
    const links = [...page.matchAll(/<link rel="(icon|apple-touch-icon|manifest)" href="([^"?]+)/g)];
    expect(links.map(([, rel, href]) => `${rel} ${href}`).sort()).toEqual([
      'apple-touch-icon /apple-touch-icon.png',
      'icon /favicon.ico',
      'icon /icon.svg',
      'manifest /manifest.webmanifest',
    ]);
    const sent = async (file: string) => {
      const answer = await fetch(address + file);
      expect([file, answer.status, answer.headers.get('set-cookie')]).toEqual([file, 200, null]);
      return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
    };
    expect((await sent('/favicon.ico')).bytes.subarray(0, 4)).toEqual(Buffer.from([0, 0, 1, 0]));
    expect((await sent('/icon.svg')).type).toBe('image/svg+xml');
    const { icons } = JSON.parse(String((await sent('/manifest.webmanifest')).bytes));
    for (const { src, type, sizes } of [
      ...icons,
      { src: '/apple-touch-icon.png', type: 'image/png', sizes: '180x180' },
    ]) {
      const picture = await sent(src);
      expect([src, picture.type]).toEqual([src, type]);
      if (type === 'image/png') {
        const size = `${picture.bytes.readUInt32BE(16)}x${picture.bytes.readUInt32BE(20)}`;
        expect([src, size]).toEqual([src, sizes]);
      }
    }
  });

  it('offers no image scaling to strangers', async () => {
    const answer = await fetch(`${address}/_next/image?url=%2Ficon.svg&w=64&q=75`);
    expect(answer.status).toBe(404);
  });

  it('sends scripts in Brotli to clients that accept it, marked as immutable', async () => {
    const [script] = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${address}/sign-in`)).text())!;
    const sent = async (encoding: string) => {
      const { headers } = await fetch(address + script, { headers: { 'Accept-Encoding': encoding } });
      return ['content-encoding', 'cache-control', 'vary'].map((name) => headers.get(name));
    };
    for (const [accepted, used] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
    ]) {
      expect(await sent(accepted!)).toEqual([used, 'public, max-age=31536000, immutable', 'Accept-Encoding']);
    }
  });

  it('shows its metrics to this computer, and not through a proxy on it', async () => {
    const answer = await fetch(`${address}/metrics`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('fortnight_database_bytes ')]);
    for (const header of ['X-Forwarded-For', 'Via']) {
      expect((await fetch(`${address}/metrics`, { headers: { [header]: '203.0.113.7' } })).status).toBe(404);
    }
  });

  it('offers the demo’s sign-in to this computer alone', async () => {
    const offered = async (headers: Record<string, string>) =>
      (await (await fetch(`${address}/sign-in`, { headers })).text()).includes('As owner');
    expect(await offered({})).toBe(true);
    for (const header of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via']) {
      expect(await offered({ [header]: '203.0.113.7' }), header).toBe(false);
    }
  });

  it('refuses a host name other than its own', async () => {
    const statusFor = (host: string) =>
      new Promise<number>((resolve) => {
        request(`${address}/api/v1/services`, { headers: { Host: host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        }).end();
      });
    expect(await statusFor(new URL(address).host)).toBe(200);
    expect(await statusFor('localhost')).toBe(200);
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'])
      expect(await statusFor(host), host).toBe(421);
  });

  it('says in words that a query of more than 2 kB is too long', async () => {
    const answer = await fetch(`${address}/questions?q=${'knee+'.repeat(500)}`);
    expect(answer.status).toBe(414);
    expect((await fetch(`${address}/questions?q=${'knee+'.repeat(300)}`)).status).toBe(200);
  });

  it('gives every page with a form a nonce of its own', async () => {
    const asOwner = { cookie: await enterAs('owner') };
    const getPage = async (page: string) => {
      const answer = await fetch(`${address}${page}`, { headers: asOwner });
      const [, nonce] = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      return { nonce, hasForm: (await answer.text()).includes('<form') };
    };
    const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
      .filter((file) => path.basename(file) === 'page.tsx' && !file.includes('['))
      .map((file) => `/${path.dirname(file)}`.replace(/^\/\.$/, '/'));
    const withForm: string[] = [];
    for (const page of [...pages, '/questions/report?page=sciatica', '/sign-in/confirm?token=x&email=a@b.example']) {
      const [first, again] = await Promise.all([getPage(page), getPage(page)]);
      if (first.hasForm) withForm.push(page);
      if (first.hasForm) expect([page, first.nonce]).not.toEqual([page, again.nonce]);
    }
    expect(withForm).toEqual(expect.arrayContaining(['/questions/ask', '/book', '/manage', '/practice/time-off']));
    // Drawn once and cached: it holds no form and nothing personal.
    const cached = await (await fetch(`${address}/questions/sciatica`)).text();
    expect(cached).not.toContain('method="post"');
    expect(cached).not.toContain('$ACTION');
  }, 90_000);

  it('writes the messages of Next as lines of its own log', async () => {
    const headers = { 'next-action': `40${'0'.repeat(40)}`, 'sec-fetch-site': 'same-origin' };
    await fetch(`${address}/book`, { method: 'POST', headers, body: new FormData() });
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.includes('Server Action'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ at: expect.any(String), event: 'printed' });
  });

  it('prints nothing but its greeting, and otherwise lines of its own log', async () => {
    await fetch(`${address}/book`);
    await fetch(`${address}/api/v1/services`);
    const greeting = server.printed().slice(server.printed().indexOf('  Fortnight is ready at '));
    const printed = server
      .printed()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(printed[0]).toMatch(/^ {2}Fortnight is ready at http/);
    expect(greeting.trim().split('\n').at(-1)).toMatch(/^ {2}Data in .*Stop with Ctrl-C\.$/);
    const rest = server
      .output()
      .split('\n')
      .filter((line) => line.trim() !== '' && !printed.includes(line));
    expect(rest.length).toBeGreaterThan(0);
    for (const line of rest)
      expect(JSON.parse(line)).toMatchObject({ at: expect.any(String), event: expect.any(String) });
    expect(rest.join('\n')).toContain('Running next.config.js took');
  });

  it('keeps manage links out of caches, indexes and referrers', async () => {
    const { headers } = await fetch(`${address}/manage/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
  });

  it.each([
    ['with its length', 'x'.repeat(20_000_000)],
    ['without', new Blob(['x'.repeat(20_000_000)]).stream()],
  ])('refuses 20 MB sent %s, fast', async (_, body) => {
    const began = performance.now();
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'large' };
    const answer = await fetch(`${address}/api/v1/series`, {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    // Whether the server or the handler refuses, the answer is as openapi.json describes it.
    const { type, title, status, detail, code } = (await answer.json()) as Record<string, unknown>;
    expect({ status, code }).toEqual({ status: 413, code: 'too_large' });
    expect([type, title, detail]).toEqual(Array(3).fill(expect.stringMatching(/\w/)));
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('counts a visitor by the address it came from, whatever the headers claim', async () => {
    const book = (claimed: string) =>
      fetch(`${address}/api/v1/series`, {
        method: 'POST',
        headers: { 'x-forwarded-for': claimed, 'x-real-ip': claimed, 'x-fortnight-address': claimed },
      });
    const answers = [];
    for (let k = 0; k < 30; k++) answers.push((await book(`198.51.100.${k}`)).status);
    expect(answers[0]).toBe(400);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('while another process holds the database', () => {
  it('a form gets a readable answer, not a broken page', async () => {
    const dataDir = path.join(folder, 'held');
    const server = startTestServer({ DATA_DIR: dataDir });
    const address = await waitForTestServer(server);
    const other = new Sqlite(path.join(dataDir, 'fortnight.db'));
    other.exec('BEGIN IMMEDIATE');
    const send = (to: string, form: Record<string, string>) =>
      fetch(address + to, {
        method: 'POST',
        headers: { Origin: address },
        body: new URLSearchParams(form),
        redirect: 'manual',
      });
    const answer = await send('/api/auth/signin/email', { email: 'owner@fortnight.example' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?problem=busy']);
    expect(await (await fetch(`${address}/sign-in?problem=busy`)).text()).toContain('cannot be reached right now');
    other.close();
    const later = await send('/api/auth/signin/email', { email: 'owner@fortnight.example' });
    expect(later.headers.get('location')).toBe('/sign-in/sent');
    await stopTestServer(server);
  });
});

describe('a stop', () => {
  it('lets a request in flight finish, sends new ones away, and closes the database', async () => {
    const dataDir = path.join(folder, 'stopped');
    const server = startTestServer({ DATA_DIR: dataDir });
    const { hostname, port, origin } = new URL(await waitForTestServer(server));
    const held = connect(Number(port), hostname);
    let received = '';
    held.on('error', () => {}); // the server closed the connection: what came until then counts
    held.on('data', (chunk) => (received += chunk));
    const head = [
      'POST /api/v1/series HTTP/1.1',
      `Host: ${hostname}`,
      'Content-Type: application/json',
      'Content-Length: 2',
    ];
    held.write(`${head.join('\r\n')}\r\nIdempotency-Key: ${randomUUID()}\r\nExpect: 100-continue\r\n\r\n{`);
    await expect.poll(() => received, { timeout: 10_000 }).toContain('100 Continue'); // the request has reached the server
    server.child.kill('SIGTERM');
    await expect.poll(server.output, { timeout: 10_000 }).toContain('Stopping');
    const late = await fetch(`${origin}/book`);
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5']);
    held.write('}');
    expect(await server.code).toBe(0);
    expect(received).toMatch(/\r\n\r\nHTTP\/1\.1 4\d\d /);
    expect(leftOpen(dataDir)).toEqual([]);
  });

  it('leaves no process behind when only npm gets the signal to stop', async () => {
    const env = { ...process.env, DATA_DIR: path.join(folder, 'stopped'), PORT: '0', DATABASE_URL: '', BASE_URL: '' };
    const npm = spawn('npm', ['start'], { env, detached: true });
    startedServers.push(npm);
    let words = '';
    npm.stdout.on('data', (chunk) => (words += chunk));
    await expect.poll(() => words, { timeout: 20_000, interval: 50 }).toContain('Stop with Ctrl-C');
    const address = /ready at (http:\S+)/.exec(words)![1]!;
    npm.kill('SIGTERM');
    await expect.poll(() => fetch(address).then(String, () => 'gone'), { timeout: 15_000 }).toBe('gone');
    await expect.poll(() => leftOpen(env.DATA_DIR), { timeout: 15_000 }).toEqual([]);
  });

  it('follows Ctrl-C too', async () => {
    const server = startTestServer({ DATA_DIR: path.join(folder, 'stopped') });
    await waitForTestServer(server);
    server.child.kill('SIGINT');
    expect(await server.code).toBe(0);
  });
});

describe('a second start', () => {
  it('is ready within 3 seconds, checks of install and build included', async () => {
    const began = performance.now();
    execFileSync(process.execPath, ['scripts/bootstrap.mjs', '--build']);
    const server = startTestServer({ DATA_DIR: path.join(folder, 'stopped') });
    await waitForTestServer(server);
    expect(performance.now() - began).toBeLessThan(3000);
    await stopTestServer(server);
  });

  it('keeps the secret that signed the links already sent', async () => {
    const dataDir = path.join(folder, 'secret');
    const secrets = [];
    for (let i = 0; i < 2; i++) {
      const server = startTestServer({ DATA_DIR: dataDir });
      await waitForTestServer(server);
      await stopTestServer(server);
      secrets.push(readFileSync(path.join(dataDir, 'auth-secret'), 'utf8'));
    }
    expect(secrets[0]).toBe(secrets[1]);
  });
});

function childrenOf(pid: number): string[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : [];
}

// SQLite removes its two side files when the last connection is closed.
function leftOpen(dataDir: string): string[] {
  return readdirSync(dataDir).filter((name) => /-wal$|-shm$/.test(name));
}

/** The processor time of this process, in whole seconds. */
function processorSeconds(pid: number): number {
  const cpuTime = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
  return cpuTime
    .trim()
    .split(/[-:.]/)
    .slice(-3)
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}
