import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { getReaderQuestion } from '@/db/questions/reader-questions';
import { AnswerForm } from './answer-form';

export const metadata: Metadata = { title: 'Answer a question', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function AnswerQuestionPage({ params }: Props) {
  await connection();
  const viewer = await requireRole('practitioner');
  const [practice, requested] = await Promise.all([getPractice(), getReaderQuestion(viewer, (await params).id)]);
  if (requested?.kind !== 'question') notFound();
  if (requested.state !== 'open') redirect('/practice/questions?flash=gone');
  return (
    <PracticeShell practice={practice} current="questions" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Answer a question" crumbs={[{ href: '/practice/questions', label: 'Questions' }]} />
      <Section id="asked" title="What was asked">
        <p className="text-small text-soft">
          By <bdi>{[requested.name, requested.email].filter(Boolean).join(', ')}</bdi>
        </p>
        <p className="mt-3 max-w-measure font-serif text-read wrap-anywhere whitespace-pre-line">{requested.words}</p>
      </Section>
      <Section
        id="answer"
        title="Your answer"
        aside="For this reader alone, behind a link that only their e-mail holds."
      >
        <AnswerForm id={requested.id} words={requested.words} />
      </Section>
    </PracticeShell>
  );
}
