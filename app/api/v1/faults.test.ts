import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deriveManageToken } from '@/db/access/manage-tokens';
import { getOrCreateResourceNumbers } from '@/db/claims/resource-and-owner-numbers';
import { connectDatabase, reader, setConnectionForTests } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { setUpPractice } from '@/db/practice/setup';
import { appointments, CLAIM_KINDS, claims, clients, outbox, practices, series, therapists, users } from '@/db/schema';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { renderMessage } from '@/mail/render-message';
import { listSeriesDays } from '@/scheduling/cadence';
import { toInstant } from '@/scheduling/zone-conversion';
import { readEvents } from '@/testing/calendar-apps';
import { POST } from './series/route';
import { callApi, readProblem } from './test-calls';

// Input that strangers may send, in the order of docs/faults.md. Each title begins with the words of its row there.

const NOW = Date.parse('2026-11-23T10:00:00Z'); // a Monday
const { write, another, connection } = setUpTestDatabase({ now: NOW });

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
beforeEach(() => {
  vi.stubEnv('RATE_LIMITS', 'off');
  vi.stubEnv('BASE_URL', 'https://massage.example');
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const WEEK = 7 * 86_400_000;
const ANA = { name: 'Ana Costa', email: 'ana@example.org' };
const START = '2026-12-01T18:00:00.000Z';
const once = {
  service: 'swedish',
  minutes: 60,
  cadence: 'once',
  appointments: [{ startsAt: START, therapist: 'mira' }],
  client: ANA,
};
const tuesdays = (count: number) =>
  Array.from({ length: count }, (_, k) => ({
    startsAt: new Date(Date.parse(START) + k * WEEK).toISOString(),
    therapist: 'mira',
  }));
const book = (body: unknown, key = 'key-1', headers?: Record<string, string>) =>
  callApi('POST', 'series', { body, key, headers });
const booked = async () => (await book(once)).json();

async function everything(): Promise<string> {
  const db = await reader();
  const rows = [];
  for (const table of [series, appointments, claims, clients, outbox, users, practices])
    rows.push(await db.select().from(table as typeof series));
  return JSON.stringify(rows);
}

async function refused(bodies: unknown[], status = 422) {
  const before = await everything();
  for (const body of bodies) {
    const problem = await readProblem(await book(body));
    expect([problem.status, body]).toEqual([status, body]);
  }
  expect(await everything()).toBe(before);
}

describe('races and logic', () => {
  it('9. A series of 26 with the 17th taken: nothing is booked, and the 17th is named with alternatives', async () => {
    await book({ ...once, appointments: [tuesdays(26)[16]] }, 'first');
    const before = await everything();
    const problem = await readProblem(await book({ ...once, cadence: 'weekly', appointments: tuesdays(26) }, 'second'));
    expect(problem).toMatchObject({ status: 409, code: 'taken', clashes: [{ position: 17, reason: 'booked' }] });
    expect(problem.clashes?.[0]?.alternatives.length).toBeGreaterThan(0);
    expect(await everything()).toBe(before);
  });

  it('11. In the past, 11 years ahead, 0, −30 or 100,000 minutes, off-grid, 1e309, 2027-02-29: 422', async () => {
    const starts = ['2026-11-22T18:00:00Z', '2037-11-24T18:00:00Z', '2026-12-01T18:07:00Z', '2027-02-29T18:00:00Z'];
    await refused([
      ...starts.map((startsAt) => ({ ...once, appointments: [{ startsAt, therapist: 'mira' }] })),
      ...[0, -30, 100_000].map((minutes) => ({ ...once, minutes })),
      JSON.stringify(once).replace('"minutes":60', '"minutes":1e309'),
    ]);
  });

  it('11. NaN, in a body or an address: refused as well', async () => {
    await refused([JSON.stringify(once).replace('60', 'NaN')], 400);
    for (const days of ['NaN', '0', '-1', '1e309', '32']) {
      const path = `openings?service=swedish&minutes=60&from=2026-12-01&days=${days}`;
      expect([days, (await readProblem(await callApi('GET', path))).status]).toEqual([days, 422]);
    }
  });

  it('12. Price, role, status, client or therapist id smuggled into a body: left unread', async () => {
    const smuggled = {
      priceCents: 1,
      role: 'owner',
      status: 'completed',
      clientId: 'x',
      therapistId: 'tom',
      id: 'mine',
    };
    const appointment = { ...once.appointments[0], ...smuggled };
    const body = { ...once, ...smuggled, appointments: [appointment], client: { ...ANA, ...smuggled } };
    expect((await book(body)).status).toBe(201);
    const db = await reader();
    expect(await db.select().from(appointments)).toMatchObject([
      { priceCents: 6800, status: 'booked', therapistId: 'mira', id: expect.not.stringMatching('mine') },
    ]);
    const people = await db.select({ email: users.email, role: users.role }).from(users);
    expect(people.filter(({ role }) => role === 'owner')).toEqual([
      { email: 'owner@fortnight.example', role: 'owner' },
    ]);
  });

  it('13. A service that therapist does not offer, an inactive therapist, outside working hours: 422', async () => {
    await write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'jun')));
    const at = (startsAt: string, therapist: string) => ({ ...once, appointments: [{ startsAt, therapist }] });
    await refused([at('2026-12-01T11:00:00Z', 'tom'), at(START, 'jun'), at('2026-12-01T03:00:00Z', 'mira')]);
  });

  it('13. An inactive therapist takes no appointment that is moved to them either', async () => {
    const {
      manageToken,
      appointments: [entry],
    } = await booked();
    await write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'jun')));
    const before = await everything();
    const body = { startsAt: '2026-12-02T18:00:00Z', therapist: 'jun', scope: 'this' };
    const answer = await callApi('POST', `appointments/${entry.uid}/move`, { token: manageToken, body });
    expect((await readProblem(answer)).status).toBe(422);
    expect(await everything()).toBe(before);
  });
});

describe('time', () => {
  it.each(['Europe/London', 'America/New_York', 'Australia/Lord_Howe'])(
    '14. A weekly 18:00 series over both clock changes in %s: 18:00 each time, in the answer, in mail and .ics',
    async (timeZone) => {
      await write((tx) => tx.update(practices).set({ timeZone, maxSessions: 50 }));
      const starts = listSeriesDays({ cadence: 'weekly', firstOn: '2026-12-01', sessions: 50 }).map((on) =>
        toInstant(timeZone, on, '18:00'),
      );
      const requested = starts.map((start) => ({ startsAt: new Date(start).toISOString(), therapist: 'mira' }));
      const answer = await book({ ...once, cadence: 'weekly', appointments: requested });
      expect(answer.status).toBe(201);
      const startsAtTexts: string[] = (await answer.json()).appointments.map(
        ({ startsAt }: { startsAt: string }) => startsAt,
      );
      expect(startsAtTexts.map((at) => at.slice(11, 16))).toEqual(Array(50).fill('18:00'));
      expect(new Set(startsAtTexts.map((at) => at.slice(-6))).size).toBe(2);

      const db = await reader();
      for (const waiting of await db.select().from(outbox)) {
        const { notification } = (await getNotificationFactsToSend(db, waiting, NOW))!;
        const { text, html, calendars } = renderMessage(notification, {}, NOW, waiting.toEmail);
        for (const words of [text, html]) {
          expect(new Set(words.match(/\d\d:\d\d to \d\d:\d\d/g))).toEqual(new Set(['18:00 to 19:00']));
        }
        const files = calendars.map(({ content }) => content);
        expect(files.flatMap(readEvents).map(({ start }) => start)).toEqual(starts);
        expect(files.join('').match(/DTSTART;TZID=.*T180000/g)).toHaveLength(50);
      }
    },
  );

  it('17. `Mars/Base`, `../../etc/passwd`, a 10 kB zone: refused where a zone is set, and left unread elsewhere', async () => {
    await write(deleteAllRows);
    const practice = {
      name: 'Harbour',
      ownerName: 'Ruth',
      ownerEmail: 'r@h.example',
      currency: 'EUR',
      locale: 'en-IE',
    };
    for (const timeZone of ['Mars/Base', '../../etc/passwd', 'x'.repeat(10_000)]) {
      const result = await setUpPractice({ ...practice, address: '', phone: '', timeZone }, NOW);
      expect(result).toMatchObject({ ok: false, issues: [{ path: ['timeZone'] }] });
    }
    expect(await (await reader()).$count(practices)).toBe(0);
  });
});

describe('access', () => {
  it('18. Every action with no token, another’s token, or a sign-in cookie alone: 401 or 404, nothing changed', async () => {
    const {
      uid,
      appointments: [entry],
    } = await booked();
    const before = await everything();
    const calls = [
      ['GET', `series/${uid}`, undefined],
      ['POST', `appointments/${entry.uid}/cancel`, { scope: 'this' }],
      ['POST', `appointments/${entry.uid}/move`, { startsAt: '2026-12-02T18:00:00Z', scope: 'this' }],
    ] as const;
    for (const [method, path, body] of calls) {
      const cookie = { cookie: 'next-auth.session-token=made-up' };
      expect((await callApi(method, path, { body, headers: cookie })).status).toBe(401);
      expect((await callApi(method, path, { body, token: deriveManageToken('another') })).status).toBe(404);
    }
    expect(await everything()).toBe(before);
  });

  it('20. Manage token with one character changed, cut, of another series: 404; read 100 times: nothing changes', async () => {
    const { uid, manageToken } = await booked();
    const other = await (await book({ ...once, appointments: [tuesdays(2)[1]] }, 'other')).json();
    const before = await everything();
    const last = manageToken.at(-2) === 'A' ? 'B' : 'A';
    const wrong = [manageToken.slice(0, -2) + last + manageToken.at(-1), manageToken.slice(0, -1), other.manageToken];
    for (const token of wrong) expect((await callApi('GET', `series/${uid}`, { token })).status).toBe(404);
    for (let k = 0; k < 100; k++)
      expect((await callApi('GET', `series/${uid}`, { token: manageToken })).status).toBe(200);
    expect(await everything()).toBe(before);
  });

  it('22. Forwarded-host and proto headers forged: links keep BASE_URL', async () => {
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example' };
    const { manageUrl } = await (await book(once, 'key-1', forged)).json();
    expect(manageUrl).toMatch(/^https:\/\/massage\.example\//);
    expect(await everything()).not.toContain('evil.example');
  });
});

describe('injection', () => {
  it.each(['<script>alert(1)</script>', '</script>', '{{7*7}} <%= 7 %>', 'Ana \u202Etsoc'])(
    '23. Script, `</script>`, template braces, right-to-left override (%s): kept and answered as text',
    async (words) => {
      const { uid, manageToken } = await (
        await book({ ...once, client: { ...ANA, name: words }, note: words, consent: true })
      ).json();
      const view = await (await callApi('GET', `series/${uid}`, { token: manageToken })).json();
      expect([view.client.name, view.note]).toEqual([words.replace('\u202E', ''), words]);
    },
  );

  it('23. 1 MB in names, notes, questions: 422 or 413, nothing is stored', async () => {
    const long = 'x'.repeat(900_000);
    await refused([
      { ...once, client: { ...ANA, name: long } },
      { ...once, note: long },
      { ...once, question: long },
    ]);
    await refused([{ ...once, note: long + long }], 413);
  });

  it('23. Half of a character, which no page or mail could show: 422', async () => {
    await refused([
      { ...once, client: { ...ANA, name: 'Ana \uD83C' } },
      { ...once, note: '\uDFFF' },
    ]);
  });

  it('24. CRLF in name or e-mail, two addresses, a quoted one, 300 characters: 422, no mail', async () => {
    await refused([
      { ...once, client: { ...ANA, name: 'Ana\r\nBcc: all@example.org' } },
      ...['a@x.com\r\nBcc: b@y.com', 'a@x.com,b@y.com', '"a@evil"@good', `${'x'.repeat(290)}@example.org`].map(
        (email) => ({ ...once, client: { ...ANA, email } }),
      ),
    ]);
    expect(await (await reader()).$count(outbox)).toBe(0);
  });

  it('25. `\\nBEGIN:VALARM` in a name: 422, before it could come into a calendar file', async () => {
    await refused([{ ...once, client: { ...ANA, name: 'Ana\nBEGIN:VALARM' } }]);
  });

  it('26. `__proto__`, arrays for strings, 10⁵-deep nesting: 4xx fast', async () => {
    const began = performance.now();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await refused([
      '{"__proto__":{"service":"swedish"}}',
      { ...once, service: ['swedish'] },
      { ...once, client: { ...ANA, name: ['Ana'] } },
      `{"client":${deep}}`,
    ]);
    expect(({} as Record<string, unknown>).service).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('26. A compressed body: 415; one that ends before it is whole: 400, and no word of it in the log', async () => {
    expect((await book(once, 'compressed', { 'content-encoding': 'gzip' })).status).toBe(415);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const cut = new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{')),
      pull: (stream) => stream.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
    });
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'cut' };
    const sent = { method: 'POST', headers, body: cut, duplex: 'half' } as RequestInit;
    const answer = await POST(new Request('http://127.0.0.1:3000/api/v1/series', sent), {});
    expect([answer.status, (await readProblem(answer)).code]).toEqual([400, 'invalid']);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('27. Cross-site post, `Origin: null`, a sibling subdomain: 403; GET on any changing route: nothing changes', async () => {
    const {
      appointments: [entry],
    } = await booked();
    const before = await everything();
    const elsewhere = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { origin: 'https://shop.massage.example', 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[];
    for (const headers of elsewhere) expect((await book(once, 'elsewhere', headers)).status).toBe(403);
    for (const path of ['series', `appointments/${entry.uid}/cancel`, `appointments/${entry.uid}/move`])
      expect((await callApi('GET', path)).status).toBe(405);
    expect(await everything()).toBe(before);
  });
});

describe('faults', () => {
  it('29. A PostgreSQL that has gone: 503 with Retry-After for reads too, and again as it was once it is back', async () => {
    const away = await connectDatabase('postgres://nobody@127.0.0.1:9/nowhere');
    setConnectionForTests(away);
    try {
      for (const path of ['services', 'therapists', 'openings?service=swedish&minutes=60&from=2026-12-01&days=1']) {
        const answer = await callApi('GET', path);
        expect(await readProblem(answer)).toMatchObject({ status: 503, code: 'busy' });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    } finally {
      setConnectionForTests(connection());
      await away.close();
    }
    expect((await callApi('GET', 'services')).status).toBe(200);
  });

  it('29. A second process holding the write lock: 503 with Retry-After in 6 s, for all that wait; reads go on', async () => {
    const other = await another();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isHeld = () => {};
    const lockHeld = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const foreign = other.transact(async (tx, undo) => {
      const numbers = await getOrCreateResourceNumbers(tx, ['therapist:mira']);
      const cell = { resource: numbers.get('therapist:mira')!, cell: Date.parse(START) / 300_000, owner: 1 };
      await tx.insert(claims).values({ ...cell, kind: CLAIM_KINDS.external });
      isHeld();
      await held;
      return undo(undefined);
    });
    await lockHeld;
    const began = performance.now();
    const waiting = Promise.all(Array.from({ length: 40 }, (_, k) => book(once, `waiting-${k}`)));
    expect((await callApi('GET', 'services')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(2000);
    for (const answer of await waiting) {
      expect(await readProblem(answer)).toMatchObject({ status: 503, code: 'busy' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(performance.now() - began).toBeLessThan(8000); // up to 5 s for the lock, the rest for a busy machine
    letGo();
    await foreign;
    expect((await book(once)).status).toBe(201);
  });
});
