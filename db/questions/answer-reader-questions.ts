import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { questionSlugSchema } from '@/db/input/field-schemas';
import { putInOutbox, unleasedMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { encryptQuestionAnswer } from '@/db/messages/question-encryption';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { askedQuestionReplies, askedQuestions, outbox, questionPages } from '@/db/schema';
import { makeTextSchema } from './reader-questions';

// What the practice does with a reader's question: it answers, dismisses or reopens it.

type NotOpen = Refusal<'not_found'>;

const answerWords = makeTextSchema(4000);

/**
 * Marks a question as answered by a page, or a page as corrected, and puts one e-mail to the reader in the outbox. The
 * e-mail repeats nothing of the question. Refused where it would lead to a page that the practice hides.
 */
export async function answerWithPage(
  viewer: TherapistOrOwner,
  { id, slug }: { id: string; slug: string },
  now: number,
): Promise<{ ok: true; isNotified: boolean } | NotOpen | Refusal<'hidden'>> {
  if (!questionSlugSchema.safeParse(slug).success) return { ok: false, reason: 'not_found' };
  return close<'hidden'>(viewer, { id, action: 'answered' }, now, async (tx, question) => {
    if (question.email !== null && (await isHidden(tx, slug))) return 'hidden';
    await tx
      .update(askedQuestions)
      .set({ answeredSlug: slug, answeredAt: now })
      .where(eq(askedQuestions.id, question.id));
    return tellAsker(tx, question, {}, now);
  });
}

/** Whether this answer can be sent. The preview uses the same rule. */
export function parseAnswerText(input: unknown): { ok: true; words: string } | Invalid {
  const read = answerWords.safeParse(input);
  return read.success
    ? { ok: true, words: read.data }
    : invalid([{ path: ['words'], message: read.error.issues[0]!.message }]);
}

/**
 * Answers a question in the practice's own words. They may mention health, so the e-mail contains a link to them and no
 * text.
 */
export async function answerInWords(
  viewer: TherapistOrOwner,
  { id, words: input }: { id: string; words: unknown },
  now: number,
): Promise<{ ok: true; isNotified: boolean } | NotOpen | Invalid> {
  const read = parseAnswerText(input);
  if (!read.ok) return read;
  return close<never>(viewer, { id, action: 'answered', kind: 'question' }, now, async (tx, question) => {
    const sealedAnswer = encryptQuestionAnswer(read.words);
    await tx.insert(askedQuestionReplies).values({ askedId: question.id, kind: 'words', sealedAnswer, closedAt: now });
    return tellAsker(tx, question, { isInWords: true }, now);
  });
}

/** Dismisses a question without an answer. No e-mail is sent. */
export function dismissReaderQuestion(
  viewer: TherapistOrOwner,
  id: string,
  now: number,
): Promise<{ ok: true } | NotOpen> {
  return close<never>(viewer, { id, action: 'dismissed' }, now, async (tx, question) => {
    await tx
      .insert(askedQuestionReplies)
      .values({ askedId: question.id, kind: 'dismissed', sealedAnswer: null, closedAt: now });
    return false;
  });
}

/**
 * Reopens a question, for example if it was answered by the wrong page. An e-mail that has not left is not sent; the
 * link in one that has left leads to the next answer. `closedAt` is the one shown to the member of staff who reopens
 * it.
 */
export async function reopenReaderQuestion(
  viewer: TherapistOrOwner,
  { id, closedAt }: { id: string; closedAt: number },
  now: number,
): Promise<{ ok: true; hasMailLeft: boolean } | NotOpen> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const question = await lockQuestion(tx, id);
    if (!question || (question.reply?.closedAt ?? question.answeredAt) !== closedAt)
      return { ok: false, reason: 'not_found' };
    await tx.delete(askedQuestionReplies).where(eq(askedQuestionReplies.askedId, id));
    await tx.update(askedQuestions).set({ answeredSlug: null, answeredAt: null }).where(eq(askedQuestions.id, id));
    const hasMailLeft = question.email !== null && (await stopMail(tx, { id, email: question.email }, now));
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'reopened',
      subject: `asked:${id}`,
      facts: {},
    });
    return { ok: true, hasMailLeft };
  });
}

interface LockedQuestion {
  id: string;
  kind: 'question' | 'report';
  email: string | null;
  answeredAt: number | null;
  reply: { closedAt: number } | null;
}

/** Makes others who close the same question wait until this transaction ends. */
async function lockQuestion(tx: Db, id: string): Promise<LockedQuestion | null> {
  const { kind, email, answeredAt } = askedQuestions;
  const [question] = await tx
    .update(askedQuestions)
    .set({ createdAt: sql`${askedQuestions.createdAt}` })
    .where(eq(askedQuestions.id, id))
    .returning({ kind, email, answeredAt });
  if (!question) return null;
  const { closedAt, askedId } = askedQuestionReplies;
  const [reply] = await tx.select({ closedAt }).from(askedQuestionReplies).where(eq(askedId, id));
  return { id, ...question, reply: reply ?? null };
}

async function isHidden(tx: Db, slug: string): Promise<boolean> {
  const [page] = await tx
    .select({ isHidden: questionPages.isHidden })
    .from(questionPages)
    .where(eq(questionPages.slug, slug));
  return page?.isHidden ?? false;
}

/** `write` says whether an e-mail goes out, or why the question stays open. */
async function close<Reason extends string>(
  viewer: TherapistOrOwner,
  { id, action, kind }: { id: string; action: AuditAction; kind?: 'question' },
  now: number,
  write: (tx: Db, question: LockedQuestion) => Promise<boolean | Reason>,
): Promise<{ ok: true; isNotified: boolean } | NotOpen | Refusal<Reason>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact<{ ok: true; isNotified: boolean } | NotOpen | Refusal<Reason>>(async (tx) => {
    const question = await lockQuestion(tx, id);
    const isClosed = !question || question.answeredAt !== null || question.reply !== null;
    if (isClosed || (kind && question.kind !== kind)) return { ok: false, reason: 'not_found' };
    const isNotified = await write(tx, question);
    if (typeof isNotified === 'string') return { ok: false, reason: isNotified };
    const facts = { kind: question.kind };
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: `asked:${id}`, facts });
    return { ok: true, isNotified };
  });
}

async function tellAsker(
  tx: Db,
  { id, kind, email }: LockedQuestion,
  how: { isInWords?: true },
  now: number,
): Promise<boolean> {
  if (email === null) return false;
  const practice = toNotificationPractice(await getPractice(tx));
  const notification = { kind: 'answered', about: kind, practice, askedId: id, ...how } as const;
  await putInOutbox(tx, { notification, toEmail: email, now });
  return true;
}

/** Removes the unsent e-mail about an answer; true if some e-mail has left, or is leaving. */
async function stopMail(tx: Db, { id, email }: { id: string; email: string }, now: number): Promise<boolean> {
  const notified = await tx
    .select({ id: outbox.id, facts: outbox.facts })
    .from(outbox)
    .where(and(eq(outbox.toEmail, email), eq(outbox.kind, 'answered'), isNull(outbox.droppedAt)));
  const ids = notified.flatMap(({ id: mailId, facts }) => ('askedId' in facts && facts.askedId === id ? [mailId] : []));
  const dropped = await tx
    .update(outbox)
    .set({ droppedAt: now, leasedBy: null, leasedUntil: null })
    .where(and(inArray(outbox.id, ids), waitingMessageCondition, unleasedMessageCondition(now)))
    .returning({ id: outbox.id });
  return dropped.length < ids.length;
}
