import process from 'node:process';

const SIGNS_OF_A_PROXY = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

/**
 * Stamps a request with the address it came from, over whatever stood there: Next tells a handler no socket, only
 * headers, and those are written by whoever asks. Behind a proxy that appends to X-Forwarded-For, `TRUST_PROXY=1`
 * takes the address that proxy saw. Whether a proxy stood between is stamped too: Next adds such headers of its own.
 */
export function stampAddress(req) {
  const forwarded = process.env.TRUST_PROXY === '1' && req.headers['x-forwarded-for']?.split(',').at(-1).trim();
  const isDirect = !SIGNS_OF_A_PROXY.some((name) => name in req.headers);
  req.headers['x-fortnight-direct'] = isDirect ? '1' : '0';
  req.headers['x-fortnight-address'] = forwarded || (req.socket.remoteAddress ?? '');
}
