/**
 * Whom to count a request against: the address `npm start` stamped on it (scripts/caller-address.mjs). An IPv6
 * network of one household or machine counts as one address.
 */
export function addressOf(headers: Pick<Headers, 'get'>): string {
  const address = (headers.get('x-fortnight-address') ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!address.includes(':')) return address || 'unknown';
  // "::" stands for as many zeros as are missing to eight groups; an IPv4 tail is two of them.
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const written = head.length + tail.length + (address.includes('.') ? 1 : 0);
  const zeros = Array.from({ length: Math.max(0, 8 - written) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
