/**
 * Whom to count a request against: the address `npm start` stamped on it (scripts/caller-address.mjs). An IPv6
 * network of one household or machine counts as one address.
 */
export function addressOf(headers: Pick<Headers, 'get'>): string {
  const address = (headers.get('x-fortnight-address') ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!address.includes(':')) return address || 'unknown';
  const [head = ''] = address.split('::', 1);
  return `${[...head.split(':').filter(Boolean), '0', '0', '0', '0'].slice(0, 4).join(':')}::/64`;
}
