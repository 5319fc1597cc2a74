import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, stopTestServer, waitForTestServer } from '../testing/test-server';

// `DEMO=0 npm start` and `npm run setup` as an owner uses them. Needs the production build.

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-setup-'));
const settings = { DEMO: '0', DATA_DIR: path.join(folder, 'data') };
const env = { ...process.env, DATABASE_URL: '', AUTH_SECRET: '', CARE_KEY: '', BASE_URL: '', ...settings };
const server = startTestServer(settings);
let address: string;

beforeAll(async () => {
  address = await waitForTestServer(server);
  expect(server.output()).toMatch(
    /Set it up at http:\S+\/practice\/setup\n {2}with the code [0-9a-z]{4}-[0-9a-z]{4}, or run "npm run setup"/,
  );
});
afterAll(async () => {
  await stopTestServer(server);
  rmSync(folder, { recursive: true, force: true });
});

async function setUp(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/set-up-practice.mjs', ...args], {
    env,
    stdio: 'pipe',
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, output };
}

describe('a practice that is not set up', () => {
  it.each(['/', '/practice', '/practice/calendar', '/?from=somewhere'])('redirects %s to its set-up', async (page) => {
    const answer = await fetch(address + page, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
      307,
      '/practice/setup',
      'no-store',
    ]);
    expect(await (await fetch(address + page)).text()).toContain('Set up your practice');
  });

  it.each(['/book', '/manage', '/sign-in', '/questions', '/questions/sciatica', '/llms.txt'])(
    'says so on %s, with what to do',
    async (page) => {
      const answer = await fetch(address + page, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
      const words = await answer.text();
      expect(words).toContain('npm run setup');
      expect(words).toContain('href="/practice/setup"');
    },
  );

  it.each(['services', 'therapists', 'openings', 'series/none', 'no-such-call'])(
    'answers GET /api/v1/%s with a problem that says so',
    async (call) => {
      const answer = await fetch(`${address}/api/v1/${call}`);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 503, code: 'not_set_up' });
      expect(answer.status).toBe(503);
    },
  );

  it('is healthy, and has its API description, all the same', async () => {
    expect((await fetch(`${address}/api/v1/health`)).status).toBe(200);
    expect((await fetch(`${address}/api/v1/openapi.json`)).status).toBe(200);
  });
});

describe('setting it up', () => {
  it('names the missing answers, and makes nothing', async () => {
    const { code, output } = await setUp('--name', 'Harbour Massage');
    expect({ code, output }).toEqual({ code: 1, output: 'Still needed: --owner-name --owner-email\n' });
  });

  it('names the flag whose answer is invalid', async () => {
    const file = path.join(folder, 'answers.json');
    const people = { name: 'Harbour Massage', 'owner-name': 'Ruth Keane', 'owner-email': 'ruth@harbour.example' };
    writeFileSync(file, JSON.stringify({ ...people, hours: 'whenever' }));
    const { code, output } = await setUp('--answers', file);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^--hours: Give days and times/) });
  });

  it('makes a practice that can be booked at once on the running server', async () => {
    const file = path.join(folder, 'answers.json');
    const every = { hours: 'Mon-Sun 08:00-20:00', sports: 'none', currency: 'CAD', 'time-zone': 'America/Halifax' };
    const people = { name: 'Harbour Massage', 'owner-name': 'Ruth Keane', 'owner-email': 'ruth@harbour.example' };
    writeFileSync(file, JSON.stringify({ ...people, ...every, swedish: '60/95/130', 'deep-tissue': '70/110/150' }));
    const { code, output } = await setUp('--answers', file, '--closed-days', 'none');
    expect({ code, output }).toMatchObject({ code: 0 });
    const last = output.trim().split('\n').at(-1);
    expect(last).toBe(`Sign in as ruth@harbour.example. Start with:  DATA_DIR=${settings.DATA_DIR} DEMO=0 npm start`);

    const services = await (await fetch(`${address}/api/v1/services`)).json();
    expect(services).toMatchObject({
      currency: 'CAD',
      services: [{ id: 'swedish', therapists: ['ruth'] }, { id: 'deep-tissue' }],
    });
    const from = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const query = `service=swedish&minutes=60&from=${from}&days=2`;
    const { openings } = await (await fetch(`${address}/api/v1/openings?${query}`)).json();
    const booked = await fetch(`${address}/api/v1/series`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'first-of-all' },
      body: JSON.stringify({
        service: 'swedish',
        minutes: 60,
        cadence: 'once',
        appointments: [{ startsAt: openings[0].startsAt, therapist: 'ruth' }],
        client: { name: 'Ana Costa', email: 'ana@example.org' },
      }),
    });
    expect(booked.status).toBe(201);
    const { manageToken, appointments } = await booked.json();
    const text = `uid=${appointments[0].uid}`;
    const managed = ['', '/booked', `/cancel?${text}`, `/move?${text}`, '/calendar.ics'].map(
      (page) => `/manage/${manageToken}${page}`,
    );
    for (const page of ['/', '/book', '/questions', '/questions/sciatica', '/questions/ask', '/manage', ...managed]) {
      const answer = await fetch(address + page);
      expect([page, answer.status]).toEqual([page, 200]);
      const html = await answer.text();
      expect(html).toContain('Harbour Massage');
      // The practice gave no address and no phone.
      expect(html).not.toContain('tel:');
      const read = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<!--.*?-->/g, '');
      expect(read.replace(/<[^>]*>/g, '')).not.toMatch(/call *[.,<]|, *,|, *\.|Massage, *(<|$)|at +[.,]/im);
    }
  });

  it('refuses to run a second time', async () => {
    const { code, output } = await setUp('--name', 'B', '--owner-name', 'C D', '--owner-email', 'c@example.org');
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('already holds the practice Harbour'),
    });
  });
});
