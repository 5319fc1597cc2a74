import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ReorderableList, RowActionButton } from '@/app/practice/settings/reorderable-list';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import {
  listPracticeQuestionSettings,
  MAX_PRACTICE_QUESTIONS,
  type PracticeQuestionSettings,
} from '@/db/care/practice-questions';
import { getPractice } from '@/db/practice/practice';
import { moveHealthFormQuestion, removeHealthFormQuestion } from './actions';
import { PracticeQuestionForm } from './practice-question-form';

export const metadata: Metadata = { title: 'Health form', robots: { index: false } };

const notes: Record<string, FlashContent> = {
  saved: { tone: 'good', title: 'Saved' },
  ordered: { tone: 'good', title: 'The order is changed' },
  removed: { tone: 'good', title: 'It is asked no more', text: 'What clients have answered to it stays.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
};
const PAGE_PATH = '/practice/settings/health-form';
const SETTINGS = { href: '/practice/settings', label: 'Settings' };
const KINDS = { text: 'In words', yes_no: 'Yes or no', scale: 'A number from 0 to 10', choice: 'One of a few' };

interface Props {
  searchParams: Promise<{ flash?: string | string[]; edit?: string | string[] }>;
}

/** The questions that a practice adds to our own on its health form. */
export default async function HealthFormSettingsPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, questions, { flash, edit }] = await Promise.all([
    getPractice(),
    listPracticeQuestionSettings(viewer),
    searchParams,
  ]);
  if (typeof edit === 'string') {
    const question = questions.find(({ id }) => id === edit) ?? null;
    if (!question && edit !== 'new') notFound();
    return (
      <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
        <PageHeader
          title={question ? 'Change a question' : 'A new question'}
          crumbs={[SETTINGS, { href: PAGE_PATH, label: 'Health form' }]}
        />
        <Section title="The question" aside="Clients meet it on the last screen of the form, as you write it.">
          <PracticeQuestionForm id={question?.id ?? null} mark={question?.mark ?? ''} values={formOf(question)} />
        </Section>
        {question && (
          <Section title="Ask it no more">
            <p className="mb-4 max-w-[36rem] text-soft">
              What clients have answered to it stays with them, in the words it was asked in.
            </p>
            <RowActionButton action={removeHealthFormQuestion} id={question.id}>
              Remove this question
            </RowActionButton>
          </Section>
        )}
      </PracticeShell>
    );
  }

  const rows = questions.map(({ id, words, kind, choices, isRequired }) => ({
    id,
    href: `${PAGE_PATH}?edit=${id}`,
    name: words,
    summary: [
      `${KINDS[kind]}${choices.length > 0 ? `: ${choices.join(', ')}` : ''}`,
      isRequired ? 'Must be answered' : 'May be left blank',
    ].join('. '),
  }));
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Health form"
        crumbs={[SETTINGS]}
        from="Before their first visit clients answer our questions on their health. You can add your own: they come on the last screen. Answers are encrypted, and read by you and by whoever treats the client."
      >
        <LiveFlashNotice flash={flash} notices={notes} />
      </PageHeader>
      <Section
        title="Your own questions"
        aside="Whoever has filled in the form already is not asked again before the year is over."
      >
        <ReorderableList rows={rows} step={moveHealthFormQuestion} nothing="You ask nothing of your own yet." />
        <div className="mt-5">
          {questions.length < MAX_PRACTICE_QUESTIONS ? (
            <ButtonLink kind="plain" slim href={`${PAGE_PATH}?edit=new`}>
              Add a question
            </ButtonLink>
          ) : (
            <p className="text-soft">There can be {MAX_PRACTICE_QUESTIONS} at most, so that the form stays short.</p>
          )}
        </div>
      </Section>
    </PracticeShell>
  );
}

function formOf(question: PracticeQuestionSettings | null) {
  const { kind = 'text', words = '', choices = [], isRequired = false } = question ?? {};
  const [least = '', most = ''] = kind === 'scale' ? choices : [];
  return { kind, words, isRequired, least, most, choices: kind === 'choice' ? choices.join('\n') : '' };
}
