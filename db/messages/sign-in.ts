import { and, asc, eq, gt, lte, ne } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { endSessions } from '@/db/access/end-sessions';
import { recordRefusal } from '@/db/access/record-refusals';
import { hashSignInToken } from '@/db/access/sign-in-url';
import type { Owner, SignedInRole, SignedInViewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { auditEvents, practices, therapists, users, verificationTokens } from '@/db/schema';
import { dropOutdatedMessages, putInOutbox } from './outbox';

const LIVE_LINKS_EACH = 5;

/** Finds a signed-in person's role, and the ids that go with it. */
export async function findViewerByUserId(userId: string, db?: Db): Promise<SignedInViewer | null> {
  const [found] = await (db ?? (await reader()))
    .select({ user: users, therapistId: therapists.id })
    .from(users)
    .leftJoin(therapists, eq(therapists.userId, users.id))
    .where(eq(users.id, userId))
    .limit(1);
  return found ? viewerOf(found.user, found.therapistId) : null;
}

function viewerOf(user: typeof users.$inferSelect, therapistId: string | null): SignedInViewer | null {
  const { id: userId, email } = user;
  const name = user.name ?? email;
  if (user.role === 'owner') return { role: 'owner', userId, email, name, therapistId };
  if (user.role === 'front_desk') return { role: 'front_desk', userId, email, name, therapistId: null };
  if (user.role === 'client') return { role: 'client', userId, email, name };
  return therapistId ? { role: 'therapist', userId, email, name, therapistId } : null;
}

export async function findRoleOfEmail(email: string): Promise<SignedInRole | null> {
  const [found] = await (await reader())
    .select({ role: users.role })
    .from(users)
    .where(eq(users.email, email))
    .limit(1);
  return found?.role ?? null;
}

/**
 * Stores a sign-in link's hash and queues its e-mail, for an address of a user who does not have too many live links
 * already. The result is only for the server's own console: visitors must not learn which addresses exist.
 */
export async function storeAndQueueSignInLink(
  link: { email: string; nonce: string; expiresAt: number; callbackUrl: string },
  now: number,
): Promise<boolean> {
  const { email, nonce, expiresAt, callbackUrl } = link;
  return transact(async (tx) => {
    const [user] = await tx
      .select({ id: users.id, role: users.role })
      .from(users)
      .where(eq(users.email, email))
      .limit(1);
    if (!user) return false;
    const ofAddress = eq(verificationTokens.identifier, email);
    await dropOutdatedMessages(tx, email, (facts) => facts.kind === 'sign_in' && facts.expiresAt <= now, now);
    await tx.delete(verificationTokens).where(and(ofAddress, lte(verificationTokens.expires, new Date(now))));
    const live = await tx
      .select({ token: verificationTokens.token })
      .from(verificationTokens)
      .where(and(ofAddress, gt(verificationTokens.expires, new Date(now))));
    if (live.length >= LIVE_LINKS_EACH) return false;
    await tx
      .insert(verificationTokens)
      .values({ identifier: email, token: hashSignInToken(nonce), expires: new Date(expiresAt) });
    const practice = toNotificationPractice(await getPractice(tx));
    await putInOutbox(tx, {
      notification: { kind: 'sign_in', practice, nonce, expiresAt, callbackUrl },
      toEmail: email,
      now,
    });
    if (user.role !== 'client') await recordEvent(tx, byAnybody('sign-in asked for', user.id, now));
    return true;
  });
}

/** Whether a member of staff has ever signed in. */
export async function hasEverSignedIn(userId: string, db?: Db): Promise<boolean> {
  const [found] = await (db ?? (await reader()))
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, `user:${userId}`), eq(auditEvents.action, 'signed in')))
    .limit(1);
  return found !== undefined;
}

/**
 * Stores the hash of a member of staff's first sign-in link, which the owner hands over where there is no mail server.
 * Refused once they have signed in: the owner could otherwise act as a colleague, read their notes and sign in their
 * name. Their earlier links end. Returns their address.
 */
export async function storeFirstSignInLink(
  viewer: Owner,
  userId: string,
  { nonce, expiresAt }: { nonce: string; expiresAt: number },
  now: number,
): Promise<string | null> {
  return transact(async (tx) => {
    // A first sign-in that runs at the same time either ends this link or is seen here, and so is a corrected address.
    await lockPractice(tx);
    const [user] = await tx.select({ email: users.email, role: users.role }).from(users).where(eq(users.id, userId));
    if (!user || user.role === 'client' || userId === viewer.userId) return null;
    if (await hasEverSignedIn(userId, tx)) return null;
    const { email } = user;
    await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, email));
    await tx
      .insert(verificationTokens)
      .values({ identifier: email, token: hashSignInToken(nonce), expires: new Date(expiresAt) });
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), subject: `user:${userId}`, facts: {} },
      action: 'sign-in link shown' as const,
    });
    return email;
  });
}

/** The user as whom a visitor may sign in to a demo; null outside a demo. */
export async function findDemoUser(role: SignedInRole): Promise<{ id: string } | null> {
  const db: Db = await reader();
  const [practice] = await db.select({ isDemo: practices.isDemo }).from(practices).limit(1);
  if (!practice?.isDemo) return null;
  const [user] = await db
    .select({ id: users.id })
    .from(users)
    .leftJoin(therapists, eq(therapists.userId, users.id))
    .where(eq(users.role, role))
    .orderBy(asc(therapists.position), asc(users.email))
    .limit(1);
  return user ?? null;
}

/**
 * Records in the history that a member of staff signed in. The first time, all their other links end: the owner may have
 * been shown one of them.
 */
export async function recordStaffSignIn(tx: Db, userId: string, now: number): Promise<void> {
  const viewer = await findViewerByUserId(userId, tx);
  if (!viewer || viewer.role === 'client') return;
  if (!(await hasEverSignedIn(userId, tx))) {
    await lockPractice(tx);
    await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, viewer.email));
  }
  const event = {
    at: now,
    actor: getAuditActor(viewer),
    action: 'signed in' as const,
    subject: `user:${userId}`,
    facts: {},
  };
  await recordEvent(tx, event);
}

/** Records a refused sign-in link for an address of a member of staff. */
export async function recordRefusedSignInLink(email: string, now: number): Promise<void> {
  await transact(async (tx) => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), ne(users.role, 'client')))
      .limit(1);
    if (!user) return;
    await recordRefusal(tx, byAnybody('sign-in refused', user.id, now));
  });
}

/** The person is not known yet, only the account. */
function byAnybody(action: AuditAction, userId: string, now: number) {
  return { at: now, actor: 'reader', action, subject: `user:${userId}`, facts: {} };
}

export async function endAllSessionsOfViewer(viewer: SignedInViewer, now: number): Promise<void> {
  const { userId } = viewer;
  await transact(async (tx) => {
    const facts = { sessions: await endSessions(tx, userId) };
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      action: 'signed out everywhere' as const,
      subject: `user:${userId}`,
      facts,
    };
    await recordEvent(tx, event);
  });
}
