import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import process from 'node:process';

/** Headers that proxies, load balancers and content networks write, and browsers do not. */
const SIGN_OF_A_PROXY =
  /^(x-forwarded(-.+)?|x-original-.+|x-real-ip|x-(cluster-)?client-ip|true-client-ip|forwarded|via|cdn-loop|(cf|fly|fastly|x-envoy|x-amzn|x-azure|x-appengine)-.+)$/;
let hasWarned = false;

/**
 * Stamps a request with the address it came from, over whatever stood there: Next gives a handler no socket, only
 * headers, and any client can write those. Behind a proxy that appends to X-Forwarded-For, `TRUST_PROXY=1` takes the
 * address that proxy saw. Whether a proxy stood between is stamped too: Next adds such headers of its own.
 */
export function stampClientIp({ headers, httpVersion, socket }: IncomingMessage): void {
  const isTrusted = process.env.TRUST_PROXY === '1';
  const isForwarded = Object.keys(headers).some((name) => SIGN_OF_A_PROXY.test(name));
  if (isForwarded && !isTrusted) warnOnce();
  // Several headers of one name come joined: the last address is the one that the nearest proxy wrote.
  const forwarded = isTrusted
    ? normalizeIp(
        String(headers['x-forwarded-for'] ?? '')
          .split(',')
          .at(-1),
      )
    : null;
  // nginx with no more than proxy_pass writes none of them, names us by our own address, and speaks HTTP/1.0.
  headers['x-fortnight-direct'] = isForwarded || httpVersion === '1.0' ? '0' : '1';
  headers['x-fortnight-address'] = forwarded ?? normalizeIp(socket.remoteAddress) ?? '';
}

/**
 * The address alone, in one spelling: without quotes, brackets, port and zone (RFC 7239, 6), and IPv4 where it is an
 * IPv4 address written as IPv6. Null when it is no address.
 */
export function normalizeIp(address: string | undefined): string | null {
  const text = (address ?? '')
    .trim()
    .slice(0, 100)
    .replace(/^"(.*)"$/, '$1');
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, v4] = /^(\d+(?:\.\d+){3})(?::\d+)?$/.exec(text) ?? [];
  const bare = (bracketed ?? v4 ?? text).split('%', 1)[0] ?? '';
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) !== 6) return null;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const parts = [high, low].map((part) => Number.parseInt(part, 16));
  return parts.flatMap((part) => [part >> 8, part & 255]).join('.');
}

// Behind an untrusted proxy, limits count all visitors as one, and one visitor could use up everybody's limit.
function warnOnce(): void {
  if (hasWarned) return;
  hasWarned = true;
  const words =
    'A request came through a proxy, and TRUST_PROXY is not set: all visitors count as one. Set TRUST_PROXY=1 if the proxy is yours and sets X-Forwarded-For.';
  console.error(JSON.stringify({ at: new Date().toISOString(), level: 'warn', event: 'proxy_not_trusted', words }));
}
