import { z } from 'zod';
import { type BodyAreaName, bodyAreas } from '@/care/body-areas';
import { type RedFlagTopic, redFlagsByTopic } from '@/care/red-flags-by-topic';

// What a question's front matter and a citation must contain. Authors read the messages when they add a file, so each
// says what to write.

const day = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as 2026-11-23'),
);
const words = z
  .string('write some words here')
  .trim()
  .min(1, 'write some words here')
  .overwrite((text) => text.replace(/'/g, '’'));

export const evidenceGrades = ['strong', 'moderate', 'limited', 'very limited', 'conflicting'] as const;
export const planBasisKinds = ['trial', 'extrapolated', 'none'] as const;
const massages = ['swedish', 'sports', 'deep-tissue'] as const;
export const libraryShelves = ['where it hurts', 'starting out', 'safety'] as const;

export type MassageId = (typeof massages)[number];

/** How much massage helps, for the bar on the page: none, a little, some, a lot. */
export const benefitLevels = ['None', 'A little', 'Some', 'A lot'] as const;
const helpStep = z
  .number()
  .int()
  .min(0)
  .max(benefitLevels.length - 1);

const areaNames = [...new Set(bodyAreas.map(({ name }) => name))] as [BodyAreaName, ...BodyAreaName[]];
const areas = z.array(z.enum(areaNames));

const kinds = Object.keys(redFlagsByTopic) as [RedFlagTopic, ...RedFlagTopic[]];

const plan = z
  .strictObject({
    massages: z.array(z.enum(massages)).min(1).max(26),
    minutes: z.union([z.literal(30), z.literal(60), z.literal(90)], 'write 30, 60 or 90'),
    cadence: z.enum(['once', 'weekly', 'biweekly']),
    basis: z.enum(planBasisKinds),
    said: words,
  })
  .refine(({ massages, cadence }) => (cadence === 'once') === (massages.length === 1), {
    path: ['massages'],
    message: 'name one massage for "once", and one for each session otherwise',
  });

export const frontMatterSchema = z.strictObject({
  question: words.max(89, 'keep the question under 90 characters').endsWith('?', 'end the question with "?"'),
  shelf: z.enum(libraryShelves),
  topic: words,
  symptoms: z.array(words).min(3, 'give at least three things a reader would say or search for'),
  shortAnswer: words,
  grade: z.enum(evidenceGrades),
  benefit: z.strictObject({ size: words, why: words }),
  /** The points to remember for a reader who reads nothing else. */
  takeaways: z.array(z.strictObject({ head: words, say: words })).length(3, 'write three takeaways'),
  /** What readers can do by themselves. */
  yourself: z.array(words).length(3, 'write three steps'),
  /** What is known about the time after the last session. */
  later: words,
  /** From and to, as steps of `benefitLevels`; null where nobody has measured it. */
  helps: z.union([z.tuple([helpStep, helpStep]), z.null(), z.literal('does not apply')]),
  /** The areas on the drawing, by their names in care/body-areas.ts. */
  where: z
    .strictObject({ hurts: areas, worked: areas.min(1, 'name what is worked'), spare: areas })
    .refine(({ worked, spare }) => !worked.some((name) => spare.includes(name)) || spare.includes('sit bone'), {
      message: 'a place is worked or spared, not both',
    }),
  plan,
  warnFor: z
    .array(z.enum(kinds))
    .min(1, 'name what this page is about, from care/red-flags-by-topic.ts')
    .refine((named) => new Set(named).size === named.length, 'a kind stands here twice'),
  score: z.strictObject({ of: words, start: z.number().int().min(3).max(10) }),
  related: z.array(words).min(3, 'name three to five related questions').max(5, 'name three to five related questions'),
  published: day,
  reviewed: day,
  nextReview: day,
  writtenBy: words,
  reviewedBy: words.nullable(),
  changes: z.array(z.strictObject({ on: day, what: words })).min(1, 'note the first publication here'),
});

/**
 * Who wrote the source: the authors of a study or a guideline, or advice on somebody's own page. Second-hand sources
 * are refused.
 */
const sourceKinds = ['study', 'guideline', 'advice', 'second-hand'] as const;

export const citationSchema = z.strictObject({
  kind: z.enum(sourceKinds),
  authors: z.array(words),
  title: words,
  journal: words.nullable(),
  year: z.number().int().nullable(),
  doi: words.nullable(),
  pmid: words.nullable(),
  url: z.url().nullable(),
  doiSeen: z.boolean(),
  /**
   * How much of it we read: as much of the page at `url` as could be opened, the abstract of a paper, or nothing yet.
   */
  read: z.enum(['page', 'abstract', 'not read']),
  /** The day on which it was last read. */
  readOn: day.optional(),
  note: words.optional(),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type Citation = z.infer<typeof citationSchema>;
