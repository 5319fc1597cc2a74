import { createHash, createHmac } from 'node:crypto';
import { baseUrl } from '@/site-address';

// The link of a sign-in mail is made when it is sent, from a nonce and AUTH_SECRET: what the outbox keeps opens
// nothing by itself, and neither does the hash that is looked for when the link is spent.

export function buildSignInUrl(request: { nonce: string; callbackUrl: string }, email: string): string {
  const query = new URLSearchParams({ token: tokenOf(request.nonce), email });
  if (request.callbackUrl) query.set('callbackUrl', request.callbackUrl);
  return `${baseUrl()}/sign-in/confirm?${query}`;
}

/** As next-auth hashes the token of a link before it looks for it. */
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
