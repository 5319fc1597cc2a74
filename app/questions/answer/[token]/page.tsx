import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { QuestionAndAnswer } from '@/components/question-and-answer';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { readQuestionAnswerToken } from '@/db/access/emailed-link-tokens';
import { getPractice } from '@/db/practice/practice';
import { getReaderAnswer } from '@/db/questions/reader-questions';
import { RETENTION } from '@/db/retention';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Your answer', robots: { index: false } };

interface Props {
  params: Promise<{ token: string }>;
}

/** The answer to one reader's question, for whoever holds the link from their e-mail. */
export default async function AnswerPage({ params }: Props) {
  await connection();
  const id = readQuestionAnswerToken((await params).token);
  if (id === null) notFound();
  const [practice, found] = await Promise.all([getPractice(), getReaderAnswer(id)]);
  if (found.state === 'on_page') redirect(`/questions/${found.slug}`);
  return (
    <Shell practice={practice} current="questions">
      <PageHeader title="Your answer" crumbs={[{ href: '/questions', label: 'Questions' }]} />
      {found.state === 'answered' ? (
        <Section
          id="answer"
          title={practice.name}
          aside={`Answered ${formatDateWithoutWeekday(toWallTime(practice.timeZone, found.answeredAt).on, 'full', practice.locale)}.`}
        >
          <QuestionAndAnswer words={found.words} answer={found.answer} />
          <p className="mt-8 max-w-measure text-small text-soft">
            It is no substitute for a doctor. We delete your question and this answer {RETENTION.answeredQuestionDays}{' '}
            days after we answered. Anything else? Please {formatHowToContact(practice)}.
          </p>
        </Section>
      ) : (
        <div className="pb-14">
          {found.state === 'open' && (
            <Notice tone="quiet" title="We are looking at your question again">
              The answer that was here has been withdrawn. You get another e-mail when there is a better one.
            </Notice>
          )}
          {found.state === 'dismissed' && (
            <Notice tone="quiet" title="The answer that was here has been withdrawn">
              Please do not rely on it. Do you still want to know? <a href="/questions/ask">Ask again</a>, or{' '}
              {formatHowToContact(practice)}.
            </Notice>
          )}
          {found.state === 'gone' && (
            <Notice tone="quiet" title="This answer is no longer here">
              We delete a question and its answer {RETENTION.answeredQuestionDays} days after answering.{' '}
              <a href="/questions/ask">Ask again</a>
            </Notice>
          )}
        </div>
      )}
    </Shell>
  );
}
