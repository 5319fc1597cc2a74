import { createHash, timingSafeEqual } from 'node:crypto';

const HERE = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** May this caller read the metrics: a program on this computer, or one with the token? */
export function mayReadMetrics(headers: Pick<Headers, 'get'>, token: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token && given && timingSafeEqual(digest(given), digest(token))) return true;
  return (
    HERE.includes(headers.get('x-fortnight-address') ?? '') &&
    // A reverse proxy on this computer also comes from loopback, and brings the whole world with it.
    headers.get('x-fortnight-direct') === '1' &&
    OWN_NAMES.test(headers.get('host') ?? '')
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
