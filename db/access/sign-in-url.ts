import { createHash, createHmac } from 'node:crypto';
import { baseUrl } from '@/site-address';
import { makeEarlierAddressToken, makeNewAddressToken } from './emailed-link-tokens';

// A link to sign in is made from a nonce and AUTH_SECRET when its e-mail is sent. So neither the nonce in the outbox nor
// the stored hash, by which a used link is looked up, opens anything by itself.

export function buildSignInUrl(request: { nonce: string; callbackUrl: string }, email: string): string {
  const query = new URLSearchParams({ token: tokenOf(request.nonce), email });
  if (request.callbackUrl) query.set('callbackUrl', request.callbackUrl);
  return `${baseUrl()}/sign-in/confirm?${query}`;
}

/** Where a member of staff confirms the address with which they want to sign in. */
export function buildNewAddressUrl(changeId: string): string {
  return `${baseUrl()}/practice/address/${makeNewAddressToken(changeId)}`;
}

/** Where whoever reads the earlier address puts it back. */
export function buildEarlierAddressUrl(changeId: string): string {
  return `${baseUrl()}/sign-in/earlier-address/${makeEarlierAddressToken(changeId)}`;
}

/** Hashes a token as next-auth does before it looks for it. */
export function hashSignInToken(nonce: string): string {
  return createHash('sha256')
    .update(`${tokenOf(nonce)}${secret()}`)
    .digest('hex');
}

function tokenOf(nonce: string): string {
  return `${nonce}.${createHmac('sha256', secret()).update(`sign-in:${nonce}`).digest('base64url')}`;
}

function secret(): string {
  const configured = process.env.AUTH_SECRET;
  if (!configured) throw new Error('AUTH_SECRET is not set: nobody can sign in without it.');
  return configured;
}
