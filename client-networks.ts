// By which address a request is counted: one rule for the server (server/http-server.ts) and for every rate limit
// behind it.

/**
 * The rate-limit key for the address that server/client-ip.ts stamped: the IPv6 network of one household or machine
 * counts as one sender.
 */
export function rateLimitKeyOf(stamped: string): string {
  const address = stamped.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!address.includes(':')) return address || 'unknown';
  // "::" stands for the zeros that are missing to make eight groups; an IPv4 tail counts as two groups.
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const written = head.length + tail.length + (address.includes('.') ? 1 : 0);
  const zeros = Array.from({ length: Math.max(0, 8 - written) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}

export interface NetworkSize {
  bits: 64 | 56 | 48;
  factor: number;
}

/**
 * A provider gives one customer up to 65,536 IPv6 networks, so wider networks are counted too, with room for
 * neighbours. Each may use `factor` times what one sender may.
 */
export const NETWORK_SIZES: readonly NetworkSize[] = [
  { bits: 64, factor: 1 },
  { bits: 56, factor: 4 },
  { bits: 48, factor: 16 },
];

/** The key of a sender's network of this size; null where there is none, as for IPv4. */
export function networkKeyOf(sender: string, { bits }: Pick<NetworkSize, 'bits'>): string | null {
  if (bits === 64) return sender;
  const groups = /^((?:[\da-f]{1,4}:){4}):\/64$/i.exec(sender)?.[1]?.split(':');
  if (!groups) return null;
  const last = bits === 56 ? [(Number.parseInt(groups[3] ?? '', 16) & 0xff00).toString(16)] : [];
  return `${[...groups.slice(0, 3), ...last].join(':')}::/${bits}`;
}
