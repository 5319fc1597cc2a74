// Where this site lives, and which addresses belong to it. Read from the environment, never from a request: any client
// can write Host and X-Forwarded-* headers.

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** `https://massage.example`, without a slash at the end. */
export function baseUrl(): string {
  const configured = process.env.BASE_URL ?? '';
  // Vite sets a BASE_URL of its own, "/", in every test.
  const own = /^https?:\/\//.test(configured) ? configured : `http://127.0.0.1:${process.env.PORT || 3000}`;
  return own.replace(/\/+$/, '');
}

export function isHttps(): boolean {
  return baseUrl().startsWith('https:');
}

export function isLoopbackName(host: string): boolean {
  return LOOPBACK_HOSTS.includes(host);
}

/** Whether only this computer can reach the server. */
export function listensOnLoopback(): boolean {
  const host = process.env.HOST || '127.0.0.1';
  return [...LOOPBACK_HOSTS, '::1'].includes(host);
}

/**
 * Whether a person or program on this computer is asking, and nobody else can: the server, the site and the request all
 * name this computer, and no proxy stands between. Through a proxy anybody could ask.
 */
export function isFromThisComputer(headers: Pick<Headers, 'get'>): boolean {
  return (
    listensOnLoopback() &&
    isLoopbackName(new URL(baseUrl()).hostname) &&
    LOOPBACK_ADDRESSES.includes(headers.get('x-fortnight-address') ?? '') &&
    headers.get('x-fortnight-direct') === '1' &&
    OWN_NAMES.test(headers.get('host') ?? '')
  );
}

/** Every origin that a page of this site may have. A loopback address has three names. */
export function ownOrigins(): string[] {
  const own = new URL(baseUrl());
  if (!LOOPBACK_HOSTS.includes(own.hostname)) return [own.origin];
  // Without BASE_URL and open to the network, `npm start` adds this computer's own network addresses.
  const lan = (process.env.FORTNIGHT_LAN_ORIGINS ?? '').split(' ').filter(Boolean);
  return [...LOOPBACK_HOSTS.map((host) => `${own.protocol}//${host}${own.port && `:${own.port}`}`), ...lan];
}

/**
 * Where to go after signing in: a path on this site, or `otherwise`. Addresses that a browser could read as another
 * host, another scheme or a second header are refused.
 */
export function safeRedirectPath(address: unknown, otherwise = '/'): string {
  if (typeof address !== 'string' || address.length > 2000 || hasControlOrBackslash(address)) return otherwise;
  const isPath = address.startsWith('/') && !address.startsWith('//');
  if (!isPath && !ownOrigins().some((origin) => address === origin || address.startsWith(`${origin}/`)))
    return otherwise;
  if (!URL.canParse(address, baseUrl())) return otherwise;
  const url = new URL(address, baseUrl());
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/.//evil.example" resolves to a path that begins with two slashes.
  return ownOrigins().includes(url.origin) && !path.startsWith('//') ? path : otherwise;
}

function hasControlOrBackslash(text: string): boolean {
  return [...text].some((character) => character <= ' ' || character === '\\' || character === '\u007f');
}
