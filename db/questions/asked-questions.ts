import { randomUUID } from 'node:crypto';
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isId } from '@/db/access/ownership';
import type { Practitioner } from '@/db/access/viewer';
import { writeConsent } from '@/db/booking/consents';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { cleanLine, emptyIsAbsent, isWithin } from '@/db/input/clean-text';
import { CONTROL_BUT_LINES, emailAddress, personName, questionSlug } from '@/db/input/fields';
import { openAnswer, sealAnswer } from '@/db/messages/asked-answers';
import { isOpen, tellPracticeOfAsked } from '@/db/messages/asked-news';
import { isUnleased, isWaiting, putInOutbox } from '@/db/messages/outbox';
import { getPractice, notificationPractice } from '@/db/practice/practice';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { askedQuestions, askedReplies, outbox } from '@/db/schema';

const SHOWN = 200;
const SENT_AGAIN_MS = 3_600_000;

function wordsUpTo(most: number) {
  return z
    .string('Please write something here.')
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine((text) => isWithin(text, most), `Please keep it to ${most.toLocaleString('en')} characters.`)
    .refine((text) => cleanLine(text).length >= 5, 'Please write a few words.')
    .refine((text) => !CONTROL_BUT_LINES.test(text), 'Please leave out special control characters.');
}

const words = wordsUpTo(2000);
const answerWords = wordsUpTo(4000);

/** A question to the practice: answered by mail, so it needs an address. */
export const question = z.object({
  kind: z.literal('question'),
  words,
  name: z.preprocess(emptyIsAbsent, personName.optional()),
  email: emailAddress,
  consent: z.literal('yes', 'Please agree, so that we may keep your question until it is answered.'),
});

/** What is wrong on a page. Nobody has to say who they are. */
export const report = z.object({
  kind: z.literal('report'),
  words,
  name: z.preprocess(emptyIsAbsent, personName.optional()),
  email: z.preprocess(emptyIsAbsent, emailAddress.optional()),
  aboutSlug: questionSlug,
});

export type AskResult = z.infer<typeof question> | z.infer<typeof report>;

export interface AskedView {
  id: string;
  kind: 'question' | 'report';
  aboutSlug: string | null;
  name: string | null;
  email: string | null;
  words: string;
  createdAt: number;
  state: 'open' | 'answered' | 'dismissed';
  /** The page that answers it, or was fixed. */
  answeredSlug: string | null;
  /** The practice's own words; null too where they were encrypted under another secret. */
  answer: string | null;
  closedAt: number | null;
}

type NotOpen = Refusal<'not_found'>;

/** Keeps it once, however often it is sent: whoever got no answer presses the button again. */
export async function ask(asked: AskResult, now: number): Promise<void> {
  await transact(async (tx) => {
    const [sentBefore] = await tx
      .select({ id: askedQuestions.id })
      .from(askedQuestions)
      .where(
        and(
          eq(askedQuestions.kind, asked.kind),
          eq(askedQuestions.words, asked.words),
          asked.email ? eq(askedQuestions.email, asked.email) : isNull(askedQuestions.email),
          asked.kind === 'report' ? eq(askedQuestions.aboutSlug, asked.aboutSlug) : isNull(askedQuestions.aboutSlug),
          isOpen(tx),
          gt(askedQuestions.createdAt, now - SENT_AGAIN_MS),
        ),
      )
      .limit(1);
    if (sentBefore) return;
    const id = randomUUID();
    await tx.insert(askedQuestions).values({
      id,
      kind: asked.kind,
      aboutSlug: asked.kind === 'report' ? asked.aboutSlug : null,
      name: asked.name ?? null,
      email: asked.email ?? null,
      words: asked.words,
      createdAt: now,
    });
    await tellPracticeOfAsked(tx, now);
    if (asked.kind !== 'question') return;
    const { name: practiceName } = await getPractice(tx);
    await writeConsent(tx, { kind: 'question', subject: { askedId: id }, way: 'page', practiceName, now });
  });
}

function selectAsked(db: Db) {
  return db
    .select({ asked: askedQuestions, reply: askedReplies })
    .from(askedQuestions)
    .leftJoin(askedReplies, eq(askedReplies.askedId, askedQuestions.id));
}

function viewOf({
  asked: { answeredAt, ...asked },
  reply,
}: Awaited<ReturnType<typeof selectAsked>>[number]): AskedView {
  return {
    ...asked,
    state: reply?.kind === 'dismissed' ? 'dismissed' : reply || answeredAt !== null ? 'answered' : 'open',
    answer: reply?.sealedAnswer ? openAnswer(reply.sealedAnswer) : null,
    closedAt: reply?.closedAt ?? answeredAt,
  };
}

/** What waits for an answer first, the newest of them on top. */
export async function listAsked(_viewer: Practitioner): Promise<AskedView[]> {
  const rows = await selectAsked(await reader())
    .orderBy(
      asc(sql`case when ${askedQuestions.answeredAt} is null and ${askedReplies.askedId} is null then 0 else 1 end`),
      desc(askedQuestions.createdAt),
      asc(askedQuestions.id),
    )
    .limit(SHOWN);
  return rows.map(viewOf);
}

export async function getAsked(_viewer: Practitioner, id: string): Promise<AskedView | null> {
  if (!isId(id)) return null;
  const [found] = await selectAsked(await reader()).where(eq(askedQuestions.id, id));
  return found ? viewOf(found) : null;
}

/** How many there are of each state, also of those that the list leaves out. */
export async function countAsked(_viewer: Practitioner): Promise<Record<AskedView['state'], number>> {
  const db = await reader();
  const [all] = await db.select({ many: count() }).from(askedQuestions);
  const [open] = await db.select({ many: count() }).from(askedQuestions).where(isOpen(db));
  const [dismissed] = await db.select({ many: count() }).from(askedReplies).where(eq(askedReplies.kind, 'dismissed'));
  return { open: open!.many, answered: all!.many - open!.many - dismissed!.many, dismissed: dismissed!.many };
}

/**
 * Marks a question as answered by a page, or a page as mended, and puts one mail to whoever asked in the outbox. The
 * mail repeats nothing of what was asked.
 */
export async function answerAsked(
  viewer: Practitioner,
  { id, slug }: { id: string; slug: string },
  now: number,
): Promise<{ ok: true; isTold: boolean } | NotOpen> {
  if (!questionSlug.safeParse(slug).success) return { ok: false, reason: 'not_found' };
  return close(viewer, { id, action: 'answered' }, now, async (tx, asked) => {
    await tx.update(askedQuestions).set({ answeredSlug: slug, answeredAt: now }).where(eq(askedQuestions.id, asked.id));
    return tellAsker(tx, asked, {}, now);
  });
}

/** Is this an answer that can be sent? What is shown before it is sent goes by the same rule. */
export function readAnswerWords(typed: unknown): { ok: true; words: string } | Invalid {
  const read = answerWords.safeParse(typed);
  return read.success
    ? { ok: true, words: read.data }
    : invalid([{ path: ['words'], message: read.error.issues[0]!.message }]);
}

/** Answers a question in the practice's own words. They may speak of health: the mail holds a link to them, and no word. */
export async function answerInWords(
  viewer: Practitioner,
  { id, words: typed }: { id: string; words: unknown },
  now: number,
): Promise<{ ok: true; isTold: boolean } | NotOpen | Invalid> {
  const read = readAnswerWords(typed);
  if (!read.ok) return read;
  return close(viewer, { id, action: 'answered', kind: 'question' }, now, async (tx, asked) => {
    const sealedAnswer = sealAnswer(read.words);
    await tx.insert(askedReplies).values({ askedId: asked.id, kind: 'words', sealedAnswer, closedAt: now });
    return tellAsker(tx, asked, { isInWords: true }, now);
  });
}

/** Puts it aside without an answer. Nobody is written to. */
export function dismissAsked(viewer: Practitioner, id: string, now: number): Promise<{ ok: true } | NotOpen> {
  return close(viewer, { id, action: 'dismissed' }, now, async (tx, asked) => {
    await tx.insert(askedReplies).values({ askedId: asked.id, kind: 'dismissed', sealedAnswer: null, closedAt: now });
    return false;
  });
}

/**
 * Takes back how it was closed, for instance by the wrong page: it is open again. An e-mail that has not left is not
 * sent; the link in one that has leads to the next answer. `closedAt` is what whoever takes it back was shown.
 */
export async function reopenAsked(
  viewer: Practitioner,
  { id, closedAt }: { id: string; closedAt: number },
  now: number,
): Promise<{ ok: true; hasMailLeft: boolean } | NotOpen> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const asked = await lockAsked(tx, id);
    if (!asked || (asked.reply?.closedAt ?? asked.answeredAt) !== closedAt) return { ok: false, reason: 'not_found' };
    await tx.delete(askedReplies).where(eq(askedReplies.askedId, id));
    await tx.update(askedQuestions).set({ answeredSlug: null, answeredAt: null }).where(eq(askedQuestions.id, id));
    const hasMailLeft = asked.email !== null && (await stopMail(tx, { id, email: asked.email }, now));
    await recordEvent(tx, { at: now, actor: actorOf(viewer), action: 'reopened', subject: `asked:${id}`, facts: {} });
    return { ok: true, hasMailLeft };
  });
}

interface LockedAsked {
  id: string;
  kind: 'question' | 'report';
  email: string | null;
  answeredAt: number | null;
  reply: { closedAt: number } | null;
}

/** Whoever else closes the same one waits until this transaction is over. */
async function lockAsked(tx: Db, id: string): Promise<LockedAsked | null> {
  const { kind, email, answeredAt } = askedQuestions;
  const [asked] = await tx
    .update(askedQuestions)
    .set({ createdAt: sql`${askedQuestions.createdAt}` })
    .where(eq(askedQuestions.id, id))
    .returning({ kind, email, answeredAt });
  if (!asked) return null;
  const { closedAt, askedId } = askedReplies;
  const [reply] = await tx.select({ closedAt }).from(askedReplies).where(eq(askedId, id));
  return { id, ...asked, reply: reply ?? null };
}

async function close(
  viewer: Practitioner,
  { id, action, kind }: { id: string; action: string; kind?: 'question' },
  now: number,
  write: (tx: Db, asked: LockedAsked) => Promise<boolean>,
): Promise<{ ok: true; isTold: boolean } | NotOpen> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const asked = await lockAsked(tx, id);
    const isClosed = !asked || asked.answeredAt !== null || asked.reply !== null;
    if (isClosed || (kind && asked.kind !== kind)) return { ok: false as const, reason: 'not_found' as const };
    const isTold = await write(tx, asked);
    const facts = { kind: asked.kind };
    await recordEvent(tx, { at: now, actor: actorOf(viewer), action, subject: `asked:${id}`, facts });
    return { ok: true as const, isTold };
  });
}

async function tellAsker(
  tx: Db,
  { id, kind, email }: LockedAsked,
  how: { isInWords?: true },
  now: number,
): Promise<boolean> {
  if (email === null) return false;
  const practice = notificationPractice(await getPractice(tx));
  const notification = { kind: 'answered', about: kind, practice, askedId: id, ...how } as const;
  await putInOutbox(tx, { notification, toEmail: email, now });
  return true;
}

/** Drops what waits to be told of an answer; true where some of it has left, or is leaving. */
async function stopMail(tx: Db, { id, email }: { id: string; email: string }, now: number): Promise<boolean> {
  const told = await tx
    .select({ id: outbox.id, facts: outbox.facts })
    .from(outbox)
    .where(and(eq(outbox.toEmail, email), eq(outbox.kind, 'answered'), isNull(outbox.droppedAt)));
  const ids = told.flatMap(({ id: mailId, facts }) => ('askedId' in facts && facts.askedId === id ? [mailId] : []));
  const dropped = await tx
    .update(outbox)
    .set({ droppedAt: now, leasedBy: null, leasedUntil: null })
    .where(and(inArray(outbox.id, ids), isWaiting, isUnleased(now)))
    .returning({ id: outbox.id });
  return dropped.length < ids.length;
}

/** The page that answers what was asked, for the link in the mail; null while there is none. */
export async function findAnswer(id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const db = await reader();
  const [found] = await db
    .select({ slug: askedQuestions.answeredSlug })
    .from(askedQuestions)
    .where(and(eq(askedQuestions.id, id), isNotNull(askedQuestions.answeredSlug)));
  return found?.slug ?? null;
}

/** What whoever holds the link to an answer is shown. */
export type AnswerView =
  | { state: 'answered'; words: string; answer: string; answeredAt: number }
  | { state: 'on_page'; slug: string }
  /** Its answer was taken back. */
  | { state: 'open' }
  | { state: 'gone' };

/** Found by the id in a link that this server signed. */
export async function getAnswer(id: string): Promise<AnswerView> {
  const [found] = await selectAsked(await reader()).where(eq(askedQuestions.id, id));
  if (!found) return { state: 'gone' };
  const { asked, reply } = found;
  if (asked.answeredSlug !== null) return { state: 'on_page', slug: asked.answeredSlug };
  if (!reply) return { state: 'open' };
  const answer = reply.sealedAnswer && openAnswer(reply.sealedAnswer);
  return answer ? { state: 'answered', words: asked.words, answer, answeredAt: reply.closedAt } : { state: 'gone' };
}
