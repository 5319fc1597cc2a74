import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ButtonLink } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';

export const metadata: Metadata = { title: 'This page is not shown here', robots: { index: false } };

/** Shown in place of a hidden question (proxy.ts). */
export default async function NotShownPage() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice} current="questions">
      <PageHeader
        title="This page is not shown here"
        from={`${practice.name} does not show this question at the moment. The others are still here, and you can ask your own.`}
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
