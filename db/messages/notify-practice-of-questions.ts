import { and, count, desc, eq, gt, isNull, lte, notExists } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { askedQuestionReplies, askedQuestions, outbox } from '@/db/schema';
import { HOUR_MS } from './mail-caps';
import { putInOutbox, waitingMessageCondition } from './outbox';

/** Neither answered nor dismissed. */
export function openQuestionCondition(db: Db) {
  const reply = db
    .select({ id: askedQuestionReplies.askedId })
    .from(askedQuestionReplies)
    .where(eq(askedQuestionReplies.askedId, askedQuestions.id));
  return and(isNull(askedQuestions.answeredAt), notExists(reply));
}

export async function countOpenQuestions(db: Db): Promise<number> {
  const [found] = await db.select({ many: count() }).from(askedQuestions).where(openQuestionCondition(db));
  return found!.many;
}

/**
 * Notifies the practice that a reader sent a question: at once, or an hour after the last such e-mail. The e-mail
 * counts the open questions when it is sent, so it includes later ones.
 */
export async function notifyPracticeOfQuestions(tx: Db, now: number): Promise<void> {
  const practice = toNotificationPractice(await getPractice(tx));
  const toPractice = and(eq(outbox.toEmail, practice.email), eq(outbox.kind, 'asked'));
  const [last] = await tx
    .select({ dueAt: outbox.dueAt, leasedUntil: outbox.leasedUntil, sentAt: outbox.sentAt })
    .from(outbox)
    .where(and(toPractice, gt(outbox.createdAt, now - 2 * HOUR_MS), lte(outbox.createdAt, now)))
    .orderBy(desc(outbox.createdAt), desc(outbox.dueAt))
    .limit(1);
  const [waiting] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(toPractice, waitingMessageCondition, isNull(outbox.leasedUntil)))
    .limit(1);
  if (waiting) return;
  const lastAt = last ? (last.sentAt ?? last.dueAt) : null;
  const dueAt = lastAt === null ? now : Math.max(now, lastAt + HOUR_MS);
  await putInOutbox(tx, { notification: { kind: 'asked', practice, waiting: 1 }, toEmail: practice.email, dueAt, now });
}
