import { randomUUID } from 'node:crypto';
import { and, eq, gt, ne } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { readNewAddressToken } from '@/db/access/emailed-link-tokens';
import type { Owner, Staff } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { emailAddressSchema, toIssues } from '@/db/input/field-schemas';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { RETENTION } from '@/db/retention';
import { addressChanges, users, verificationTokens } from '@/db/schema';
import { dropOutdatedMessages, putInOutbox, type StoredFacts } from './outbox';
import { findViewerByUserId, hasEverSignedIn } from './sign-in';

// The e-mail address with which a member of staff signs in. They change their own: a link that is sent to the new
// address makes the change, so nobody is locked out by a slip of the finger. An owner may correct a colleague's only
// until that colleague has signed in: later they could sign in as the colleague.

export interface AddressChange {
  newEmail: string;
  /** The name of the member of staff. */
  name: string;
  expiresAt: number;
}

/** Notes the address that a member of staff wants to sign in with, and queues the link for it. The last one counts. */
export async function requestAddressChange(
  viewer: Staff,
  input: unknown,
  { now }: Clock,
): Promise<{ ok: true; changeId: string; newEmail: string } | Invalid> {
  const parsed = parseAddress(input);
  if (!parsed.ok) return parsed;
  const { email: newEmail } = parsed;
  return transact<{ ok: true; changeId: string; newEmail: string } | Invalid>(async (tx) => {
    const wrong = await findAddressIssue(tx, viewer.userId, newEmail);
    if (wrong) return wrong;
    const changeId = randomUUID();
    const expiresAt = now + RETENTION.signInLinkMinutes * 60_000;
    await deleteChange(tx, eq(addressChanges.userId, viewer.userId), now);
    await tx.insert(addressChanges).values({ id: changeId, userId: viewer.userId, newEmail, expiresAt });
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, {
      notification: { kind: 'new_address', practice, changeId, expiresAt },
      toEmail: newEmail,
      now,
    });
    await record(tx, viewer, 'new address asked for', viewer.userId, now);
    return { ok: true, changeId, newEmail };
  });
}

/** The change that a member of staff has asked for and not confirmed yet. */
export async function getOpenAddressChange(viewer: Staff, now: number): Promise<AddressChange | null> {
  return findOpen(await reader(), eq(addressChanges.userId, viewer.userId), now);
}

/** What a link would change; null when it has ended. */
export async function readAddressChange(token: string, now: number): Promise<AddressChange | null> {
  const id = readNewAddressToken(token);
  return id === null ? null : findOpen(await reader(), eq(addressChanges.id, id), now);
}

export async function isAddressChangeOpen(db: Db, changeId: string, now: number): Promise<boolean> {
  return (await findOpen(db, eq(addressChanges.id, changeId), now)) !== null;
}

/** Makes the change that a link is for. Links to sign in that were sent to the earlier address end. */
export async function confirmAddressChange(
  token: string,
  { now }: Clock,
): Promise<{ ok: true; userId: string } | Refusal<'ended' | 'in_use'>> {
  const id = readNewAddressToken(token);
  if (id === null) return { ok: false, reason: 'ended' };
  return transact<{ ok: true; userId: string } | Refusal<'ended' | 'in_use'>>(async (tx) => {
    // Two links that are pressed at the same time take turns.
    await lockPractice(tx);
    const change = await findOpen(tx, eq(addressChanges.id, id), now);
    const viewer = change && (await findViewerByUserId(change.userId, tx));
    if (!change || !viewer || viewer.role === 'client') return { ok: false, reason: 'ended' };
    if (await isTaken(tx, viewer.userId, change.newEmail)) return { ok: false, reason: 'in_use' };
    await deleteChange(tx, eq(addressChanges.id, id), now);
    await replaceAddress(tx, viewer, change.newEmail, now);
    await tx
      .update(users)
      .set({ emailVerified: new Date(now) })
      .where(eq(users.id, viewer.userId));
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, { notification: { kind: 'address_changed', practice }, toEmail: viewer.email, now });
    await record(tx, viewer, 'address changed', viewer.userId, now);
    return { ok: true, userId: viewer.userId };
  });
}

/** Corrects the address of a colleague who has never signed in. */
export async function correctAddress(
  viewer: Owner,
  { userId, email: input }: { userId: string; email: unknown },
  { now }: Clock,
): Promise<{ ok: true; email: string } | Invalid | Refusal<'not_found' | 'signed_in'>> {
  const parsed = parseAddress(input);
  if (!parsed.ok) return parsed;
  const { email } = parsed;
  return transact<{ ok: true; email: string } | Invalid | Refusal<'not_found' | 'signed_in'>>(async (tx) => {
    // A first sign-in that runs at the same time either is seen here or finds the new address.
    await lockPractice(tx);
    const member = await findViewerByUserId(userId, tx);
    if (!member || member.role === 'client' || userId === viewer.userId) return { ok: false, reason: 'not_found' };
    if (await hasEverSignedIn(userId, tx)) return { ok: false, reason: 'signed_in' };
    const wrong = await findAddressIssue(tx, userId, email);
    if (wrong) return wrong;
    await replaceAddress(tx, member, email, now);
    await record(tx, viewer, 'address corrected', userId, now);
    return { ok: true, email };
  });
}

function parseAddress(input: unknown): { ok: true; email: string } | Invalid {
  const parsed = emailAddressSchema.safeParse(input);
  if (parsed.success) return { ok: true, email: parsed.data };
  return invalid(toIssues(parsed.error).map((issue) => ({ ...issue, path: ['email'] })));
}

async function findAddressIssue(tx: Db, userId: string, email: string): Promise<Invalid | null> {
  const [own] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId));
  const message =
    own?.email === email
      ? 'This is the address already.'
      : (await isTaken(tx, userId, email))
        ? 'Somebody else signs in with this address. Enter another.'
        : null;
  return message === null ? null : invalid([{ path: ['email'], message }]);
}

async function isTaken(tx: Db, userId: string, email: string): Promise<boolean> {
  const others = and(eq(users.email, email), ne(users.id, userId));
  return (await tx.select({ id: users.id }).from(users).where(others)).length > 0;
}

async function replaceAddress(
  tx: Db,
  { userId, email: earlier }: { userId: string; email: string },
  email: string,
  now: number,
): Promise<void> {
  await tx.update(users).set({ email }).where(eq(users.id, userId));
  await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, earlier));
  await dropOutdatedMessages(tx, earlier, ({ kind }) => kind === 'sign_in', now);
}

/** Deletes a change that was asked for, and its e-mail if that has not been sent. */
async function deleteChange(tx: Db, which: ReturnType<typeof eq>, now: number): Promise<void> {
  const [ended] = await tx.delete(addressChanges).where(which).returning();
  if (!ended) return;
  const isIts = (facts: StoredFacts) => facts.kind === 'new_address' && facts.changeId === ended.id;
  await dropOutdatedMessages(tx, ended.newEmail, isIts, now);
}

async function findOpen(db: Db, which: ReturnType<typeof eq>, now: number) {
  const [found] = await db
    .select({ change: addressChanges, name: users.name, email: users.email })
    .from(addressChanges)
    .innerJoin(users, eq(users.id, addressChanges.userId))
    .where(and(which, gt(addressChanges.expiresAt, now)))
    .limit(1);
  return found ? { ...found.change, name: found.name ?? found.email } : null;
}

async function record(
  tx: Db,
  viewer: Parameters<typeof getAuditActor>[0],
  action: AuditAction,
  userId: string,
  now: number,
): Promise<void> {
  await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: `user:${userId}`, facts: {} });
}
