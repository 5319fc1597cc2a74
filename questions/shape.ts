import { z } from 'zod';
import { type RedFlagKind, redFlagKinds } from '@/care/red-flag-kinds';

// What a question's front matter must hold, and what a citation must. The messages are read by whoever adds a
// file, so each says what to write.

const day = z.preprocess(
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as 2026-11-23'),
);
const words = z
  .string('write some words here')
  .trim()
  .min(1, 'write some words here')
  .overwrite((text) => text.replace(/'/g, '’'));

export const grades = ['strong', 'moderate', 'limited', 'very limited', 'conflicting'] as const;
export const bases = ['trial', 'extrapolated', 'none'] as const;
const massages = ['swedish', 'sports', 'deep-tissue'] as const;
export const shelves = ['where it hurts', 'starting out', 'safety'] as const;

export type Massage = (typeof massages)[number];

const kinds = Object.keys(redFlagKinds) as [RedFlagKind, ...RedFlagKind[]];

const plan = z
  .strictObject({
    massages: z.array(z.enum(massages)).min(1).max(26),
    minutes: z.union([z.literal(30), z.literal(60), z.literal(90)], 'write 30, 60 or 90'),
    cadence: z.enum(['once', 'weekly', 'biweekly']),
    basis: z.enum(bases),
    said: words,
  })
  .refine(({ massages, cadence }) => (cadence === 'once') === (massages.length === 1), {
    path: ['massages'],
    message: 'name one massage for "once", and one for each session otherwise',
  });

export const frontMatter = z.strictObject({
  question: words.max(89, 'keep the question under 90 characters').endsWith('?', 'end the question with "?"'),
  shelf: z.enum(shelves),
  topic: words,
  symptoms: z.array(words).min(3, 'give at least three things a reader would say or search for'),
  shortAnswer: words,
  grade: z.enum(grades),
  benefit: z.strictObject({ size: words, why: words }),
  plan,
  warnFor: z
    .array(z.enum(kinds))
    .min(1, 'name what this page is about, from care/red-flag-kinds.ts')
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

export const citation = z.strictObject({
  authors: z.array(words),
  title: words,
  journal: words.nullable(),
  year: z.number().int().nullable(),
  doi: words.nullable(),
  pmid: words.nullable(),
  url: z.url().nullable(),
  doiSeen: z.boolean(),
  /** The day on which somebody read the page at `url`. */
  readOn: day.optional(),
  note: words.optional(),
});

export type FrontMatter = z.infer<typeof frontMatter>;
export type Citation = z.infer<typeof citation>;
