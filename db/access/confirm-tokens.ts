import { createHmac, timingSafeEqual } from 'node:crypto';

// The link that only an e-mail holds: whoever presses it reads that address. It names a series, or a request that waits
// to be booked, and is made anew whenever it is needed: 16 bytes of the id and 16 of a keyed hash.

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function confirmTokenOf(id: string): string {
  if (!UUID.test(id)) throw new Error('Only a UUID can be confirmed by a link.');
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, signatureOf(id)]).toString('base64url');
}

/** The id a link was made for, or null where this server made no such link. */
export function readConfirmToken(token: string): string | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const id = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(bytes.subarray(16), signatureOf(id)) && confirmTokenOf(id) === token ? id : null;
}

function signatureOf(id: string): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: links cannot be made without it.');
  return createHmac('sha256', secret).update(`confirm:${id}`).digest().subarray(0, 16);
}
