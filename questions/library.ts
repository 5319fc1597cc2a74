import { readFileSync } from 'node:fs';
import path from 'node:path';
import matter from 'gray-matter';
import { z } from 'zod';
import { groupRedFlags, type RedFlagId, type RedFlagTier } from '@/care/red-flags';
import { listRedFlagsForTopics, type RedFlagTopic, redFlagsByTopic } from '@/care/red-flags-by-topic';
import { type CountryHelp, formatCrisisLine, formatEmergencyHeading } from './emergency-numbers';
import { type Citation, citationSchema, type FrontMatter, frontMatterSchema } from './front-matter';
import { listQuestionSlugs, QUESTIONS_FOLDER } from './list-question-slugs';
import { type Block, listCitedIds, listTextRuns, readSections, type Section } from './markdown';

/** The sections of a question, in the order in which they are read. */
export const sectionTitles = [
  'See a doctor first',
  'What the evidence says',
  'Which massage, how often',
  'Risks and side effects',
  'Other choices',
  'How will I know it is working?',
] as const;

export interface Source extends Citation {
  id: string;
  number: number;
}

export interface Question extends FrontMatter {
  slug: string;
  /** Every warning that the page needs, by what it is about and how it would be treated. */
  redFlags: RedFlagId[];
  sections: Record<(typeof sectionTitles)[number], Block[]>;
  /** Numbered in the order of their first citation in the text. */
  sources: Source[];
}

/** One file as written: enough to render it, and to report its mistakes. */
export interface QuestionFile {
  slug: string;
  file: string;
  facts: z.ZodSafeParseResult<FrontMatter>;
  sections: Section[];
  lines: string[];
}

export function readCitationsFile(): Record<string, Citation> {
  const text = readFileSync(path.join(QUESTIONS_FOLDER, 'citations.json'), 'utf8');
  return z.record(z.string(), citationSchema).parse(JSON.parse(text));
}

export function readQuestionFile(slug: string): QuestionFile {
  return parseQuestionFile(slug, readFileSync(path.join(QUESTIONS_FOLDER, `${slug}.md`), 'utf8'));
}

export function parseQuestionFile(slug: string, text: string): QuestionFile {
  const file = `questions/${slug}.md`;
  try {
    // With an options object, gray-matter does not return one shared, cached result.
    const { data, content } = matter(text, {});
    const firstLine = text.slice(0, text.length - content.length).split('\n').length;
    const facts = frontMatterSchema.safeParse(data);
    // Also for a file with another mistake, so that only that mistake is reported.
    const named = Array.isArray(data.warnFor) ? data.warnFor : [];
    const symptoms = listRedFlagsForTopics(named.filter((kind): kind is RedFlagTopic => kind in redFlagsByTopic));
    const ids = facts.success ? neededBy(facts.data) : symptoms;
    const written = readSections(content, firstLine);
    if (facts.success) addChangeWorthHaving(written, facts.data);
    const sections = [...readSections(warningsOf(ids, null), 1), ...written];
    return { slug, file, facts, sections, lines: text.split('\n') };
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** The warnings of a page: for its topics, for how firmly its plan would press, and for the areas worked on. */
function neededBy({ warnFor, plan, where }: FrontMatter): RedFlagId[] {
  const isFirm = plan.massages.some((massage) => massage !== 'swedish');
  const kinds: RedFlagTopic[] = [...warnFor, ...(isFirm ? (['firm'] as const) : [])];
  return listRedFlagsForTopics([...kinds, warnFor.includes('safety') ? 'safety' : 'elsewhere'], where.worked);
}

const calmerHeadings: Record<Exclude<RedFlagTier, 'emergency'>, string> = {
  doctor_today: 'Today, before anything else',
  ask_first: 'Before you book',
};

/** The first section of a page, built from the shared list of red flags. */
function warningsOf(ids: RedFlagId[], country: CountryHelp | null): string {
  const groups = groupRedFlags(ids).map(({ tier, flags }) => {
    const rows = flags.map(({ sign, action, namesCrisisLine, sources }) => {
      const sentence = namesCrisisLine ? `${action} ${formatCrisisLine(country)}` : action;
      return `- **${sign}** ${sentence}${sources.map((id) => `[^${id}]`).join('')}`;
    });
    const heading = tier === 'emergency' ? formatEmergencyHeading(country) : calmerHeadings[tier];
    return `### ${heading}\n\n${rows.join('\n')}\n`;
  });
  return `## ${sectionTitles[0]}\n\n${groups.join('\n')}`;
}

/**
 * A plan with fewer sessions is never judged (`judgeProgress` in care/progress.ts), so its page promises no verdict.
 */
export function isPlanLongEnoughForVerdict({ plan }: Pick<FrontMatter, 'plan'>): boolean {
  return plan.massages.length >= 4;
}

/**
 * What every page says about its scores, and why: the rule in care/progress.ts. It is collapsed, below the page's own
 * words.
 */
const changeWorthHaving = `### Which change counts, and why one score is not enough

**What is worth having.** It depends on where you start. Below 4.5 it is a drop of 1 point, up to 7.5 of 2, and above that of 3.[^salaffi-2004][^nrs-back-2021] Among 1,708 people in physiotherapy, a small change was a drop of about 1.5 points, and a large one of 3.5.[^abbott-2014] We ask that it is 30% of where you started as well.

**Why one score is not enough.** People book when it is bad, and pain then often eases by itself. So we ask for three scores in the week before session 1, and for one before each session. If your last two are both below all three from before, we call it clearly lower. That is not the same as caused by the massage.
`;

function addChangeWorthHaving(sections: Section[], facts: FrontMatter): void {
  const section = sections.find(({ title }) => title === 'How will I know it is working?');
  if (!section || !isPlanLongEnoughForVerdict(facts)) return;
  const [parsed] = readSections(`## ${section.title}\n\n${changeWorthHaving}`, section.line);
  section.blocks.push(...parsed!.blocks);
}

/** The question with the emergency numbers of a country, where we know them. */
export function addCountryNumbers(question: Question, country: CountryHelp | null): Question {
  const [warnings] = readSections(warningsOf(question.redFlags, country), 1);
  return { ...question, sections: { ...question.sections, [sectionTitles[0]]: warnings!.blocks } };
}

/**
 * A question ready to be rendered, without emergency numbers, or null for an unknown name. Throws for a file that
 * breaks the rules.
 */
export function getQuestion(slug: string): Question | null {
  return listQuestions().find((question) => question.slug === slug) ?? null;
}

let questionCache: Question[] | undefined;

/** Every question, by title. A running server reads the files once: they change only with a new build. */
export function listQuestions(): Question[] {
  if (questionCache) return questionCache;
  const citations = readCitationsFile();
  const questions = listQuestionSlugs()
    .map((slug) => finish(readQuestionFile(slug), citations))
    .sort((a, b) => a.question.localeCompare(b.question, 'en'));
  if (process.env.NODE_ENV !== 'development') questionCache = questions;
  return questions;
}

function finish(draft: QuestionFile, citations: Record<string, Citation>): Question {
  if (!draft.facts.success) throw new Error(`${draft.file}: ${z.prettifyError(draft.facts.error)}`);
  const sections = {} as Question['sections'];
  for (const title of sectionTitles) {
    const section = draft.sections.find((section) => section.title === title);
    if (!section) throw new Error(`${draft.file}: the section "${title}" is missing`);
    sections[title] = section.blocks;
  }
  const ids = new Set(sectionTitles.flatMap((title) => sections[title].flatMap(listTextRuns).flatMap(listCitedIds)));
  const sources = [...ids].map((id, index) => {
    const found = citations[id];
    if (!found) throw new Error(`${draft.file}: [^${id}] is not in citations.json`);
    return { ...found, id, number: index + 1 };
  });
  const redFlags = neededBy(draft.facts.data);
  return { ...draft.facts.data, slug: draft.slug, redFlags, sections, sources };
}

/**
 * Where a reader can open a source: its DOI where that was resolved, otherwise its page. Null where we know neither.
 */
export function getSourceUrl(source: Pick<Citation, 'doi' | 'doiSeen' | 'url'>): string | null {
  return source.doiSeen ? `https://doi.org/${source.doi}` : source.url;
}

/** Whether a page should say that it is old, twelve months after its last review. Both are days, `YYYY-MM-DD`. */
export function isReviewOverdue(question: Pick<Question, 'reviewed'>, today: string): boolean {
  const [year, rest] = [Number(question.reviewed.slice(0, 4)), question.reviewed.slice(4)];
  return today > `${year + 1}${rest}`;
}
