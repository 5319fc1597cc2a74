import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray, isNotNull, isNull, ne, type SQL } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { readEarlierAddressToken, readNewAddressToken } from '@/db/access/emailed-link-tokens';
import { endSessions } from '@/db/access/end-sessions';
import type { Owner, Staff } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { emailAddressSchema, toIssues } from '@/db/input/field-schemas';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS, RETENTION } from '@/db/retention';
import { addressChanges, outbox, users, verificationTokens } from '@/db/schema';
import {
  dropOutdatedMessages,
  isToTherapist,
  putInOutbox,
  type StoredFacts,
  unleasedMessageCondition,
  waitingMessageCondition,
} from './outbox';
import { findViewerByUserId, hasEverSignedIn } from './sign-in';

// The e-mail address with which a member of staff signs in. They change their own, by two proofs together: a link that
// is sent to the new address, opened where they are signed in. So neither a mistyped address nor a link that somebody
// else reads gives the account away. Whoever reads the earlier address can undo the change for some days. An owner may
// correct a colleague's only until that colleague has signed in: later they could sign in as the colleague.

export interface AddressChange {
  newEmail: string;
  /** The name of the member of staff. */
  name: string;
  expiresAt: number;
}

const UNDO_MS = 7 * DAY_MS;

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
    await lockPractice(tx);
    const wrong = await findAddressIssue(tx, viewer.userId, newEmail);
    if (wrong) return wrong;
    const changeId = randomUUID();
    const expiresAt = now + RETENTION.signInLinkMinutes * 60_000;
    await deleteChanges(tx, requestedBy(viewer.userId), now);
    await tx.insert(addressChanges).values({ id: changeId, userId: viewer.userId, newEmail, expiresAt });
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, {
      notification: { kind: 'new_address', practice, changeId, expiresAt },
      toEmail: newEmail,
      now,
    });
    await record(tx, getAuditActor(viewer), 'new sign-in address asked for', viewer.userId, now);
    return { ok: true, changeId, newEmail };
  });
}

/** The change that a member of staff has asked for and not confirmed yet. */
export async function getOpenAddressChange(viewer: Staff, now: number): Promise<AddressChange | null> {
  return findOpen(await reader(), requestedBy(viewer.userId), now);
}

/** What a link would change for the viewer; null when it has ended, or is for somebody else. */
export async function readAddressChange(viewer: Staff, token: string, now: number): Promise<AddressChange | null> {
  const id = readNewAddressToken(token);
  return id === null ? null : findOpen(await reader(), and(eq(addressChanges.id, id), requestedBy(viewer.userId)), now);
}

/** Whether the link of a change, to confirm or to undo it, still opens something. */
export async function isAddressChangeOpen(db: Db, changeId: string, now: number): Promise<boolean> {
  return (await findOpen(db, eq(addressChanges.id, changeId), now)) !== null;
}

/** Makes the change that a link is for. Links to sign in that were sent to the earlier address end. */
export async function confirmAddressChange(
  viewer: Staff,
  token: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'ended' | 'in_use'>> {
  const id = readNewAddressToken(token);
  if (id === null) return { ok: false, reason: 'ended' };
  return transact<{ ok: true } | Refusal<'ended' | 'in_use'>>(async (tx) => {
    // Two links that are pressed at the same time take turns, and so does whoever takes the same address.
    await lockPractice(tx);
    const change = await findOpen(tx, and(eq(addressChanges.id, id), requestedBy(viewer.userId)), now);
    if (!change) return { ok: false, reason: 'ended' };
    const { userId, newEmail, email: earlierEmail } = change;
    if (await isTaken(tx, userId, newEmail)) return { ok: false, reason: 'in_use' };
    const expiresAt = now + UNDO_MS;
    await tx.update(addressChanges).set({ earlierEmail, expiresAt }).where(eq(addressChanges.id, id));
    await dropOutdatedMessages(tx, newEmail, (facts) => isAbout(facts, [id]), now);
    await replaceAddress(tx, change, newEmail, now);
    await tx
      .update(users)
      .set({ emailVerified: new Date(now) })
      .where(eq(users.id, userId));
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, {
      notification: { kind: 'address_changed', practice, changeId: id, expiresAt },
      toEmail: earlierEmail,
      now,
    });
    await record(tx, getAuditActor(viewer), 'sign-in address changed', userId, now);
    return { ok: true };
  });
}

/** The address that a link puts back, and whose; null when it has ended. */
export async function readEarlierAddress(
  token: string,
  now: number,
): Promise<{ earlierEmail: string; name: string } | null> {
  const id = readEarlierAddressToken(token);
  const change = id === null ? null : await findOpen(await reader(), changedBy(id), now);
  return change && { earlierEmail: change.earlierEmail!, name: change.name };
}

/**
 * Undoes a change, for whoever reads the earlier address, and signs its user out everywhere. Changes that were made
 * after it cannot be undone any more.
 */
export async function putBackEarlierAddress(
  token: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'ended' | 'in_use'>> {
  const id = readEarlierAddressToken(token);
  if (id === null) return { ok: false, reason: 'ended' };
  return transact<{ ok: true } | Refusal<'ended' | 'in_use'>>(async (tx) => {
    await lockPractice(tx);
    const change = await findOpen(tx, changedBy(id), now);
    if (!change) return { ok: false, reason: 'ended' };
    const { userId, earlierEmail } = change;
    if (await isTaken(tx, userId, earlierEmail!)) return { ok: false, reason: 'in_use' };
    await deleteChanges(tx, eq(addressChanges.userId, userId), now);
    await replaceAddress(tx, change, earlierEmail!, now);
    await endSessions(tx, userId);
    await record(tx, 'reader', 'sign-in address put back', userId, now);
    return { ok: true };
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
    await lockPractice(tx);
    const member = await findViewerByUserId(userId, tx);
    if (!member || member.role === 'client' || userId === viewer.userId) return { ok: false, reason: 'not_found' };
    if (await hasEverSignedIn(userId, tx)) return { ok: false, reason: 'signed_in' };
    const wrong = await findAddressIssue(tx, userId, email);
    if (wrong) return wrong;
    await replaceAddress(tx, member, email, now);
    await record(tx, getAuditActor(viewer), 'sign-in address corrected', userId, now);
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
        ? 'Somebody else signs in with this address, or did before they left. Enter another.'
        : null;
  return message === null ? null : invalid([{ path: ['email'], message }]);
}

async function isTaken(tx: Db, userId: string, email: string): Promise<boolean> {
  const others = and(eq(users.email, email), ne(users.id, userId));
  return (await tx.select({ id: users.id }).from(users).where(others)).length > 0;
}

/** From now on they sign in with `email`. Links to the earlier address end, and what waits to be sent goes to the new. */
async function replaceAddress(
  tx: Db,
  { userId, email: earlier }: { userId: string; email: string },
  email: string,
  now: number,
): Promise<void> {
  await tx.update(users).set({ email }).where(eq(users.id, userId));
  await dropOutdatedMessages(tx, earlier, ({ kind }) => kind === 'sign_in', now);
  await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, earlier));
  const isFree = and(eq(outbox.toEmail, earlier), waitingMessageCondition, unleasedMessageCondition(now));
  const waiting = await tx.select({ id: outbox.id, facts: outbox.facts }).from(outbox).where(isFree);
  const ids = waiting.filter(({ facts }) => isToTherapist(facts)).map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .update(outbox)
      .set({ toEmail: email })
      .where(and(inArray(outbox.id, ids), isFree));
}

/** Deletes changes, and those of their e-mails that have not been sent. */
async function deleteChanges(tx: Db, which: SQL | undefined, now: number): Promise<void> {
  const ended = await tx.delete(addressChanges).where(which).returning();
  const ids = ended.map(({ id }) => id);
  for (const address of ended.flatMap(({ newEmail, earlierEmail }) => [newEmail, earlierEmail ?? newEmail]))
    await dropOutdatedMessages(tx, address, (facts) => isAbout(facts, ids), now);
}

function isAbout(facts: StoredFacts, changeIds: string[]): boolean {
  return (facts.kind === 'new_address' || facts.kind === 'address_changed') && changeIds.includes(facts.changeId);
}

/** Changes that this user has asked for and not confirmed. */
function requestedBy(userId: string): SQL | undefined {
  return and(eq(addressChanges.userId, userId), isNull(addressChanges.earlierEmail));
}

/** A change that was made. */
function changedBy(id: string): SQL | undefined {
  return and(eq(addressChanges.id, id), isNotNull(addressChanges.earlierEmail));
}

async function findOpen(db: Db, which: SQL | undefined, now: number) {
  const [found] = await db
    .select({ change: addressChanges, name: users.name, email: users.email })
    .from(addressChanges)
    .innerJoin(users, eq(users.id, addressChanges.userId))
    .where(and(which, ne(users.role, 'client'), gt(addressChanges.expiresAt, now)))
    .limit(1);
  return found ? { ...found.change, email: found.email, name: found.name ?? found.email } : null;
}

async function record(tx: Db, actor: string, action: AuditAction, userId: string, now: number): Promise<void> {
  await recordEvent(tx, { at: now, actor, action, subject: `user:${userId}`, facts: {} });
}
