import { expect, it } from 'vitest';
import { normalizeIp } from './client-ip';

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
])('51. the address in %j is %s, in whatever form it comes', (given, address) => {
  expect(normalizeIp(given)).toBe(address);
});

it.each(['', 'unknown', '_hidden', '203.0.113', '203.0.113.9:x', '2001:db8', 'a'.repeat(5_000), undefined])(
  '51. %j is no address',
  (given) => expect(normalizeIp(given)).toBeNull(),
);
