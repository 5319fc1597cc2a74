import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isId } from '@/db/access/ownership';
import type { Practitioner } from '@/db/access/viewer';
import { writeConsent } from '@/db/booking/consents';
import { reader, transact } from '@/db/connection/client';
import { cleanLine, emptyIsAbsent, isWithin } from '@/db/input/clean-text';
import { CONTROL_BUT_LINES, emailAddress, personName, questionSlug } from '@/db/input/fields';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice, notificationPractice } from '@/db/practice/practice';
import { askedQuestions } from '@/db/schema';

const SHOWN = 200;
const SENT_AGAIN_MS = 3_600_000;

const words = z
  .string('Please write something here.')
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .refine((text) => isWithin(text, 2000), 'Please keep it to 2,000 characters.')
  .refine((text) => cleanLine(text).length >= 5, 'Please write a few words.')
  .refine((text) => !CONTROL_BUT_LINES.test(text), 'Please leave out special control characters.');

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
  answeredSlug: string | null;
  answeredAt: number | null;
}

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
          isNull(askedQuestions.answeredAt),
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
    if (asked.kind !== 'question') return;
    const { name: practiceName } = await getPractice(tx);
    await writeConsent(tx, { kind: 'question', subject: { askedId: id }, way: 'page', practiceName, now });
  });
}

/** What waits for an answer first, the newest of them on top. */
export async function listAsked(_viewer: Practitioner): Promise<AskedView[]> {
  const db = await reader();
  return db
    .select()
    .from(askedQuestions)
    .orderBy(
      asc(sql`case when ${askedQuestions.answeredAt} is null then 0 else 1 end`),
      desc(askedQuestions.createdAt),
      asc(askedQuestions.id),
    )
    .limit(SHOWN);
}

/**
 * Marks a question as answered by a page, or a page as mended, and puts one mail to whoever asked in the outbox. The
 * mail repeats nothing of what was asked.
 */
export async function answerAsked(
  viewer: Practitioner,
  { id, slug }: { id: string; slug: string },
  now: number,
): Promise<{ ok: true; isTold: boolean } | { ok: false; reason: 'not_found' }> {
  if (!isId(id) || !questionSlug.safeParse(slug).success) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const [answered] = await tx
      .update(askedQuestions)
      .set({ answeredSlug: slug, answeredAt: now })
      .where(and(eq(askedQuestions.id, id), isNull(askedQuestions.answeredAt)))
      .returning({ kind: askedQuestions.kind, email: askedQuestions.email });
    if (!answered) return { ok: false as const, reason: 'not_found' as const };
    if (answered.email) {
      const practice = notificationPractice(await getPractice(tx));
      const notification = { kind: 'answered', about: answered.kind, practice, askedId: id } as const;
      await putInOutbox(tx, { notification, toEmail: answered.email, now });
    }
    const facts = { kind: answered.kind };
    await recordEvent(tx, { at: now, actor: actorOf(viewer), action: 'answered', subject: `asked:${id}`, facts });
    return { ok: true as const, isTold: answered.email !== null };
  });
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
