import { expect, it } from 'vitest';
import { getClientIp } from './client-ip';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2a00::1:0:0:0:1', '2a00:0:0:1::/64'],
  ['2a00::2:0:0:0:1', '2a00:0:0:2::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['', 'unknown'],
])('counts a request from %s under %s', (address, counted) => {
  expect(getClientIp(new Headers({ 'x-fortnight-address': address }))).toBe(counted);
});
