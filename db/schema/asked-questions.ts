import { sql } from 'drizzle-orm';
import { bool, check, index, instant, int, primaryKey, table, text } from './engine-column-types';

// The question library: what readers ask us, and which pages they read.

/** A question that a reader asked, or a report of an error on a page: health data in the reader's own words. */
export const askedQuestions = table(
  'asked_questions',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'question' | 'report'>().notNull(),
    /** The page a report is about. */
    aboutSlug: text('about_slug'),
    name: text('name'),
    email: text('email'),
    /** Encrypted. */
    sealedWords: text('words').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The page that answers it; for a report, the page that was corrected. */
    answeredSlug: text('answered_slug'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    index('asked_questions_open').on(t.answeredAt, t.createdAt),
    check('asked_questions_kind', sql`${t.kind} in ('question', 'report')`),
    check('asked_questions_about', sql`(${t.kind} = 'report') = (${t.aboutSlug} is not null)`),
    check('asked_questions_reach', sql`${t.kind} <> 'question' or ${t.email} is not null`),
    check('asked_questions_answer', sql`(${t.answeredSlug} is null) = (${t.answeredAt} is null)`),
  ],
);

/** How a question or a report was closed when no page answers it. The reply may mention health, so it is encrypted. */
export const askedQuestionReplies = table(
  'asked_replies',
  {
    askedId: text('asked_id')
      .primaryKey()
      .references(() => askedQuestions.id),
    kind: text('kind').$type<'words' | 'dismissed'>().notNull(),
    sealedAnswer: text('sealed_answer'),
    closedAt: instant('closed_at').notNull(),
  },
  (t) => [
    index('asked_replies_age').on(t.closedAt),
    check('asked_replies_kind', sql`${t.kind} in ('words', 'dismissed')`),
    check('asked_replies_answer', sql`(${t.kind} = 'words') = (${t.sealedAnswer} is not null)`),
  ],
);

/** How the practice shows a page of the library; a page without a row is shown as it was written. */
export const questionPages = table(
  'question_pages',
  {
    slug: text('slug').primaryKey(),
    /** Lower comes first; null for one that the owner never moved. */
    position: int('position'),
    isHidden: bool('is_hidden').notNull().default(false),
    /** The clinician who has read it, named by the owner. */
    reviewerName: text('reviewer_name'),
    reviewerQualification: text('reviewer_qualification'),
    reviewedOn: text('reviewed_on'),
    version: int('version').notNull().default(1),
  },
  (t) => [
    check(
      'question_pages_reviewer',
      sql`(${t.reviewerName} is null) = (${t.reviewerQualification} is null) and (${t.reviewerName} is null) = (${t.reviewedOn} is null)`,
    ),
  ],
);

/** How often a page was read, and its booking link followed, on a local day: totals only, nothing about who. */
export const questionCounts = table(
  'question_counts',
  {
    on: text('counted_on').notNull(),
    slug: text('slug').notNull(),
    kind: text('kind').$type<'read' | 'followed'>().notNull(),
    times: int('times').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.on, t.slug, t.kind] }),
    check('question_counts_kind', sql`${t.kind} in ('read', 'followed')`),
    check('question_counts_times', sql`${t.times} > 0`),
  ],
);
