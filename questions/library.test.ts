import { describe, expect, it } from 'vitest';
import { bodyAreas } from '@/care/body-areas';
import { getMinimalImportantChange } from '@/care/progress';
import { redFlags } from '@/care/red-flags';
import type { RedFlagTopic } from '@/care/red-flags-by-topic';
import { findQuestionFileProblems, isSecondHand } from './check-question-file';
import {
  getQuestion,
  getSourceUrl,
  isPlanLongEnoughForVerdict,
  isReviewOverdue,
  listQuestions,
  readCitationsFile,
  readQuestionFile,
  sectionTitles,
} from './library';
import { listQuestionSlugs } from './list-question-slugs';

const slugs = listQuestionSlugs();
const citations = readCitationsFile();

describe('every file of the library', () => {
  it.each(slugs)('%s is complete, cited and plain enough', (slug) => {
    const problems = findQuestionFileProblems(readQuestionFile(slug), slugs, citations);
    expect(problems.map(({ file, line, fix }) => `${file}:${line}  ${fix}`)).toEqual([]);
  });

  it('has all sections, and its sources are numbered from 1', () => {
    for (const question of listQuestions()) {
      expect(Object.keys(question.sections)).toEqual([...sectionTitles]);
      expect(question.sources.map(({ number }) => number)).toEqual(question.sources.map((_, index) => index + 1));
    }
  });

  it('includes the three questions that a practice starts with', () => {
    expect(slugs).toEqual(expect.arrayContaining(['hamstring-tendinopathy', 'low-back-pain', 'sciatica']));
  });
});

describe('a citation', () => {
  it('has an address under doi.org when its DOI was resolved', () => {
    const seen = Object.entries(citations).filter(([, { doiSeen }]) => doiSeen);
    expect(seen.filter(([, { doi }]) => !doi?.startsWith('10.')).map(([id]) => id)).toEqual([]);
  });

  it('links to its DOI where that was resolved, otherwise to its page', () => {
    const page = { doi: '10.1/x', doiSeen: false, url: 'https://page.example/' };
    expect(getSourceUrl(page)).toBe('https://page.example/');
    expect(getSourceUrl({ ...page, doiSeen: true })).toBe('https://doi.org/10.1/x');
    expect(getSourceUrl({ ...page, url: null })).toBeNull();
  });

  it('that a page shows can be opened, or its note says what was read', () => {
    const printed = listQuestions().flatMap(({ sources }) => sources);
    expect(printed.filter((source) => !getSourceUrl(source) && !source.note).map(({ id }) => id)).toEqual([]);
  });

  it('has the day on which it was read, unless nobody has read it', () => {
    const undated = Object.entries(citations).filter(([, { read, readOn }]) => (read === 'not read') === !!readOn);
    expect(undated.map(([id]) => id)).toEqual([]);
  });

  it('that nobody has read supports no claim', () => {
    const warned = Object.values(redFlags).flatMap(({ sources }) => sources);
    const printed = listQuestions().flatMap(({ sources }) => sources.map(({ id }) => id));
    const used = [...new Set([...warned, ...printed])];
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((id) => citations[id]?.read !== 'page' && citations[id]?.read !== 'abstract')).toEqual([]);
  });

  it('that was read has an address, or a note on where it was read', () => {
    const read = Object.entries(citations).filter(([, { readOn }]) => readOn);
    expect(read.length).toBeGreaterThan(100);
    expect(read.filter(([, { url, note }]) => !url && !note).map(([id]) => id)).toEqual([]);
  });

  it('is first-hand, not news, a summary or a copy', () => {
    const secondHand = Object.entries(citations).filter(([, citation]) => isSecondHand(citation));
    expect(secondHand.map(([id]) => id)).toEqual([]);
  });

  it('of a study is a paper, or has a journal and a note', () => {
    const papers = Object.entries(citations).filter(([, { kind }]) => kind === 'study');
    const loose = papers.filter(([, { doi, pmid, journal, note }]) => !doi && !pmid && !(journal && note));
    expect(loose.map(([id]) => id)).toEqual([]);
  });

  it('appears on some page', () => {
    const cited = new Set(listQuestions().flatMap(({ sources }) => sources.map(({ id }) => id)));
    expect(Object.keys(citations).filter((id) => !cited.has(id))).toEqual([]);
  });
});

describe('the section of a page about scores', () => {
  it.each(slugs)('%s explains a change worth having only if its plan is long enough for a verdict', (slug) => {
    const question = getQuestion(slug)!;
    const sectionText = JSON.stringify(question.sections['How will I know it is working?']);
    expect(sectionText.includes('Why one score is not enough')).toBe(isPlanLongEnoughForVerdict(question));
    expect(sectionText).not.toMatch(/2 points, or 30/);
  });

  it('names the same thresholds as the rule in care/progress.ts', () => {
    const sectionText = JSON.stringify(getQuestion('low-back-pain')!.sections['How will I know it is working?']);
    const steps = [getMinimalImportantChange(4.4), getMinimalImportantChange(7.5), getMinimalImportantChange(7.6)];
    expect(steps).toEqual([1, 2, 3]);
    expect(sectionText).toContain('Below 4.5 it is a drop of 1 point, up to 7.5 of 2, and above that of 3.');
  });
});

describe('getting a question', () => {
  it('returns null for an unknown name', () => {
    expect(getQuestion('moon-dust')).toBeNull();
  });

  it.each(['../package', 'README', 'a/b', '', '..%2f', 'low-back-pain.md', 'Low-Back-Pain'])(
    'opens no file for %j',
    (slug) => {
      expect(getQuestion(slug)).toBeNull();
    },
  );
});

describe('the review of a page', () => {
  it('is current for twelve months to the day', () => {
    expect(isReviewOverdue({ reviewed: '2026-11-23' }, '2027-11-23')).toBe(false);
  });

  it('is overdue on the day after', () => {
    expect(isReviewOverdue({ reviewed: '2026-11-23' }, '2027-11-24')).toBe(true);
  });
});

describe('the drawing of a page', () => {
  it.each(slugs)('%s marks only areas of the body map, and the place that its topic is about', (slug) => {
    const { where, warnFor } = getQuestion(slug)!;
    const drawn = new Set(bodyAreas.map(({ name }) => name));
    expect([...where.hurts, ...where.worked, ...where.spare].filter((name) => !drawn.has(name))).toEqual([]);
    // A page about a place marks it as sore.
    const places: Partial<Record<RedFlagTopic, string[]>> = {
      back: ['lower back', 'buttock'],
      neck: ['back of neck'],
      shoulder: ['back of shoulder', 'front of shoulder'],
      elbow: ['back of forearm'],
      knee: ['knee'],
      foot: ['heel', 'foot'],
      calf: ['heel', 'calf'],
      jaw: ['face'],
      head: ['face', 'back of head'],
    };
    for (const kind of warnFor) {
      const any = places[kind];
      if (any)
        expect(
          where.hurts.some((name) => any.includes(name)),
          kind,
        ).toBe(true);
    }
  });

  it('never marks the front of the neck, the belly or the back of the knee to be worked on', () => {
    for (const { slug, where } of listQuestions())
      expect(
        where.worked.filter((name) => ['front of neck', 'belly', 'back of knee'].includes(name)),
        slug,
      ).toEqual([]);
  });
});
