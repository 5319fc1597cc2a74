import { asc } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { cleanLine } from '@/db/input/clean-text';
import { personNameSchema, questionSlugSchema } from '@/db/input/field-schemas';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { questionPages } from '@/db/schema';
import { isDay } from '@/scheduling/day';

/** How the practice shows one page of the library. */
export interface QuestionPageView {
  slug: string;
  position: number | null;
  isHidden: boolean;
  reviewer: { name: string; qualification: string; on: string } | null;
  /** 0 if nothing was ever set. */
  version: number;
}

/** In the owner's order; pages without a row are shown as they were written. */
export async function listQuestionPages(): Promise<QuestionPageView[]> {
  const db = await reader();
  return cachedUntilCommit(db, 'question pages', () => readPages(db));
}

async function readPages(db: Db): Promise<QuestionPageView[]> {
  const rows = await db.select().from(questionPages).orderBy(asc(questionPages.position), asc(questionPages.slug));
  return rows.map(({ reviewerName, reviewerQualification, reviewedOn, ...page }) => ({
    ...page,
    reviewer:
      reviewerName && reviewerQualification && reviewedOn
        ? { name: reviewerName, qualification: reviewerQualification, on: reviewedOn }
        : null,
  }));
}

export async function setQuestionPageHidden(
  viewer: Owner,
  { slug, isHidden }: { slug: string; isHidden: boolean },
  now: number,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!questionSlugSchema.safeParse(slug).success) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    await put(tx, slug, { isHidden });
    const action = isHidden ? 'page hidden' : 'page shown';
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action, subject: `question:${slug}`, facts: {} });
    return { ok: true };
  });
}

/** Saves the whole order. `before` is the order shown to the person who moved a page. */
export async function saveQuestionPageOrder(
  viewer: Owner,
  { before, after }: { before: string[]; after: string[] },
  now: number,
): Promise<{ ok: true } | Refusal<'changed'>> {
  return transact(async (tx) => {
    const placed = (await readPages(tx)).filter(({ position }) => position !== null).map(({ slug }) => slug);
    const known = placed.filter((slug) => before.includes(slug));
    const isAsShown = known.every(
      (slug, index) => index === 0 || before.indexOf(known[index - 1]!) < before.indexOf(slug),
    );
    if (!isAsShown || !isSameSet(before, after)) return { ok: false as const, reason: 'changed' as const };
    for (const [position, slug] of after.entries()) await put(tx, slug, { position });
    const facts = { pages: after.length };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'pages ordered',
      subject: 'practice',
      facts,
    });
    return { ok: true as const };
  });
}

function isSameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && new Set(b).size === b.length && a.every((slug) => b.includes(slug));
}

const qualification = z
  .string('Please say what they are qualified in.')
  .transform(cleanLine)
  .refine((text) => text.length >= 2, 'Please say what they are qualified in, such as “Chartered physiotherapist”.')
  .refine((text) => text.length <= 120, 'Please keep it to 120 characters.');

/** Names the reviewer of the page, or none if all three fields are empty. */
export async function saveQuestionPageReviewer(
  viewer: Owner,
  input: { slug: string; name: string; qualification: string; on: string; version: number },
  { now, today }: { now: number; today: string },
): Promise<{ ok: true } | Invalid | Refusal<'not_found' | 'changed'>> {
  if (!questionSlugSchema.safeParse(input.slug).success) return { ok: false, reason: 'not_found' };
  const isNobody = [input.name, input.qualification, input.on].every((text) => text.trim() === '');
  const reviewedOn = z
    .string()
    .refine(isDay, { error: 'Please give the day on which they read it.', abort: true })
    .refine((on) => on <= today, 'Please give a day that is not in the future.');
  const reviewer = z.object({ name: personNameSchema, qualification, on: reviewedOn });
  const read = isNobody ? null : reviewer.safeParse(input);
  if (read && !read.success)
    return invalid(read.error.issues.map(({ path, message }) => ({ path: path.map(String), message })));
  return transact(async (tx) => {
    const standing = (await readPages(tx)).find(({ slug }) => slug === input.slug);
    if ((standing?.version ?? 0) !== input.version) return { ok: false as const, reason: 'changed' as const };
    await put(tx, input.slug, {
      reviewerName: read?.data.name ?? null,
      reviewerQualification: read?.data.qualification ?? null,
      reviewedOn: read?.data.on ?? null,
      version: input.version + 1,
    });
    const facts = { isReviewed: read !== null };
    const subject = `question:${input.slug}`;
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action: 'page reviewed', subject, facts });
    return { ok: true as const };
  });
}

async function put(tx: Db, slug: string, set: Partial<typeof questionPages.$inferInsert>): Promise<void> {
  await tx
    .insert(questionPages)
    .values({ slug, ...set })
    .onConflictDoUpdate({ target: questionPages.slug, set });
}
