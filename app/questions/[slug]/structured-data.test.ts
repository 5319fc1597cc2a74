import { describe, expect, it } from 'vitest';
import { listQuestions } from '@/questions/library';
import { bookingAddress } from './ready-to-book';
import { structuredData } from './structured-data';

const questions = listQuestions();

describe("a question in schema.org's words", () => {
  it.each(questions)(
    '$slug is a MedicalWebPage with breadcrumbs, and claims no reviewer it does not have',
    (question) => {
      const said = JSON.stringify(structuredData(question, 'Fortnight Massage', 'https://fortnight.example'));
      const types = [...said.matchAll(/"@type":"(\w+)"/g)].map(([, type]) => type);
      expect(types).toEqual(expect.arrayContaining(['MedicalWebPage', 'BreadcrumbList']));
      expect(types).not.toContain('QAPage');
      expect(types).not.toContain('FAQPage');
      expect(said.includes('reviewedBy')).toBe(question.reviewedBy !== null);
      expect(said).toContain(JSON.stringify(question.question));
      expect(said).toContain(JSON.stringify(question.shortAnswer));
    },
  );

  it('links no source whose DOI was not resolved', () => {
    for (const question of questions) {
      const said = JSON.stringify(structuredData(question, 'Fortnight Massage', 'https://fortnight.example'));
      for (const { doi } of question.sources.filter(({ doi, doiSeen }) => doi && !doiSeen))
        expect(said).not.toContain(doi);
    }
  });
});

describe('the way into the booking', () => {
  it('carries the plan and the question', () => {
    const sciatica = questions.find(({ slug }) => slug === 'sciatica')!;
    expect(bookingAddress(sciatica)).toBe('/book?type=swedish&minutes=60&cadence=weekly&sessions=4&from=sciatica');
  });

  it('carries a ladder when the massages differ', () => {
    const hamstring = questions.find(({ slug }) => slug === 'hamstring-tendinopathy')!;
    expect(bookingAddress(hamstring)).toBe(
      '/book?type=swedish&minutes=60&cadence=weekly&sessions=6&from=hamstring-tendinopathy&ladder=swedish,swedish,swedish,sports,sports,sports',
    );
  });
});
