import { randomBytes } from 'node:crypto';
import { buildNewAddressUrl, buildSignInUrl } from '@/db/access/sign-in-url';
import type { Owner, Staff } from '@/db/access/viewer';
import { emailAddressSchema } from '@/db/input/field-schemas';
import { requestAddressChange } from '@/db/messages/address-change';
import { storeAndQueueSignInLink, storeFirstSignInLink } from '@/db/messages/sign-in';
import { RETENTION } from '@/db/retention';
import { log } from '@/log';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { safeRedirectPath } from '@/site-address';

// The links that are sent to people who sign in. Without a mail server they are printed where the server was started,
// except the first one of a new colleague, which the owner is shown. auth.ts uses them up.

const LINK_LIVES = RETENTION.signInLinkMinutes * 60_000;
const SAME_WAIT_MS = 250;

/** The minimum time of an answer, the same for known and unknown addresses: nobody may learn who has an account. */
export function waitSameTime(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SAME_WAIT_MS));
}

/**
 * Writes a sign-in link to the outbox when the address belongs to a user. It returns nothing, and takes as long for a
 * stranger: nobody may learn who has an account.
 */
export async function requestSignInLink(address: unknown, callbackUrl: unknown, now = Date.now()): Promise<void> {
  const wait = waitSameTime();
  await sendLink(address, safeRedirectPath(callbackUrl, ''), now);
  await wait;
}

async function sendLink(address: unknown, callbackUrl: string, now: number): Promise<void> {
  const email = readSignInAddress(address);
  if (!email) return;
  const nonce = newNonce();
  const link = { email, nonce, expiresAt: now + LINK_LIVES, callbackUrl };
  const isStored = await storeAndQueueSignInLink(link, now);
  log('info', 'sign_in_asked', { known: isStored });
  if (isStored && !isMailEnabled())
    process.stdout.write(
      `No mail server is set. Sign-in link for ${email}, good for an hour:\n  ${buildSignInUrl(link, email)}\n`,
    );
}

/**
 * The first sign-in link of a new user, for the owner to hand over where no mail server sends it. It works once, within
 * an hour, and is neither printed nor put into the outbox. Null where there is a mail server, or the user has signed in
 * before.
 */
export async function makeFirstSignInLink(viewer: Owner, userId: string, now = Date.now()): Promise<string | null> {
  if (isMailEnabled()) return null;
  const nonce = newNonce();
  const email = await storeFirstSignInLink(viewer, userId, { nonce, expiresAt: now + LINK_LIVES }, now);
  return email && buildSignInUrl({ nonce, callbackUrl: '/practice/calendar' }, email);
}

/** Sends a member of staff the link with which they change the address that they sign in with. */
export async function requestNewAddress(viewer: Staff, address: unknown, now = Date.now()) {
  const requested = await requestAddressChange(viewer, address, { now });
  if (requested.ok && !isMailEnabled())
    process.stdout.write(
      `No mail server is set. Link for signing in as ${requested.newEmail} from now on, good for an hour:\n  ${buildNewAddressUrl(requested.changeId)}\n`,
    );
  return requested;
}

function newNonce(): string {
  return randomBytes(24).toString('base64url');
}

/** The address as it is stored, or an empty string where it cannot belong to anybody. */
export function readSignInAddress(input: unknown): string {
  return emailAddressSchema.safeParse(input).data ?? '';
}
