import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { QuestionRows } from '@/app/questions/question-rows';
import { getShownQuestion, listShownQuestions } from '@/app/questions/shown-questions';
import { sayGrade } from '@/components/grade';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { ReadingScript } from '@/components/reading-script';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPracticeResults } from '@/db/care/practice-results';
import { getPractice } from '@/db/practice/practice';
import { listServicesOnline } from '@/db/practice/services';
import { countryOf } from '@/questions/emergency-numbers';
import { inCountry, isJudged, isReviewOverdue } from '@/questions/library';
import { toWall } from '@/scheduling/zone';
import { baseUrl } from '@/site';
import { DoctorFirst } from './doctor-first';
import { NoteScore } from './note-score';
import { QuestionBody } from './question-body';
import { BookingBar, ReadyToBook } from './ready-to-book';
import { ScoreChart } from './score-chart';
import { ShortAnswer } from './short-answer';
import { AboutThisPage, Sources } from './sources';
import { scriptText, structuredData, topicId } from './structured-data';
import { Beside, DoThisYourself, TheSession, TimeLine } from './what-to-expect';
import { WhatWeHaveSeen } from './what-we-have-seen';

// A page names the practice and its prices, which a build does not know: so none is drawn at build time. Each is drawn
// on its first request and kept in memory, never on disk (next.config.js), so that it cannot outlive the server or its
// database; it is drawn again after five minutes, or when the owner changes what it shows. Made-up names never come here
// (proxy.ts).
export const revalidate = 300;

export function generateStaticParams(): { slug: string }[] {
  return [];
}

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const question = await getShownQuestion((await params).slug);
  if (!question) return {};
  return {
    title: question.question,
    description: question.shortAnswer,
    alternates: { canonical: `/questions/${question.slug}` },
    openGraph: {
      type: 'article',
      title: question.question,
      description: question.shortAnswer,
      url: `/questions/${question.slug}`,
      images: [
        {
          url: `/questions/${question.slug}/grade.png`,
          width: 1200,
          height: 630,
          alt: `${question.question} Evidence: ${sayGrade(question.grade).toLowerCase()}.`,
        },
      ],
    },
    twitter: { card: 'summary_large_image' },
  };
}

export default async function QuestionPage({ params }: Props) {
  const found = await getShownQuestion((await params).slug);
  if (!found) notFound();
  const [practice, offers, seen] = await Promise.all([
    getPractice(),
    listServicesOnline(),
    getPracticeResults(found.slug),
  ]);
  const question = inCountry(found, countryOf(practice));
  const numbers = new Map(question.sources.map(({ id, number }) => [id, number]));
  const questions = await listShownQuestions();
  const related = question.related.flatMap((slug) => questions.find((question) => question.slug === slug) ?? []);
  const base = baseUrl();
  const today = toWall(practice.timeZone, Date.now()).on;
  const { sections, plan } = question;
  const data = scriptText(structuredData(question, practice.name, base, found.reviewer));
  return (
    <Shell practice={practice} current="questions" bleed>
      <script type="application/ld+json">{data}</script>
      <article className="question-page">
        <div className="wide">
          <PageHeader
            dense
            title={question.question}
            crumbs={[
              { href: '/questions', label: 'Questions' },
              { href: `/questions#${topicId(question.topic)}`, label: question.topic },
            ]}
          />
          {isReviewOverdue(question, today) && (
            <div className="pb-8">
              <Notice tone="quiet" title="This page is more than a year old">
                Newer studies may say something else. We are late with our review.
              </Notice>
            </div>
          )}
          <ShortAnswer question={question} numbers={numbers} />
        </div>
        <DoctorFirst blocks={sections['See a doctor first']} numbers={numbers} />
        <div className="wide">
          <Section dense id="evidence" title="What the evidence says" open>
            <QuestionBody blocks={sections['What the evidence says']} numbers={numbers} />
          </Section>
          <Section dense id="plan" title="Which massage, how often">
            <Beside note={<TimeLine plan={plan} later={question.later} />}>
              <QuestionBody blocks={sections['Which massage, how often']} numbers={numbers} />
              <TheSession minutes={plan.minutes} />
            </Beside>
          </Section>
          <Section dense id="risks" title="Risks and side effects">
            <QuestionBody blocks={sections['Risks and side effects']} numbers={numbers} />
          </Section>
          <Section dense id="others" title="Other choices">
            <Beside note={<DoThisYourself yourself={question.yourself} />}>
              <QuestionBody blocks={sections['Other choices']} numbers={numbers} />
            </Beside>
          </Section>
          <Section dense id="working" title="How will I know it is working?">
            <div className="board:grid board:grid-cols-[minmax(0,1fr)_22rem] board:gap-x-10">
              <QuestionBody blocks={sections['How will I know it is working?']} numbers={numbers} />
              <div className="mt-5 board:mt-0">
                <NoteScore slug={question.slug} of={question.score.of} />
                {isJudged(question) && <ScoreChart {...question.score} sessions={plan.massages.length} />}
              </div>
            </div>
          </Section>
          {seen && <WhatWeHaveSeen seen={seen} practiceName={practice.name} />}
          <ReadyToBook question={question} offers={offers} currency={practice.currency} locale={practice.locale} />
          <div className="mt-2 print:hidden">
            <Section dense id="related" title="Related questions" open>
              <QuestionRows questions={related} dense />
              <p className="border-t border-line pt-1">
                <a href="/questions" className="inline-flex min-h-11 items-center">
                  All questions
                </a>
              </p>
            </Section>
          </div>
          <Sources sources={question.sources} locale={practice.locale} />
          <AboutThisPage question={question} reviewer={found.reviewer} locale={practice.locale} />
        </div>
        <BookingBar question={question} offers={offers} currency={practice.currency} locale={practice.locale} />
      </article>
      <ReadingScript />
    </Shell>
  );
}
