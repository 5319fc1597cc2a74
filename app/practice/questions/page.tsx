import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { listQuestionsWithSettings } from '@/app/questions/shown-questions';
import { requireRole } from '@/auth';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { listQuestionPageCounts } from '@/db/questions/question-page-counts';
import { countReaderQuestions, listReaderQuestions } from '@/db/questions/reader-questions';
import { RETENTION } from '@/db/retention';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { PageStatsTable } from './page-stats-table';
import { ReaderQuestionList } from './reader-question-list';

export const metadata: Metadata = { title: 'Questions', robots: { index: false } };

const DAYS = 28;

const NO_MAIL_SERVER = 'No mail server is set: its e-mail is kept under Mail, and nobody has been written to.';

const notesNow = (): Record<string, FlashContent> => ({
  notified: {
    tone: 'good',
    title: pickTextByMailEnabled('Marked, and an e-mail is on its way', 'Marked'),
    text: pickTextByMailEnabled('It holds a link to the page, and nothing of what was asked.', NO_MAIL_SERVER),
  },
  notified_words: {
    tone: 'good',
    title: pickTextByMailEnabled('Answered, and an e-mail is on its way', 'Answered'),
    text: pickTextByMailEnabled(
      'It holds a link to your answer, and nothing of what was asked or answered.',
      NO_MAIL_SERVER,
    ),
  },
  dismissed: { tone: 'good', title: 'Dismissed', text: 'Nobody was written to. You can take it back below.' },
  reopened: { tone: 'good', title: 'Reopened', text: 'It waits for an answer again. No e-mail had left.' },
  reopened_notified: {
    tone: 'good',
    title: 'Reopened, but its e-mail had left already',
    text: `It waits for an answer again.${pickTextByMailEnabled(' Whoever asked gets another e-mail when you answer.', '')}`,
  },
  done: { tone: 'good', title: 'Marked', text: 'There was no address to write to.' },
  gone: {
    tone: 'bad',
    title: 'Somebody was faster',
    text: 'Nothing was changed. What you see now is how it stands.',
  },
  busy: {
    tone: 'bad',
    title: 'The practice is busy',
    text: 'Nothing was changed. Try again in a moment.',
  },
  hidden: {
    tone: 'bad',
    title: 'That page is hidden',
    text: 'Nothing was changed, and nobody was written to. Choose a page that readers see, or show this one again first.',
  },
  no_page: { tone: 'bad', title: 'Choose the page that answers it', text: 'Nothing was changed.' },
});

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function PracticeQuestionsPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('practitioner');
  const [practice, requested, states, counts, questions, { flash }] = await Promise.all([
    getPractice(),
    listReaderQuestions(viewer),
    countReaderQuestions(viewer),
    listQuestionPageCounts(viewer, DAYS, Date.now()),
    listQuestionsWithSettings(),
    searchParams,
  ]);
  const pages = questions.map(({ slug, question, isHidden }) => ({ slug, question, isHidden }));
  return (
    <PracticeShell practice={practice} current="questions" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Questions">
        {viewer.role === 'owner' && (
          <p className="mt-2 text-small">
            <a href="/practice/questions/pages" className="inline-flex min-h-11 items-center">
              Order, hide and review pages
            </a>
          </p>
        )}
        <LiveFlashNotice flash={flash} notices={notesNow()} />
      </PageHeader>
      <Section id="asked" title="From readers" aside="Asked and reported. Only those who work here see it.">
        {requested.length > 0 && (
          <p className="mb-6 text-small text-soft">
            {states.open} open, {states.answered} answered, {states.dismissed} dismissed. What is closed is deleted
            after {RETENTION.answeredQuestionDays} days.
          </p>
        )}
        <ReaderQuestionList questions={requested} pages={pages} timeZone={practice.timeZone} locale={practice.locale} />
      </Section>
      <Section
        id="counts"
        title={`Last ${DAYS} days`}
        aside="Counted here as sums a day. No cookies, nobody followed; known robots left out."
      >
        <PageStatsTable pages={pages} counts={counts} />
        <p className="mt-6 text-small">
          <a href="/embed">A link or a grid of times for another site</a>
          {viewer.role === 'owner' && (
            <>
              {' · '}
              <a href="/practice/embed">On your own site</a>
            </>
          )}
        </p>
      </Section>
    </PracticeShell>
  );
}
