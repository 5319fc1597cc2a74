import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { listQuestionsWithSettings, type QuestionWithSettings } from '@/app/questions/shown-questions';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { hideOrShowPage, movePageInOrder } from './actions';
import { PageReviewerForm } from './page-reviewer-form';

export const metadata: Metadata = { title: 'Question pages', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  hidden: {
    tone: 'good',
    title: 'Hidden',
    text: 'Readers no longer find it. Old links say that it is not shown here.',
  },
  shown: { tone: 'good', title: 'Shown', text: 'Readers find it again.' },
  moved: { tone: 'good', title: 'Moved', text: 'Readers see this order now.' },
  changed: { tone: 'bad', title: 'The order was changed meanwhile', text: 'Nothing was moved. This is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function QuestionPagesPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, pages, { flash }] = await Promise.all([getPractice(), listQuestionsWithSettings(), searchParams]);
  return (
    <PracticeShell practice={practice} current="questions" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Question pages"
        crumbs={[{ href: '/practice/questions', label: 'Questions' }]}
        from="Readers see them in this order, each within its topic. Once you have moved one, the first five of those shown stand on the first page. A hidden page is left out everywhere."
      >
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <ol className="mb-14 border-b border-line">
        {pages.map((page, index) => (
          <li key={page.slug} id={page.slug} className="scroll-mt-6 border-t border-line py-5">
            <PageRow page={page} isFirst={index === 0} isLast={index === pages.length - 1} locale={practice.locale} />
          </li>
        ))}
      </ol>
    </PracticeShell>
  );
}

interface PageRowProps {
  page: QuestionWithSettings;
  isFirst: boolean;
  isLast: boolean;
  locale: string;
}

function PageRow({ page: { slug, question, isHidden, reviewer, version }, isFirst, isLast, locale }: PageRowProps) {
  const about = (what: string) => `${what}: ${question}`;
  return (
    <div className="grid gap-x-10 gap-y-3 wide:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="font-serif text-item">{isHidden ? question : <a href={`/questions/${slug}`}>{question}</a>}</p>
        <p className="mt-1 text-small text-soft">
          {isHidden && <span className="font-medium text-clay">Hidden. </span>}
          {reviewer
            ? `Reviewed by ${reviewer.name}, ${reviewer.qualification}, on ${formatDateWithoutWeekday(reviewer.on, 'full', locale)}.`
            : 'No reviewer is named.'}
        </p>
        <details className="mt-1">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-small underline">
            {reviewer ? 'Change the reviewer' : 'Name a reviewer'}
          </summary>
          <PageReviewerForm slug={slug} version={version} reviewer={reviewer} />
        </details>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <ActionForm action={movePageInOrder} className="flex flex-wrap gap-2">
          <input type="hidden" name="slug" value={slug} />
          {!isFirst && (
            <>
              <Button kind="plain" slim name="do" value="first" aria-label={about('To the top')}>
                Top
              </Button>
              <Button kind="plain" slim name="do" value="up" aria-label={about('Up')}>
                Up
              </Button>
            </>
          )}
          {!isLast && (
            <Button kind="plain" slim name="do" value="down" aria-label={about('Down')}>
              Down
            </Button>
          )}
        </ActionForm>
        <ActionForm action={hideOrShowPage}>
          <input type="hidden" name="slug" value={slug} />
          <Button
            kind="plain"
            slim
            name="do"
            value={isHidden ? 'show' : 'hide'}
            aria-label={about(isHidden ? 'Show' : 'Hide')}
          >
            {isHidden ? 'Show' : 'Hide'}
          </Button>
        </ActionForm>
      </div>
    </div>
  );
}
