import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { QuestionRows } from '@/app/questions/question-rows';
import { getShownQuestion, listShownQuestions } from '@/app/questions/shown-questions';
import { formatEvidenceGrade } from '@/components/evidence-grade';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { QuestionPagesScript } from '@/components/question-pages-script';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getQuestionOutcomes } from '@/db/care/question-outcomes';
import { getPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';
import { findCountryHelp } from '@/questions/emergency-numbers';
import { addCountryNumbers, isPlanLongEnoughForVerdict, isReviewOverdue } from '@/questions/library';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';
import { DoctorFirst } from './doctor-first';
import { PracticeResultsSection } from './practice-results-section';
import { ReaderScoreScale } from './reader-score-scale';
import { BookingBar, ReadyToBook } from './ready-to-book';
import { ScoreGoalChart } from './score-goal-chart';
import { SectionBlocks } from './section-blocks';
import { ShortAnswer } from './short-answer';
import { AboutThisPage, HowItWasMade, Sources } from './sources';
import { buildStructuredData, toScriptSafeJson, toTopicAnchorId } from './structured-data';
import { ContentsStrip } from './table-of-contents';
import { DoThisYourself, GeneralSessionInfo, WeeksTimeline, WithSideNote } from './what-to-expect';

// A page contains the practice and its prices, which are not known at build time, so no page is drawn then. Each is
// drawn on its first request and cached in memory, never on disk (next.config.js), so that it cannot outlive the server
// or its database. It is drawn again after five minutes, or when the owner changes what it shows. Unknown slugs never
// get here (proxy.ts).
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
          alt: `${question.question} Evidence: ${formatEvidenceGrade(question.grade).toLowerCase()}.`,
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
    listServicesBookableOnline(),
    getQuestionOutcomes(found.slug),
  ]);
  const question = addCountryNumbers(found, findCountryHelp(practice));
  const numbers = new Map(question.sources.map(({ id, number }) => [id, number]));
  const questions = await listShownQuestions();
  const related = question.related.flatMap((slug) => questions.find((question) => question.slug === slug) ?? []);
  const base = baseUrl();
  const today = toWallTime(practice.timeZone, Date.now()).on;
  const { sections, plan } = question;
  const data = toScriptSafeJson(buildStructuredData(question, practice.name, base, found.reviewer));
  return (
    <Shell practice={practice} current="questions" bleed long>
      <script type="application/ld+json">{data}</script>
      <article className="question-page">
        <div className="wide">
          <PageHeader
            dense
            title={question.question}
            crumbs={[
              { href: '/questions', label: 'Questions' },
              { href: `/questions#${toTopicAnchorId(question.topic)}`, label: question.topic },
            ]}
          >
            <HowItWasMade question={question} reviewer={found.reviewer} locale={practice.locale} />
          </PageHeader>
          {isReviewOverdue(question, today) && (
            <div className="pb-8">
              <Notice tone="quiet" title="This page is more than a year old">
                Newer studies may say something else. We are late with our review.
              </Notice>
            </div>
          )}
          <ShortAnswer question={question} numbers={numbers} />
        </div>
        <ContentsStrip />
        <DoctorFirst blocks={sections['See a doctor first']} numbers={numbers} />
        <div className="wide">
          <Section dense id="evidence" title="What the evidence says" open>
            <SectionBlocks blocks={sections['What the evidence says']} numbers={numbers} />
          </Section>
          <Section dense id="plan" title="Which massage, how often">
            <WithSideNote note={<WeeksTimeline plan={plan} later={question.later} />}>
              <SectionBlocks blocks={sections['Which massage, how often']} numbers={numbers} />
              <GeneralSessionInfo minutes={plan.minutes} />
            </WithSideNote>
          </Section>
          <Section dense id="risks" title="Risks and side effects">
            <SectionBlocks blocks={sections['Risks and side effects']} numbers={numbers} />
          </Section>
          <Section dense id="others" title="Other choices">
            <WithSideNote note={<DoThisYourself yourself={question.yourself} />}>
              <SectionBlocks blocks={sections['Other choices']} numbers={numbers} />
            </WithSideNote>
          </Section>
          <Section dense id="working" title="How will I know it is working?">
            <div className="board:grid board:grid-cols-[minmax(0,1fr)_22rem] board:gap-x-10">
              <SectionBlocks blocks={sections['How will I know it is working?']} numbers={numbers} />
              <div className="mt-5 board:mt-0">
                <ReaderScoreScale slug={question.slug} measure={question.score.of} />
                {isPlanLongEnoughForVerdict(question) && (
                  <ScoreGoalChart {...question.score} sessions={plan.massages.length} />
                )}
              </div>
            </div>
          </Section>
          {seen && <PracticeResultsSection seen={seen} practiceName={practice.name} />}
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
          <AboutThisPage question={question} locale={practice.locale} />
        </div>
        <BookingBar
          question={question}
          offers={offers}
          currency={practice.currency}
          locale={practice.locale}
          site={base.replace(/^https?:\/\//, '')}
        />
      </article>
      <QuestionPagesScript />
    </Shell>
  );
}
