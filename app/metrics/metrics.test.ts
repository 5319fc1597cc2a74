import { afterEach, describe, expect, it, vi } from 'vitest';
import { countApiRefusal, getCounters, recordOutboxPoll } from '@/counters';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { formatPrometheusMetrics } from './prometheus-text';
import { GET } from './route';

vi.mock('next/server', () => ({ connection: async () => {} }));
setUpTestDatabase({ now: Date.UTC(2026, 10, 23, 9) });
afterEach(() => vi.unstubAllEnvs());

const LOCAL = { 'x-fortnight-address': '127.0.0.1', 'x-fortnight-direct': '1', host: '127.0.0.1:3000' };
const requestMetrics = (headers: Record<string, string>) =>
  GET(new Request('http://127.0.0.1:3000/metrics', { headers }));
const status = async (headers: Record<string, string>) => (await requestMetrics(headers)).status;

describe('who may read the metrics', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is a program on this computer (%s)', async (address) => {
    expect(await status({ ...LOCAL, 'x-fortnight-address': address })).toBe(200);
  });

  it.each([
    ['another computer', { 'x-fortnight-address': '203.0.113.7' }],
    ['a request without a stamped address', { 'x-fortnight-address': '' }],
    ['a proxy of this computer', { 'x-fortnight-direct': '0' }],
    ['one that keeps the public name', { host: 'massage.example' }],
    ['one with a token while none is set', { 'x-fortnight-address': '203.0.113.7', authorization: 'Bearer undefined' }],
  ])('is not %s', async (_, headers) => expect(await status({ ...LOCAL, ...headers })).toBe(404));

  it('is whoever has the token, from anywhere', async () => {
    vi.stubEnv('METRICS_TOKEN', 'open-sesame');
    const far = { 'x-fortnight-address': '203.0.113.7', host: 'massage.example' };
    expect(await status({ ...far, authorization: 'Bearer open-sesame' })).toBe(200);
    expect(await status({ ...far, authorization: 'Bearer open-sesam' })).toBe(404);
    expect(await status(far)).toBe(404);
  });
});

describe('the metrics', () => {
  it('are the counters, and figures from the database', async () => {
    countApiRefusal('taken');
    countApiRefusal('taken');
    recordOutboxPoll(Date.now() - 3_000);
    const answer = await requestMetrics(LOCAL);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain(`fortnight_doctor_first_total ${getCounters().doctorFirst}`);
    expect(text).toContain(`fortnight_api_refusals_total{code="taken"} ${getCounters().refusals.taken}`);
    expect(text).toMatch(/^fortnight_outbox_worker_age_seconds [3-9]/m);
    expect(text).toMatch(/^fortnight_database_bytes \d+$/m);
    expect(text).toContain('fortnight_outbox_waiting 0\n');
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"\})? \S+)$/);
  });

  it('leave out unknown values, and escape the values of labels', () => {
    const value = { label: 'of', counts: { 'a "b"\n\\': 1 } };
    expect(
      formatPrometheusMetrics([
        { name: 'unknown', kind: 'gauge', help: 'x', value: null },
        { name: 'known', kind: 'gauge', help: 'x', value },
      ]),
    ).toBe('# HELP known x\n# TYPE known gauge\nknown{of="a \\"b\\"\\n\\\\"} 1\n');
  });
});
