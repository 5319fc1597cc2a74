import type { z } from 'zod';
import type { RedFlagTopic } from '@/care/red-flags-by-topic';
import type { Citation, FrontMatter } from './front-matter';
import { type QuestionFile, sectionTitles } from './library';
import { type Inline, inlineToText, listCitedIds, type Section } from './markdown';
import { getReadingGrade, splitSentences, splitWords } from './readability';

// The rules for a question file beyond its shape. Each problem tells the author where it is and how to fix it.

export interface QuestionFileProblem {
  file: string;
  line: number;
  fix: string;
}

/** The kinds of warnings of which a page on a topic must name at least one. Add new topics here. */
const topicKinds: Record<string, readonly RedFlagTopic[]> = {
  Back: ['back'],
  'Neck and head': ['neck', 'head', 'jaw'],
  Shoulder: ['shoulder'],
  'Hip and thigh': ['thigh'],
  Elbow: ['elbow'],
  'Knee and foot': ['knee', 'foot', 'calf'],
  'Muscles after sport': ['race', 'firm'],
  'Whole body': ['widespread'],
  'Mind and sleep': ['mind'],
  'Which massage': ['firm'],
  'How often': ['course'],
  'Your first visit': ['first', 'after', 'firm'],
  'Before you book': ['safety', 'pregnancy', 'conditions', 'surgery', 'cancer'],
};

const limits = { shortAnswerWords: 60, shortAnswerGrade: 6, pageGrade: 8 };

const citedSections = new Set<string>(['What the evidence says', 'Risks and side effects']);
const emptyPromises = /\b(?:promising|preliminary|miracle|cure[sd]?|instant(?:ly)?|guarantee[sd]?|detox\w*|toxins?)\b/i;
/** Only the page that asks whether toxins are real may use the word. */
const pageOnToxins = 'sore-after-massage';
function findEmptyPromise(words: string, slug: string): RegExpExecArray | null {
  return emptyPromises.exec(slug === pageOnToxins ? words.replace(/\btoxins?\b/gi, '') : words);
}

/** A whole claim that does not say how much, for how long or how surely. */
const helpAlone = /\b(?:may|might|can|could) help(?=\s*[.!])/i;
const inflammatory = /inflammatory (?:injury|condition|problem)/i;
const ownVoice = /\b(?:we|our|us)\b/i;
const reviewOrGuideline = /review|guideline|meta-analysis|cochrane|recommendation/i;

export function findQuestionFileProblems(
  draft: QuestionFile,
  slugs: string[],
  citations: Record<string, Citation>,
): QuestionFileProblem[] {
  const at = (line: number, fix: string): QuestionFileProblem => ({ file: draft.file, line, fix });
  const lineOf = (words: string) => Math.max(1, draft.lines.findIndex((line) => line.includes(words)) + 1);
  const problems: QuestionFileProblem[] = [];

  if (draft.facts.success) {
    problems.push(...problemsOfFacts(draft.facts.data, draft.slug, slugs, (key, fix) => at(lineOf(`${key}:`), fix)));
  } else {
    for (const issue of draft.facts.error.issues) {
      const { key, fix } = describeIssue(issue);
      problems.push(at(lineOf(key), fix));
    }
  }

  const titles = draft.sections.map(({ title }) => title);
  if (titles.join('\n') !== sectionTitles.join('\n')) {
    const wrong = titles.findIndex((title, index) => title !== sectionTitles[index]);
    const place = draft.sections[wrong]?.line ?? draft.lines.length;
    problems.push(
      at(place, `write these sections, in this order: ${sectionTitles.map((t) => `"## ${t}"`).join(', ')}`),
    );
  }

  for (const section of draft.sections) problems.push(...problemsOfSection(section, draft.slug, citations, at));
  problems.push(...problemsOfEvidence(draft.sections, citations, at));

  const grade = getReadingGrade(pageText(draft));
  if (grade > limits.pageGrade) {
    const fix = `the page reads at grade ${grade.toFixed(1)}: shorter sentences and shorter words bring it to ${limits.pageGrade}`;
    problems.push(at(draft.sections[0]?.line ?? 1, fix));
  }
  return problems.sort((a, b) => a.line - b.line);
}

/** Which field of the front matter is wrong, and what to write there. */
function describeIssue(issue: z.core.$ZodIssue): { key: string; fix: string } {
  const field = issue.path.join('.');
  const key = String(issue.path.findLast((part) => typeof part === 'string') ?? '---');
  switch (issue.code) {
    case 'unrecognized_keys':
      return { key: issue.keys[0] ?? key, fix: `there is no field "${issue.keys.join('", "')}" here: leave it out` };
    case 'invalid_type':
      // The schema's own message, where it has one, says more.
      if (!issue.message.startsWith('Invalid input')) break;
      return { key, fix: `${field}: write this field, as in low-back-pain.md` };
    case 'invalid_value':
      return { key, fix: `${field}: write one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}` };
  }
  return { key, fix: `${field}: ${issue.message}` };
}

function problemsOfFacts(
  facts: FrontMatter,
  slug: string,
  slugs: string[],
  at: (key: string, fix: string) => QuestionFileProblem,
): QuestionFileProblem[] {
  const problems: QuestionFileProblem[] = [];
  const count = splitWords(facts.shortAnswer).length;
  if (count > limits.shortAnswerWords) {
    problems.push(at('shortAnswer', `the short answer has ${count} words: keep it to ${limits.shortAnswerWords}`));
  }
  const grade = getReadingGrade(facts.shortAnswer);
  if (grade > limits.shortAnswerGrade) {
    const fix = `the short answer reads at grade ${grade.toFixed(1)}: bring it to ${limits.shortAnswerGrade}`;
    problems.push(at('shortAnswer', fix));
  }
  const empty = findEmptyPromise(facts.shortAnswer, slug) ?? helpAlone.exec(facts.shortAnswer);
  if (empty) problems.push(at('shortAnswer', `say what was measured instead of "${empty[0]}"`));
  for (const words of factsText(facts)) {
    const promise = findEmptyPromise(words, slug);
    if (promise) problems.push(at('takeaways', `say what was measured instead of "${promise[0]}"`));
  }
  const kinds = topicKinds[facts.topic];
  if (!kinds) problems.push(at('topic', 'say in questions/front-matter.ts which warnings a page on this topic needs'));
  else if (!kinds.some((kind) => facts.warnFor.includes(kind))) {
    problems.push(at('warnFor', `a page under "${facts.topic}" warns for ${kinds.join(' or ')}: name it here`));
  }
  for (const related of facts.related) {
    if (related === slug) problems.push(at('related', 'a question is not related to itself'));
    else if (!slugs.includes(related))
      problems.push(at('related', `there is no questions/${related}.md: leave it out`));
  }
  if (new Set(facts.related).size < facts.related.length) problems.push(at('related', 'a slug stands here twice'));
  if (facts.reviewed < facts.published) problems.push(at('reviewed', 'a review cannot come before the publication'));
  if (facts.nextReview <= facts.reviewed) problems.push(at('nextReview', 'the next review comes after the last'));
  if (!facts.changes.some(({ on }) => on === facts.published)) {
    problems.push(at('changes', `note what happened on ${facts.published}, when it was published`));
  }
  return problems;
}

function problemsOfSection(
  section: Section,
  slug: string,
  citations: Record<string, Citation>,
  at: (line: number, fix: string) => QuestionFileProblem,
): QuestionFileProblem[] {
  const problems: QuestionFileProblem[] = [];
  if (section.blocks.length === 0) problems.push(at(section.line, `"${section.title}" is empty`));
  for (const block of section.blocks) {
    const runs =
      block.kind === 'rows'
        ? block.rows.map(({ matter }) => matter)
        : block.kind === 'aside'
          ? block.paragraphs
          : block.kind === 'paragraph'
            ? [block.children]
            : [];
    for (const run of runs) {
      for (const id of listCitedIds(run)) {
        if (!citations[id])
          problems.push(at(block.line, `[^${id}] is not in citations.json: add it there or correct the id`));
        else if (citations[id].read === 'not read')
          problems.push(
            at(block.line, `nobody has read [^${id}]: read it and say so in citations.json, or leave it out`),
          );
        else if (isSecondHand(citations[id]))
          problems.push(
            at(block.line, `[^${id}] tells what others found or wrote: cite their own words, or leave the claim out`),
          );
      }
      const wrong = findEmptyPromise(inlineToText(run), slug) ?? inflammatory.exec(inlineToText(run));
      if (wrong) problems.push(at(block.line, `say what was measured instead of "${wrong[0]}"`));
      if (citedSections.has(section.title)) {
        for (const sentence of uncitedSentences(run)) {
          problems.push(at(block.line, `"${sentence}" needs a source: put [^id] after it`));
        }
      }
    }
    if (section.title === 'Which massage, how often' && block.kind === 'rows') {
      for (const row of block.rows.filter(({ basis }) => !basis)) {
        const fix = `"${inlineToText(row.label)}" must end with {tested in a trial}, {borrowed from another problem} or {our suggestion}`;
        problems.push(at(block.line, fix));
      }
    }
  }
  return problems;
}

function problemsOfEvidence(
  sections: Section[],
  citations: Record<string, Citation>,
  at: (line: number, fix: string) => QuestionFileProblem,
): QuestionFileProblem[] {
  const evidence = sections.find(({ title }) => title === 'What the evidence says');
  if (!evidence) return [];
  const problems: QuestionFileProblem[] = [];
  if (!evidence.blocks.some(({ kind }) => kind === 'aside')) {
    problems.push(at(evidence.line, 'set at least one finding that goes the other way, or "None found", in a > aside'));
  }
  const runs = evidence.blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.children] : block.kind === 'aside' ? block.paragraphs : [],
  );
  const titles = runs.flatMap(listCitedIds).map((id) => `${citations[id]?.title} ${citations[id]?.journal}`);
  if (![...titles, ...runs.map(inlineToText)].some((words) => reviewOrGuideline.test(words))) {
    problems.push(at(evidence.line, 'cite a guideline or a review, or say that none exists'));
  }
  return problems;
}

const tellsOfOthers =
  /\b(?:news of|news report|report on|account of|summary of|(?:study|trial|guideline) summary|a reading of|as copied|copied by|word of mouth)\b|\bwords, (?:shown|on)\b|\b(?:shown|told|summed up) by (?:a|an|another|the other)\b|\banother site|\bother site’s|’s (?:summary|account|report) of\b/i;

/** Whether a citation is news, a summary or a copy of somebody else's page: by its kind, or by its own words. */
export function isSecondHand({ kind, title, journal, note }: Citation): boolean {
  return kind === 'second-hand' || [title, journal, note].some((words) => words && tellsOfOthers.test(words));
}

/** Sentences that state a fact without a citation. What we ourselves did, found or suggest needs no source. */
function uncitedSentences(run: Inline[]): string[] {
  const marked = run.map((inline) => (inline.kind === 'cite' ? ' ¶' : inlineToText([inline]))).join('');
  // A reader's question is not a finding.
  const stated = marked.replace(/A reader asks: “[^”]*”/g, 'We are asked this.');
  // A citation follows the full stop of its sentence. Moving it before the full stop keeps it with the sentence.
  const sentences = splitSentences(stated.replace(/([.!?])((?:\s*¶)+)/g, '$2$1'));
  return sentences
    .filter((sentence) => !sentence.includes('¶') && !ownVoice.test(sentence))
    .map((sentence) => sentence.trim());
}

function factsText({ question, shortAnswer, takeaways, yourself, later }: FrontMatter): string[] {
  return [question, shortAnswer, ...takeaways.flatMap(({ head, say }) => [head, say]), ...yourself, later];
}

/** The text of a page without its sources. */
function pageText(draft: QuestionFile): string {
  const facts = draft.facts.success ? factsText(draft.facts.data) : [];
  const body = draft.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'heading') return [];
      if (block.kind === 'rows')
        return block.rows.map(({ label, matter }) => `${inlineToText(label)} ${inlineToText(matter)}`);
      return block.kind === 'aside' ? block.paragraphs.map(inlineToText) : [inlineToText(block.children)];
    }),
  );
  return [...facts, ...body].map((words) => (/[.!?]$/.test(words.trim()) ? words : `${words.trim()}.`)).join(' ');
}
