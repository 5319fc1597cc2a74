import type { Metadata } from 'next';
import { connection } from 'next/server';
import { listShownQuestions } from '@/app/questions/shown-questions';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { formatReviewCount } from './format-review-count';

export const metadata: Metadata = {
  title: 'Who writes this',
  description: 'Who writes the question pages, who has checked them, and who pays.',
  alternates: { canonical: '/questions/who-writes-this' },
};

export default async function WhoWritesThisPage() {
  await connection();
  const [practice, questions] = await Promise.all([getPractice(), listShownQuestions()]);
  return (
    <Shell practice={practice} current="questions">
      <PageHeader title="Who writes this" crumbs={[{ href: '/questions', label: 'Questions' }]} />
      <Section id="writers" title="The writers">
        <div className="grid max-w-measure gap-4 font-serif text-read">
          <p>
            The makers of Fortnight write the question pages. Fortnight is the software that this practice books with.
            The makers are not doctors. AI tools found the studies, drafted the pages and checked them against the
            sources.
          </p>
          <p>
            The sources are published reviews, guidelines and trials, most of them read as abstracts. Each page says on
            which day it was checked against them, and each source on which day it was read, where we know. Tests then
            check each page: that each finding cites a source, that the sections stand in order, and that the words are
            easy to read. A test cannot check that a finding was understood.
          </p>
        </div>
      </Section>
      <Section id="reviewers" title="The reviewers">
        <p className="max-w-measure font-serif text-read">{formatReviewCount(questions)}</p>
      </Section>
      <Section id="money" title="The money">
        <p className="max-w-measure font-serif text-read">
          {practice.name} sells massage. Nobody pays to be named here, to be left out, or to be graded well.
        </p>
      </Section>
      <Section id="errors" title="Errors">
        <p className="max-w-measure font-serif text-read">
          Write to{' '}
          <a href={`mailto:${practice.email}?subject=An%20error%20on%20a%20question%20page`}>{practice.email}</a> and
          say which page and which sentence. When we fix something, the page notes it under “What changed”.
        </p>
      </Section>
    </Shell>
  );
}
