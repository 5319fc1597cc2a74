import { randomUUID } from 'node:crypto';
import { and, asc, count, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { writeConsent } from '@/db/booking/write-consent';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { cleanLine, emptyToUndefined, hasAtMostLetters } from '@/db/input/clean-text';
import {
  CONTROL_CHARACTER_EXCEPT_LINE_BREAKS,
  emailAddressSchema,
  personNameSchema,
  questionSlugSchema,
} from '@/db/input/field-schemas';
import { notifyPracticeOfQuestions, openQuestionCondition } from '@/db/messages/notify-practice-of-questions';
import { decryptQuestion, decryptQuestionAnswer, encryptQuestion } from '@/db/messages/question-encryption';
import { getPractice } from '@/db/practice/practice';
import { askedQuestionReplies, askedQuestions } from '@/db/schema';

const SHOWN = 200;
const SENT_AGAIN_MS = 3_600_000;

/** A text of several lines by a reader or the practice. */
export function makeTextSchema(most: number) {
  return z
    .string('Please write something here.')
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine((text) => hasAtMostLetters(text, most), `Please keep it to ${most.toLocaleString('en')} characters.`)
    .refine((text) => cleanLine(text).length >= 5, 'Please write a few words.')
    .refine((text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text), 'Please leave out special control characters.');
}

const words = makeTextSchema(2000);

/** A question to the practice needs an address, because it is answered by e-mail. */
export const readerQuestionSchema = z.object({
  kind: z.literal('question'),
  words,
  name: z.preprocess(emptyToUndefined, personNameSchema.optional()),
  email: emailAddressSchema,
  consent: z.literal('yes', 'Please agree, so that we may keep your question until it is answered.'),
});

/** A report of something wrong on a page. It can be anonymous. */
export const pageReportSchema = z.object({
  kind: z.literal('report'),
  words,
  name: z.preprocess(emptyToUndefined, personNameSchema.optional()),
  email: z.preprocess(emptyToUndefined, emailAddressSchema.optional()),
  aboutSlug: questionSlugSchema,
});

export type ReaderQuestionInput = z.infer<typeof readerQuestionSchema> | z.infer<typeof pageReportSchema>;

export interface ReaderQuestionView {
  id: string;
  kind: 'question' | 'report';
  aboutSlug: string | null;
  name: string | null;
  email: string | null;
  words: string;
  createdAt: number;
  state: 'open' | 'answered' | 'dismissed';
  /** The page that answers the question, or that was corrected. */
  answeredSlug: string | null;
  /** The practice's own words; null also if their key is missing. */
  answer: string | null;
  closedAt: number | null;
}

/** Stores it once, even if sent again: a reader who got no response presses the button again. */
export async function saveReaderQuestion(input: ReaderQuestionInput, now: number): Promise<void> {
  await transact(async (tx) => {
    const sentBefore = await tx
      .select({ sealedWords: askedQuestions.sealedWords })
      .from(askedQuestions)
      .where(
        and(
          eq(askedQuestions.kind, input.kind),
          input.email ? eq(askedQuestions.email, input.email) : isNull(askedQuestions.email),
          input.kind === 'report' ? eq(askedQuestions.aboutSlug, input.aboutSlug) : isNull(askedQuestions.aboutSlug),
          openQuestionCondition(tx),
          gt(askedQuestions.createdAt, now - SENT_AGAIN_MS),
        ),
      );
    if (sentBefore.some(({ sealedWords }) => decryptQuestion(sealedWords) === input.words)) return;
    const id = randomUUID();
    await tx.insert(askedQuestions).values({
      id,
      kind: input.kind,
      aboutSlug: input.kind === 'report' ? input.aboutSlug : null,
      name: input.name ?? null,
      email: input.email ?? null,
      sealedWords: encryptQuestion(input.words),
      createdAt: now,
    });
    await notifyPracticeOfQuestions(tx, now);
    if (input.kind !== 'question') return;
    const { name: practiceName } = await getPractice(tx);
    await writeConsent(tx, { kind: 'question', subject: { askedId: id }, way: 'page', practiceName, now });
  });
}

function selectQuestions(db: Db) {
  return db
    .select({ question: askedQuestions, reply: askedQuestionReplies })
    .from(askedQuestions)
    .leftJoin(askedQuestionReplies, eq(askedQuestionReplies.askedId, askedQuestions.id));
}

function viewOf({
  question: { answeredAt, sealedWords, ...question },
  reply,
}: Awaited<ReturnType<typeof selectQuestions>>[number]): ReaderQuestionView {
  return {
    ...question,
    words: decryptQuestion(sealedWords),
    state: reply?.kind === 'dismissed' ? 'dismissed' : reply || answeredAt !== null ? 'answered' : 'open',
    answer: reply?.sealedAnswer ? decryptQuestionAnswer(reply.sealedAnswer) : null,
    closedAt: reply?.closedAt ?? answeredAt,
  };
}

/** Unanswered questions first, the newest on top. */
export async function listReaderQuestions(_viewer: TherapistOrOwner): Promise<ReaderQuestionView[]> {
  const rows = await selectQuestions(await reader())
    .orderBy(
      asc(
        sql`case when ${askedQuestions.answeredAt} is null and ${askedQuestionReplies.askedId} is null then 0 else 1 end`,
      ),
      desc(askedQuestions.createdAt),
      asc(askedQuestions.id),
    )
    .limit(SHOWN);
  return rows.map(viewOf);
}

export async function getReaderQuestion(_viewer: TherapistOrOwner, id: string): Promise<ReaderQuestionView | null> {
  if (!isPossibleId(id)) return null;
  const [found] = await selectQuestions(await reader()).where(eq(askedQuestions.id, id));
  return found ? viewOf(found) : null;
}

/** The number of questions in each state, including those that the list leaves out. */
export async function countReaderQuestions(
  _viewer: TherapistOrOwner,
): Promise<Record<ReaderQuestionView['state'], number>> {
  const db = await reader();
  const [all] = await db.select({ many: count() }).from(askedQuestions);
  const [open] = await db.select({ many: count() }).from(askedQuestions).where(openQuestionCondition(db));
  const [dismissed] = await db
    .select({ many: count() })
    .from(askedQuestionReplies)
    .where(eq(askedQuestionReplies.kind, 'dismissed'));
  return { open: open!.many, answered: all!.many - open!.many - dismissed!.many, dismissed: dismissed!.many };
}

/** The page that answers the question, for the link in the e-mail; null while there is none. */
export async function findAnswerPage(id: string): Promise<string | null> {
  if (!isPossibleId(id)) return null;
  const db = await reader();
  const [found] = await db
    .select({ slug: askedQuestions.answeredSlug })
    .from(askedQuestions)
    .where(and(eq(askedQuestions.id, id), isNotNull(askedQuestions.answeredSlug)));
  return found?.slug ?? null;
}

/** What the holder of the link to an answer sees. */
export type AnswerView =
  | { state: 'answered'; words: string; answer: string; answeredAt: number }
  | { state: 'on_page'; slug: string }
  /** Its answer was withdrawn, and there may be another. */
  | { state: 'open' }
  /** Its answer was withdrawn, and there will be no other. */
  | { state: 'dismissed' }
  | { state: 'gone' };

/** Looks a question up by the id in a link that this server signed. */
export async function getReaderAnswer(id: string): Promise<AnswerView> {
  const [found] = await selectQuestions(await reader()).where(eq(askedQuestions.id, id));
  if (!found) return { state: 'gone' };
  const { question, reply } = found;
  if (question.answeredSlug !== null) return { state: 'on_page', slug: question.answeredSlug };
  if (!reply) return { state: 'open' };
  if (reply.kind === 'dismissed') return { state: 'dismissed' };
  const answer = reply.sealedAnswer && decryptQuestionAnswer(reply.sealedAnswer);
  return answer
    ? { state: 'answered', words: decryptQuestion(question.sealedWords), answer, answeredAt: reply.closedAt }
    : { state: 'gone' };
}
