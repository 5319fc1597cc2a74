import type { Metadata } from 'next';
import { connection } from 'next/server';
import { AskOrReportForm } from '@/app/questions/ask-or-report-form';
import { getShownQuestion } from '@/app/questions/shown-questions';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatHowToContact } from '@/scheduling/name-formatting';

export const metadata: Metadata = { title: 'Report an error', robots: { index: false } };

interface Props {
  searchParams: Promise<{ page?: string | string[] }>;
}

export default async function ReportPage({ searchParams }: Props) {
  await connection();
  const [practice, { page }] = await Promise.all([getPractice(), searchParams]);
  const question = typeof page === 'string' ? await getShownQuestion(page) : null;
  return (
    <Shell practice={practice} current="questions">
      <PageHeader
        title="Report an error"
        crumbs={[{ href: '/questions', label: 'Questions' }]}
        from={question && <>On the page “{question.question}”</>}
      />
      {question ? (
        <Section id="report" title="What is wrong" aside="We fix it, and say so in the page’s list of changes.">
          <AskOrReportForm sendsMail={isMailEnabled()} reach={formatHowToContact(practice)} page={question.slug} />
        </Section>
      ) : (
        <div className="pb-10">
          <Notice tone="quiet" title="Which page is it about?">
            <p>Open the page, and follow “Report an error” at its end.</p>
            <a href="/questions">All questions</a>
          </Notice>
        </div>
      )}
    </Shell>
  );
}
