import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { RETENTION } from '@/db/retention';

export const metadata: Metadata = { title: 'This link has ended', robots: { index: false } };

/** Shown for a link to the page with an answer that leads nowhere any more (proxy.ts). */
export default async function AnswerEndedPage() {
  await connection();
  return (
    <Shell practice={await getPractice()} current="questions">
      <PageHeader
        title="This link has ended"
        from={`The answer that was here has been withdrawn, or deleted: we keep a question for ${RETENTION.answeredQuestionDays} days after answering. If there is a better answer, a newer e-mail leads to it.`}
      >
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink href="/questions">See all questions</ButtonLink>
          <ButtonLink href="/questions/ask" kind="plain">
            Ask us
          </ButtonLink>
        </div>
      </PageHeader>
    </Shell>
  );
}
