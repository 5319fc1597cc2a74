import process from 'node:process';

/**
 * Stamps a request with the address it came from, over whatever stood there: Next tells a handler no socket, only
 * headers, and those are written by whoever asks. Behind a proxy that appends to X-Forwarded-For, `TRUST_PROXY=1`
 * takes the address that proxy saw.
 */
export function stampAddress(req) {
  const forwarded = process.env.TRUST_PROXY === '1' && req.headers['x-forwarded-for']?.split(',').at(-1).trim();
  req.headers['x-fortnight-address'] = forwarded || (req.socket.remoteAddress ?? '');
}
