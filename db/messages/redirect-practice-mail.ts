import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { outbox, users } from '@/db/schema';
import { isToTherapist, type StoredFacts, unleasedMessageCondition, waitingMessageCondition } from './outbox';

/**
 * Sends what waits for the practice's earlier address to the new one. Messages for therapists go there too where they
 * have no account; if somebody signs in with the earlier address, those may be their own and stay.
 */
export async function redirectPracticeMail(
  tx: Db,
  { from, to, now }: { from: string; to: string; now: number },
): Promise<void> {
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, from)).limit(1);
  const isFree = and(eq(outbox.toEmail, from), waitingMessageCondition, unleasedMessageCondition(now));
  const waiting = await tx.select({ id: outbox.id, facts: outbox.facts }).from(outbox).where(isFree);
  const ids = waiting.filter(({ facts }) => isToPractice(facts) || (!user && isToTherapist(facts))).map(({ id }) => id);
  if (ids.length === 0) return;
  await tx
    .update(outbox)
    .set({ toEmail: to })
    .where(and(inArray(outbox.id, ids), isFree));
}

function isToPractice(facts: StoredFacts): boolean {
  if (facts.kind === 'request') return facts.state === 'new';
  return facts.kind === 'asked' || facts.kind === 'client_message';
}
