import { describe, expect, it } from 'vitest';
import { listQuestions } from '@/questions/library';
import { questionPlanHref } from './ready-to-book';
import { buildStructuredData, toScriptSafeJson, toTopicAnchorId } from './structured-data';

const questions = listQuestions();

describe('a question as schema.org data', () => {
  it.each(questions)(
    '$slug is a MedicalWebPage with breadcrumbs, and names no reviewer it does not have',
    (question) => {
      const json = JSON.stringify(buildStructuredData(question, 'Fortnight Massage', 'https://fortnight.example'));
      const types = [...json.matchAll(/"@type":"(\w+)"/g)].map(([, type]) => type);
      expect(types).toEqual(expect.arrayContaining(['MedicalWebPage', 'BreadcrumbList']));
      expect(types).not.toContain('QAPage');
      expect(types).not.toContain('FAQPage');
      expect(json.includes('reviewedBy')).toBe(question.reviewedBy !== null);
      expect(json).toContain(JSON.stringify(question.question));
      expect(json).toContain(JSON.stringify(question.shortAnswer));
    },
  );

  it.each(questions)('$slug contains exactly the facts of its page', (question) => {
    const address = `https://fortnight.example/questions/${question.slug}`;
    const topic = `https://fortnight.example/questions#${toTopicAnchorId(question.topic)}`;
    const crumb = (position: number, name: string, item: string) => ({ '@type': 'ListItem', position, name, item });
    expect(buildStructuredData(question, 'Fortnight Massage', 'https://fortnight.example')).toEqual({
      '@context': 'https://schema.org',
      '@graph': [
        {
          '@type': 'MedicalWebPage',
          '@id': address,
          url: address,
          name: question.question,
          abstract: question.shortAnswer,
          inLanguage: 'en-IE',
          datePublished: question.published,
          dateModified: question.changes.map(({ on }) => on).reduce((a, b) => (a > b ? a : b)),
          lastReviewed: question.reviewed,
          ...(question.reviewedBy && { reviewedBy: { '@type': 'Person', name: question.reviewedBy } }),
          author: { '@type': 'Organization', name: question.writtenBy },
          publisher: { '@type': 'Organization', name: 'Fortnight Massage' },
          citation: question.sources.map(({ title, year, doi, doiSeen, url }) => ({
            '@type': 'CreativeWork',
            name: title,
            ...(year && { datePublished: `${year}` }),
            ...(doiSeen ? { url: `https://doi.org/${doi}` } : url && { url }),
          })),
          breadcrumb: { '@id': `${address}#breadcrumb` },
        },
        {
          '@type': 'BreadcrumbList',
          '@id': `${address}#breadcrumb`,
          itemListElement: [
            crumb(1, 'Questions', 'https://fortnight.example/questions'),
            crumb(2, question.topic, topic),
            crumb(3, question.question, address),
          ],
        },
      ],
    });
  });

  it('links no source whose DOI could not be resolved', () => {
    for (const question of questions) {
      const json = JSON.stringify(buildStructuredData(question, 'Fortnight Massage', 'https://fortnight.example'));
      for (const { doi } of question.sources.filter(({ doi, doiSeen }) => doi && !doiSeen))
        expect(json).not.toContain(doi);
    }
  });
});

describe('the link into the booking', () => {
  it('contains the plan and the question', () => {
    const sciatica = questions.find(({ slug }) => slug === 'sciatica')!;
    expect(questionPlanHref(sciatica)).toBe(
      '/book?type=swedish&minutes=60&cadence=weekly&sessions=4&from=sciatica&step=time',
    );
  });

  it('contains a ladder when the massages differ', () => {
    const hamstring = questions.find(({ slug }) => slug === 'hamstring-tendinopathy')!;
    expect(questionPlanHref(hamstring)).toBe(
      '/book?type=swedish&minutes=60&cadence=weekly&sessions=6&from=hamstring-tendinopathy&ladder=swedish,swedish,swedish,sports,sports,sports&step=time',
    );
  });
});

it('structured data cannot end its script element or begin a comment', () => {
  const data = { name: '</script><script>alert(1)</script><!-- & "Mira"' };
  expect(toScriptSafeJson(data)).not.toContain('<');
  expect(JSON.parse(toScriptSafeJson(data))).toEqual(data);
});
