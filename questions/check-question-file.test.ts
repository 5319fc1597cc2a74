import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findQuestionFileProblems } from './check-question-file';
import type { Citation } from './front-matter';
import { parseQuestionFile, readCitationsFile } from './library';
import { listQuestionSlugs } from './list-question-slugs';
import { getReadingGrade, splitSentences } from './readability';

const good = readFileSync('questions/low-back-pain.md', 'utf8');
const citations = readCitationsFile();

/** The problems of the good file after one change. */
function problemsAfterReplacing(from: string | RegExp, to: string) {
  const text = good.replace(from, to);
  if (text === good) throw new Error('This change changed nothing.');
  const problems = findQuestionFileProblems(parseQuestionFile('low-back-pain', text), listQuestionSlugs(), citations);
  return problems.map(({ file, line, fix }) => ({ at: `${file}: ${text.split('\n')[line - 1]}`, fix }));
}

/** The fixes for the good file when its citations are these. */
function fixesWith(sources: Record<string, Citation>): string[] {
  return findQuestionFileProblems(parseQuestionFile('low-back-pain', good), listQuestionSlugs(), sources).map(
    ({ fix }) => fix,
  );
}

describe('checking a question file', () => {
  it('finds no problem in a good file', () => {
    expect(findQuestionFileProblems(parseQuestionFile('low-back-pain', good), listQuestionSlugs(), citations)).toEqual(
      [],
    );
  });

  it('names a missing field', () => {
    expect(problemsAfterReplacing(/^shortAnswer:[\s\S]*?^grade/m, 'grade')).toEqual([
      { at: 'questions/low-back-pain.md: ---', fix: 'shortAnswer: write some words here' },
    ]);
  });

  it('names an invalid grade', () => {
    const [problem] = problemsAfterReplacing('grade: limited', 'grade: fabulous');
    expect(problem?.at).toContain('grade: fabulous');
    expect(problem?.fix).toContain('"very limited"');
  });

  it('names a missing field, a superfluous field and an invalid value', () => {
    expect(problemsAfterReplacing(/^benefit:[\s\S]*?^plan/m, 'plan')).toContainEqual({
      at: 'questions/low-back-pain.md: ---',
      fix: 'benefit: write this field, as in low-back-pain.md',
    });
    expect(problemsAfterReplacing('grade: limited', 'reviewer: Bob\ngrade: limited')).toEqual([
      { at: 'questions/low-back-pain.md: reviewer: Bob', fix: 'there is no field "reviewer" here: leave it out' },
    ]);
    expect(problemsAfterReplacing('  cadence: weekly', '  cadence: monthly')).toEqual([
      {
        at: 'questions/low-back-pain.md:   cadence: monthly',
        fix: 'plan.cadence: write one of "once", "weekly", "biweekly"',
      },
    ]);
  });

  it('rejects a short answer that only says "may help"', () => {
    const fixes = problemsAfterReplacing('A little, for some months.', 'Massage may help.').map(({ fix }) => fix);
    expect(fixes).toContain('say what was measured instead of "may help"');
  });

  it('rejects a claim whose source nobody has read', () => {
    const unread: Citation = { ...citations['furlan-2015']!, read: 'not read', readOn: undefined };
    expect(fixesWith({ ...citations, 'furlan-2015': unread })).toEqual([
      'nobody has read [^furlan-2015]: read it and say so in citations.json, or leave it out',
    ]);
  });

  // These entries were once in citations.json.
  it.each<Partial<Citation>>([
    { kind: 'second-hand' },
    { journal: 'News of the guideline of 2019' },
    { journal: 'Report on the Cochrane review of 2014' },
    { title: 'Study summary of Samuel 2020: massage and relaxation therapy for sleep in cancer survivors' },
    { title: 'Achilles tendinopathy: a reading of Stefansson 2019' },
    { journal: 'PPL Biomechanics, summary of the guideline by Koc and others' },
    { note: 'A physiotherapist’s summary of the guideline, with its grades' },
    { journal: 'US National Institutes of Health (NIH), as copied by another site' },
    { journal: 'Mayo Clinic’s words, shown by a clinic' },
    { journal: 'NHS words, on the site of a practice' },
    { journal: 'NHS health page, shown by a doctors’ practice' },
    { journal: 'Newsletter for patients, shown by another site' },
    { note: 'Read in a stored copy of another site’s page' },
  ])('rejects a claim that cites a second-hand source: %j', (changed) => {
    expect(fixesWith({ ...citations, 'furlan-2015': { ...citations['furlan-2015']!, ...changed } })).toEqual([
      '[^furlan-2015] tells what others found or wrote: cite their own words, or leave the claim out',
    ]);
  });

  it('checks the readability of the whole page, not just of its short answer', () => {
    const hard =
      'Multidimensional biopsychosocial conceptualisations characteristically necessitate individualised consideration. ';
    const fixes = problemsAfterReplacing(
      'You can wait, keep moving',
      `${hard.repeat(40)}You can wait, keep moving`,
    ).map(({ fix }) => fix);
    expect(fixes).toContainEqual(expect.stringMatching(/^the page reads at grade \d+\.\d: /));
  });

  it('requires a question mark', () => {
    const [problem] = problemsAfterReplacing('low back pain?', 'low back pain');
    expect(problem?.fix).toBe('question: end the question with "?"');
  });

  it('finds an unknown citation, with its line', () => {
    const [problem] = problemsAfterReplacing('[^furlan-2015]', '[^furlan-2051]');
    expect(problem?.at).toContain('[^furlan-2051]');
    expect(problem?.fix).toBe('[^furlan-2051] is not in citations.json: add it there or correct the id');
  });

  it('finds a fact without a source', () => {
    const [problem] = problemsAfterReplacing(
      'Guidelines differ:',
      'Massage heals nine backs in ten. Guidelines differ:',
    );
    expect(problem?.fix).toBe('"Massage heals nine backs in ten." needs a source: put [^id] after it');
  });

  it('requires a finding to the contrary', () => {
    const [problem] = problemsAfterReplacing(/^> [\s\S]*?\n\n/m, '');
    expect(problem?.fix).toMatch(/^set at least one finding that goes the other way/);
  });

  it('finds sections that are missing or out of order', () => {
    const [problem] = problemsAfterReplacing('## Other choices', '## Some other choices');
    expect(problem?.at).toContain('## Some other choices');
    expect(problem?.fix).toMatch(/^write these sections, in this order/);
  });

  it('accepts only topics that have a list of warnings', () => {
    const fixes = problemsAfterReplacing('warnFor: [back]', 'warnFor: [bakc]').map(({ fix }) => fix);
    expect(fixes).toContainEqual(expect.stringMatching(/^warnFor\.0: write one of /));
  });

  it('requires the warnings of the topic', () => {
    const [problem] = problemsAfterReplacing('warnFor: [back]', 'warnFor: [running]');
    expect(problem?.fix).toBe('a page under "Back" warns for back: name it here');
  });

  it('requires that a new topic says what its pages must warn of', () => {
    const [problem] = problemsAfterReplacing('topic: Back', 'topic: Wrist');
    expect(problem?.fix).toContain('say in questions/front-matter.ts which warnings');
  });

  it('requires a source for a cadence', () => {
    const [problem] = problemsAfterReplacing(' {our suggestion}', '');
    expect(problem?.fix).toContain('{our suggestion}');
  });

  it('rejects a related question that does not exist', () => {
    const [problem] = problemsAfterReplacing('related: [sciatica', 'related: [moon-dust');
    expect(problem?.fix).toBe('there is no questions/moon-dust.md: leave it out');
  });

  it('limits the words of the short answer', () => {
    const fixes = problemsAfterReplacing('A little, for some months.', `A little${', and may'.repeat(30)}. `).map(
      ({ fix }) => fix,
    );
    expect(fixes).toContainEqual(expect.stringMatching(/^the short answer has \d+ words: keep it to 60$/));
  });

  it('finds words that are too hard', () => {
    const hard =
      'Multidimensional biopsychosocial conceptualisations characteristically necessitate individualised consideration.';
    const fixes = problemsAfterReplacing('A little, for some months.', hard).map(({ fix }) => fix);
    expect(fixes).toContainEqual(expect.stringMatching(/^the short answer reads at grade/));
  });

  it('names the file and line of a list that cannot be parsed', () => {
    expect(() => problemsAfterReplacing('- **Type** Swedish.', '- Type Swedish.')).toThrow(
      /^questions\/low-back-pain\.md: line \d+: open every row of this list with a \*\*label\*\*$/,
    );
  });

  it.each(['cures', 'promising', 'toxins', 'guaranteed'])('rejects the word %s', (word) => {
    const fixes = problemsAfterReplacing('You can wait, keep moving', `It is ${word}. You can wait, keep moving`).map(
      ({ fix }) => fix,
    );
    expect(fixes).toContain(`say what was measured instead of "${word}"`);
  });
});

describe('readability', () => {
  it('ends a sentence at a full stop, not at a decimal point', () => {
    expect(splitSentences('It fell by 2.9 points. That is a little.')).toHaveLength(2);
  });

  it('grades a sentence for children lower than one for scholars', () => {
    const child = getReadingGrade('The cat sat on the mat. It was warm. The cat was glad.');
    const scholar = getReadingGrade(
      'Notwithstanding methodological heterogeneity, pooled estimates suggested inconsequential improvement.',
    );
    expect(child).toBeLessThan(2);
    expect(scholar).toBeGreaterThan(12);
  });
});
