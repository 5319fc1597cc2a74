import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import conditions from './conditions.json';
import { listQuestionSlugs } from './list-question-slugs';
import { findQuestions } from './search';

// The files are read and indexed once, as on a running server.
beforeAll(() => vi.stubEnv('NODE_ENV', 'production'));
afterAll(() => vi.unstubAllEnvs());

const firstFor = (query: string) => findQuestions(query)[0]?.slug;

// A reader who names a pregnancy, a cancer, a clot or an operation must see its page before the page on the sore place,
// because massage may do harm there. Written before the search was changed for these queries; it then got 13 of the 20
// right.
const queriesBySlug: Record<string, string[]> = {
  'pregnancy-massage': [
    'pregnant and my back aches',
    'sciatica while pregnant',
    '32 weeks pregnant neck pain',
    'pregnant sore hips cant sleep',
    'heel pain expecting a baby in june',
    'just had a baby and my lower back hurts',
  ],
  'living-with-cancer': [
    'tight shoulders and I have breast cancer',
    'having chemo and my feet hurt',
    'neck pain after radiotherapy',
    'back massage with bone cancer',
    'shoulder pain after mastectomy',
    'headaches during chemotherapy',
  ],
  'after-surgery-or-clot': [
    'sore calf and had a dvt',
    'blood clot last year and tight hamstrings',
    'stiff neck after surgery',
    'knee still sore after knee operation',
    'headache after an operation',
    'back hurts since my c section',
    'tennis elbow surgery last month',
    'pulmonary embolism in spring now my shoulder aches',
  ],
};

describe('a condition named beside a sore place', () => {
  it.each(Object.entries(queriesBySlug).flatMap(([slug, queries]) => queries.map((query) => [query, slug] as const)))(
    'puts its own page first: %s',
    (query, slug) => {
      expect(firstFor(query)).toBe(slug);
    },
  );

  it.each([
    ['pregnent and my back hurts', 'pregnancy-massage'],
    ['chemotheraphy and a sore neck', 'living-with-cancer'],
    ['tight calf after an operaton', 'after-surgery-or-clot'],
  ])('is recognized with a spelling mistake: %s', (query, slug) => {
    expect(firstFor(query)).toBe(slug);
  });

  it.each([
    ['stiff neck after surgery', 'neck-pain'],
    ['pregnant and my back aches', 'low-back-pain'],
    ['having chemo and my heel hurts in the morning', 'plantar-fasciitis'],
    ['blood clot last year and tight hamstrings', 'hamstring-tendinopathy'],
  ])('is followed by the page on the sore place: %s', (query, slug) => {
    expect(findQuestions(query)[1]?.slug).toBe(slug);
  });

  it('puts the pages of two conditions first, and the sore place after them', () => {
    const slugs = findQuestions('pregnant, had a clot, and my lower back hurts').map(({ slug }) => slug);
    expect(slugs.slice(0, 2)).toEqual(['pregnancy-massage', 'after-surgery-or-clot']);
    expect(slugs).toContain('low-back-pain');
    expect(slugs.length).toBeLessThanOrEqual(5);
  });

  it('is left out where the practice hides its page', () => {
    const slugs = findQuestions('pregnant and my back aches', ({ slug }) => slug !== 'pregnancy-massage');
    expect(slugs.map(({ slug }) => slug)).not.toContain('pregnancy-massage');
    expect(slugs[0]?.slug).toBe('low-back-pain');
  });

  it.each([
    ['what to expect at my first massage', 'first-massage'],
    ['can I cancel my sciatica massage', 'sciatica'],
    ['bumped from behind and my neck hurts', 'whiplash'],
    ['waiting for a knee replacement, my knee is stiff', 'knee-osteoarthritis'],
    ['pain radiating into my leg', 'sciatica'],
    ['sore shoulders from carrying my baby at the computer', 'desk-shoulder-tightness'],
    ['a stitch when running and my knee hurts', 'it-band-runners-knee'],
  ])('is not recognized in words that only look like it: %s', (query, slug) => {
    expect(firstFor(query)).toBe(slug);
  });

  it('has a page for each condition', () => {
    expect(Object.keys(conditions).filter((slug) => !listQuestionSlugs().includes(slug))).toEqual([]);
  });
});
