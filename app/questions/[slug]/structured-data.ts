import type { QuestionPageView } from '@/db/questions/question-pages';
import { getSourceUrl, type Question } from '@/questions/library';

/** The page as schema.org data: only what a reader also sees on the page. */
export function buildStructuredData(
  question: Question,
  practiceName: string,
  base: string,
  reviewer: QuestionPageView['reviewer'] = null,
): object {
  const address = `${base}/questions/${question.slug}`;
  return {
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
        dateModified: question.changes
          .map(({ on }) => on)
          .sort()
          .at(-1),
        lastReviewed: question.reviewed,
        ...(reviewer
          ? { reviewedBy: { '@type': 'Person', name: reviewer.name, jobTitle: reviewer.qualification } }
          : question.reviewedBy && { reviewedBy: { '@type': 'Person', name: question.reviewedBy } }),
        author: { '@type': 'Organization', name: question.writtenBy },
        publisher: { '@type': 'Organization', name: practiceName },
        citation: question.sources.map((source) => ({
          '@type': 'CreativeWork',
          name: source.title,
          ...(source.year ? { datePublished: String(source.year) } : {}),
          ...(getSourceUrl(source) ? { url: getSourceUrl(source) } : {}),
        })),
        breadcrumb: { '@id': `${address}#breadcrumb` },
      },
      {
        '@type': 'BreadcrumbList',
        '@id': `${address}#breadcrumb`,
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: 'Questions', item: `${base}/questions` },
          {
            '@type': 'ListItem',
            position: 2,
            name: question.topic,
            item: `${base}/questions#${toTopicAnchorId(question.topic)}`,
          },
          { '@type': 'ListItem', position: 3, name: question.question, item: address },
        ],
      },
    ],
  };
}

/** JSON for a script element, escaped so that nothing in it can end the element. */
export function toScriptSafeJson(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

export function toTopicAnchorId(topic: string): string {
  return topic.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
