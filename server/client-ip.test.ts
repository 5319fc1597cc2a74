import type { IncomingMessage } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { normalizeIp, stampClientIp } from './client-ip';

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:5000', '203.0.113.9'],
  [' "203.0.113.9:5000" ', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9'],
  ['[::ffff:203.0.113.9]:80', '203.0.113.9'],
  ['2001:db8::1', '2001:db8::1'],
  ['2001:0DB8:0:0::0001', '2001:db8::1'],
  ['[2001:db8::1]:5000', '2001:db8::1'],
  ['"[2001:db8::1]"', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
])('51. the address in %j is %s, in whatever form it comes', (input, address) => {
  expect(normalizeIp(input)).toBe(address);
});

it.each(['', 'unknown', '_hidden', '203.0.113', '203.0.113.9:x', '2001:db8', 'a'.repeat(5_000), undefined])(
  '51. %j is no address',
  (input) => expect(normalizeIp(input)).toBeNull(),
);

describe('a request that comes straight from its sender', () => {
  function isDirect(headers: Record<string, string>, httpVersion = '1.1'): boolean {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const request = { headers: { host: '127.0.0.1:3000', ...headers }, httpVersion, socket: {} };
    stampClientIp(request as unknown as IncomingMessage);
    logged.mockRestore();
    return (request.headers as Record<string, string>)['x-fortnight-direct'] === '1';
  }

  it('has none of the headers that a proxy writes', () => {
    expect(isDirect({ 'user-agent': 'curl/8', accept: '*/*', 'x-requested-with': 'XMLHttpRequest' })).toBe(true);
  });

  it.each([
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-port',
    'x-forwarded-server',
    'x-original-forwarded-for',
    'x-original-host',
    'x-real-ip',
    'x-client-ip',
    'x-cluster-client-ip',
    'true-client-ip',
    'cf-connecting-ip',
    'cf-ray',
    'cdn-loop',
    'fastly-client-ip',
    'fly-client-ip',
    'x-envoy-external-address',
    'x-amzn-trace-id',
    'x-azure-clientip',
    'x-appengine-user-ip',
    'forwarded',
    'via',
  ])('does not hold %s', (name) => expect(isDirect({ [name]: '203.0.113.9' })).toBe(false));

  // nginx with no more than proxy_pass writes no header at all, names us by our own address, and speaks HTTP/1.0.
  it('is not of HTTP/1.0', () => expect(isDirect({}, '1.0')).toBe(false));

  it('cannot claim to be direct by a header of its own', () => {
    expect(isDirect({ 'x-fortnight-direct': '1', via: '1.1 x' })).toBe(false);
  });
});
