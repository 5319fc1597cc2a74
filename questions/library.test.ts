import { describe, expect, it } from 'vitest';
import { problemsOf } from './check';
import { getQuestion, isOverdue, linkOf, listQuestions, readCitations, readDraft, sectionTitles } from './library';
import { listSlugs } from './slugs';

const slugs = listSlugs();
const citations = readCitations();

describe('every file of the library', () => {
  it.each(slugs)('%s is complete, cited and plain enough', (slug) => {
    const problems = problemsOf(readDraft(slug), slugs, citations);
    expect(problems.map(({ file, line, mend }) => `${file}:${line}  ${mend}`)).toEqual([]);
  });

  it('is drawn with its sections and its sources numbered from 1', () => {
    for (const question of listQuestions()) {
      expect(Object.keys(question.sections)).toEqual([...sectionTitles]);
      expect(question.sources.map(({ number }) => number)).toEqual(question.sources.map((_, index) => index + 1));
    }
  });

  it('holds the three that the practice opens with', () => {
    expect(slugs).toEqual(expect.arrayContaining(['hamstring-tendinopathy', 'low-back-pain', 'sciatica']));
  });
});

describe('a citation', () => {
  it('has an address under doi.org when its DOI was resolved', () => {
    const seen = Object.entries(citations).filter(([, { doiSeen }]) => doiSeen);
    expect(seen.filter(([, { doi }]) => !doi?.startsWith('10.')).map(([id]) => id)).toEqual([]);
  });

  it('is linked by its DOI, or by the page that was read, and not by a page that nobody read', () => {
    const page = { doi: null, doiSeen: false, url: 'https://page.example/' };
    expect(linkOf(page)).toBeNull();
    expect(linkOf({ ...page, readOn: '2026-11-27' })).toBe('https://page.example/');
    expect(linkOf({ ...page, doi: '10.1/x', doiSeen: true, readOn: '2026-11-27' })).toBe('https://doi.org/10.1/x');
  });

  it('that was read has an address', () => {
    const read = Object.entries(citations).filter(([, { readOn }]) => readOn);
    expect(read.length).toBeGreaterThan(30);
    expect(read.filter(([, { url }]) => !url).map(([id]) => id)).toEqual([]);
  });

  it('that was read stands under some page', () => {
    const cited = new Set(listQuestions().flatMap(({ sources }) => sources.map(({ id }) => id)));
    const read = Object.entries(citations).filter(([, { readOn }]) => readOn);
    expect(read.filter(([id]) => !cited.has(id)).map(([id]) => id)).toEqual([]);
  });
});

describe('asking for a question', () => {
  it('finds nothing for a name that no file has', () => {
    expect(getQuestion('moon-dust')).toBeNull();
  });

  it.each(['../package', 'README', 'a/b', '', '..%2f', 'low-back-pain.md', 'Low-Back-Pain'])(
    'opens no file for %j',
    (slug) => {
      expect(getQuestion(slug)).toBeNull();
    },
  );
});

describe('a page that nobody has reviewed', () => {
  it('is current for twelve months to the day', () => {
    expect(isOverdue({ reviewed: '2026-11-23' }, '2027-11-23')).toBe(false);
  });

  it('is overdue on the day after', () => {
    expect(isOverdue({ reviewed: '2026-11-23' }, '2027-11-24')).toBe(true);
  });
});
