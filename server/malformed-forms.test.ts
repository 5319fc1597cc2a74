import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Sqlite from '@/db/connection/sqlite-library';
import { startTestServer, stopTestServer, waitForTestServer } from '../testing/test-server';

// Anybody can call the action behind a form with any input, with or without script. Needs the production build, which
// lists every action there is.

interface Action {
  exportedName: string;
  workers: Record<string, unknown>;
}
const { node } = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8'));
const actions = Object.entries(node as Record<string, Action>).map(([id, { exportedName, workers }]) => {
  const page = Object.keys(workers)[0]!
    .replace(/^app|\/page$/g, '')
    .replace('[token]', 'k'.repeat(43));
  return { id, name: exportedName, page };
});

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-malformed-'));
const server = startTestServer({ DATA_DIR: folder, RATE_LIMITS: 'off' });
let address: string;
beforeAll(async () => {
  address = await waitForTestServer(server);
});
afterAll(async () => {
  await stopTestServer(server);
  rmSync(folder, { recursive: true, force: true });
});

const TEXT = 'text/plain;charset=UTF-8';
const FORM = 'multipart/form-data; boundary=XX';
const form = (...fields: [name: string, value: string][]) => {
  const parts = fields.map(
    ([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--XX--\r\n`;
};

async function send(page: string, type: string, body: string, headers: Record<string, string> = {}) {
  const own = { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin', ...headers };
  const answer = await fetch(address + page, { method: 'POST', headers: own, body, redirect: 'manual' });
  await answer.text();
  return answer.status;
}

const malformed: [what: string, type: string, body: string][] = [
  ['nothing', TEXT, ''],
  ['no form', TEXT, '[]'],
  ['null', TEXT, '[null,null]'],
  ['text', TEXT, '["a","b"]'],
  ['no JSON', TEXT, '{{{'],
  ['100,000 brackets', TEXT, '['.repeat(100_000)],
  ['a reference to nothing', TEXT, '["$F1"]'],
  ['another type', 'application/json', '[{"a":1}]'],
  ['a form of nothing', FORM, form()],
  ['a form without a form in it', FORM, form(['0', '[{},{}]'])],
  ['a form of no JSON', FORM, form(['0', '{{'])],
  ['a form that is cut off', FORM, '--XX\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"'],
  ['a form without a boundary', 'multipart/form-data', 'x'],
  ['a form with another boundary', 'multipart/form-data; boundary=YY', form(['0', '["$K1"]'])],
  ['a part without a name', FORM, '--XX\r\nFoo: bar\r\n\r\nx\r\n--XX--\r\n'],
];

describe('26. every action refuses input that is none of our forms as unreadable', () => {
  it.each(malformed)('called by script with %s', async (_, type, body) => {
    const answers = actions.map(({ id, page }) => send(page, type, body, { 'Next-Action': id }));
    const statuses = await Promise.all(answers);
    expect(actions.filter((_action, at) => statuses[at] !== 400)).toEqual([]);
  });

  it.each(malformed.slice(-3, -1))('posted without script, as %s', async (_, type, body) => {
    const statuses = await Promise.all(actions.map(({ page }) => send(page, type, body)));
    expect(actions.filter((_action, at) => statuses[at] !== 400)).toEqual([]);
  });

  const remembering = actions.filter(({ name }) =>
    ['submitBooking', 'sendManageLinks', 'sendQuestionOrReport'].includes(name),
  );

  async function sendWithState(action: typeof actions, state: string) {
    const body = form(['_1_name', 'x'], ['0', `[${state},"$K1"]`]);
    return Promise.all(action.map(({ id, page }) => send(page, FORM, body, { 'Next-Action': id })));
  }

  it.each(['null', '7', '{}', '{"answer":"x"}', '{"answer":-1}'])(
    'remembering %s for its last answer',
    async (state) => {
      expect(await sendWithState(remembering, state)).toEqual([400, 400, 400]);
    },
  );

  it.each(['5', '[5]', '[{"position":1}]', '{"length":1}'])('remembering %s for the dates', async (rows) => {
    const booking = remembering.filter(({ name }) => name === 'submitBooking');
    expect(await sendWithState(booking, `{"answer":1,"rows":${rows}}`)).toEqual([400]);
    expect(await sendWithState(booking, '{"answer":1,"rows":null}')).toEqual([200]);
  });

  it('sent to no page, also by a program that asks for parts of a page', async () => {
    const plain = 'application/x-www-form-urlencoded';
    expect(await send('/nowhere', plain, 'a=b', { RSC: '1' })).toBe(400);
    expect(await send('/questions/none', plain, 'a=b', { RSC: '1' })).toBeLessThan(500);
  });

  it('shows a person without script that the form was unreadable', async () => {
    const own = { 'Content-Type': FORM, 'Sec-Fetch-Site': 'same-origin' };
    const body = '--XX\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"';
    const answer = await fetch(`${address}/book`, { method: 'POST', headers: own, body });
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('Nothing was booked or changed.');
  });

  it('is not logged as an error', () => {
    expect(actions.length).toBeGreaterThan(15);
    expect(server.output()).not.toContain('request_failed');
    expect(server.output()).toContain('request_unreadable');
  });
});

// The table is dropped: the form is read, and then the database fails. This test comes last, because the error is
// logged.
describe('an error after the form was read', () => {
  it('is answered as a server error and logged as one', async () => {
    const database = new Sqlite(path.join(folder, 'fortnight.db'));
    database.exec('ALTER TABLE asked_questions RENAME TO elsewhere');
    database.close();
    const { id, page } = actions.find(({ name }) => name === 'sendQuestionOrReport')!;
    const fields = form(
      ['_1_words', 'Does it help?'],
      ['_1_email', 'ana@example.org'],
      ['_1_consent', 'yes'],
      ['0', '[{"answer":0},"$K1"]'],
    );
    expect(await send(page, FORM, fields, { 'Next-Action': id })).toBe(500);
    expect(server.output()).toContain('"event":"request_failed"');
  });
});
