import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as load from '@/app/book/booking-context';
import { makePlanKey } from '@/app/book/browser-id-and-plan-key';
import { findHold } from '@/db/booking/holds';
import { DatabaseBusy } from '@/db/connection/database-busy';
import { reader } from '@/db/connection/database-client';
import { claims } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW as TESTS_NOW } from '@/db/testing/test-requests';
import { type HoldAnswer, POST } from './route';

// Stands in for Next's request: the cookies of one browser.
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
beforeEach(() => {
  jar.clear();
  vi.stubEnv('RATE_LIMITS', 'off');
});
vi.useFakeTimers({ now: TESTS_NOW, toFake: ['Date'] });
setUpTestDatabase({ now: TESTS_NOW });

const KEY = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01';
const OTHER = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a02';
const PLAN = 'type=swedish&minutes=60&cadence=weekly&sessions=5&on=2026-12-01&time=18:00&with=mira&step=you';

async function post(query: string): Promise<Response> {
  const body = new FormData();
  body.set('address', `/book?${query}`);
  return POST(new Request('http://localhost/book/hold', { method: 'POST', body }));
}
const hold = async (query: string) => (await (await post(query)).json()) as HoldAnswer;

describe('the hold of an open form', () => {
  it('lasts ten minutes, says so, and belongs to the plan in this browser', async () => {
    const answer = await hold(`${PLAN}&key=${KEY}`);
    const held = {
      until: TESTS_NOW + 600_000,
      leftMs: 600_000,
      words: expect.stringMatching(/^The first three are held for you until \d\d:\d\d\.$/),
    };
    expect(answer).toEqual({ held });
    const [browser] = [...jar.values()];
    expect(await findHold(makePlanKey(KEY, browser ?? ''), { people: 1, now: TESTS_NOW })).toEqual({
      expiresAt: TESTS_NOW + 600_000,
      dates: 3,
    });
  });
  it('is replaced when the same browser holds that time for another plan', async () => {
    await hold(`${PLAN}&key=${KEY}`);
    expect(await hold(`${PLAN}&key=${OTHER}`)).toHaveProperty('held');
  });
  it('covers the first date only for a second reader of one network, says so, and says when it covers none', async () => {
    vi.stubEnv('RATE_LIMITS', 'on');
    const anotherReader = (query: string) => {
      jar.clear();
      return hold(`${query}&key=${KEY}`);
    };
    expect(await anotherReader(PLAN)).toHaveProperty('held');
    const others = ['2026-12-02', '2026-12-03', '2026-12-09'].map((on) => PLAN.replace('2026-12-01', on));
    const first = {
      held: expect.objectContaining({ words: expect.stringMatching(/^The first is held for you until/) }),
    };
    expect(await anotherReader(others[0]!)).toEqual(first);
    expect(await anotherReader(others[1]!)).toEqual(first);
    expect(await anotherReader(others[2]!)).toEqual({
      notHeld: expect.stringMatching(/^These dates are not held for you .* You can still book them\.$/),
    });
  });
  it('leads another browser to the page that shows each date', async () => {
    await hold(`${PLAN}&key=${KEY}`);
    jar.clear();
    const answer = await hold(`${PLAN}&key=${KEY}`);
    expect(answer).toEqual({ lost: expect.stringMatching(/^\/book\?.*step=dates.*&lost=1$/) });
  });
  it('loads nothing for a sender over the limit, and holds nothing more for them', async () => {
    vi.stubEnv('RATE_LIMITS', 'on');
    const answers = [];
    for (let n = 0; n < 100 && answers.at(-1) !== null; n += 1) answers.push(await hold(`${PLAN}&key=${KEY}`));
    expect(answers[0]).toHaveProperty('held');
    expect(answers.at(-1)).toBeNull();
    const read = vi.spyOn(load, 'loadBookingContext').mockClear();
    expect(await hold(`${PLAN}&key=${KEY}`)).toBeNull();
    expect(read).not.toHaveBeenCalled();
  });
  it('answers a busy database with 503 and Retry-After, and works when asked again', async () => {
    vi.spyOn(load, 'loadBookingContext').mockRejectedValueOnce(new DatabaseBusy());
    const response = await post(`${PLAN}&key=${KEY}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(await hold(`${PLAN}&key=${KEY}`), 'asked again').toHaveProperty('held');
  });
  it('is refused without a plan, or with a broken form', async () => {
    expect(await hold(PLAN)).toBeNull();
    expect(await hold('step=you')).toBeNull();
    const broken = new Request('http://localhost/book/hold', { method: 'POST', body: 'x' });
    expect((await POST(broken)).status).toBe(400);
    expect(await (await reader()).select().from(claims)).toEqual([]);
  });
});
