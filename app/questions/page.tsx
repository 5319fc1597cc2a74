import type { Metadata } from 'next';
import { connection } from 'next/server';
import { PageHeader } from '@/components/page-header';
import { QuestionPagesScript } from '@/components/question-pages-script';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { libraryShelves } from '@/questions/front-matter';
import { findQuestions } from '@/questions/search';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { toTopicAnchorId } from './[slug]/structured-data';
import { QuestionRows } from './question-rows';
import { QuestionsByBodyPlaceSection } from './questions-by-body-place';
import { SearchForm } from './search-form';
import { formatSearchCount, SearchResults } from './search-results';
import { listShownQuestions } from './shown-questions';

interface Props {
  searchParams: Promise<{ q?: string | string[] }>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return {
    title: 'Questions',
    description: 'What massage can and cannot do, one question a page, with how sure we are.',
    alternates: { canonical: '/questions', types: { 'application/atom+xml': '/questions/feed.xml' } },
    // A reader's search must not show up in search engines.
    robots: (await searchParams).q ? { index: false } : undefined,
  };
}

const asides: Record<(typeof libraryShelves)[number], string> = {
  'where it hurts': 'Pick the place.',
  'starting out': 'Which kind, and how often.',
  safety: 'Read this before a first visit.',
};

export default async function QuestionsPage({ searchParams }: Props) {
  await connection();
  const { q } = await searchParams;
  const values = (typeof q === 'string' ? q : '').slice(0, 200).trim();
  const [practice, questions] = await Promise.all([getPractice(), listShownQuestions()]);
  const shown = new Set(questions.map(({ slug }) => slug));
  const found = values ? findQuestions(values, ({ slug }) => shown.has(slug)) : null;
  return (
    <Shell practice={practice} current="questions" long>
      <PageHeader
        title="What would you like to know?"
        from={
          <>
            Each page gives a short answer, says how sure we are, and tells when to see a doctor first.{' '}
            <a href="/questions/how-we-grade">How we grade</a>
          </>
        }
      />
      <div className="pb-8 wide:pb-10">
        <SearchForm values={values} />
        <p id="search-status" role="status" className="mt-2 min-h-5 text-small text-soft">
          {found && formatSearchCount(found.length)}
        </p>
      </div>
      <div id="search-results">
        {found && <SearchResults values={values} found={found} />}
        {!found && <QuestionsByBodyPlaceSection questions={questions} />}
        {!found &&
          libraryShelves.map((shelf) => {
            const onShelf = questions.filter((question) => question.shelf === shelf);
            const topics = [...new Set(onShelf.map(({ topic }) => topic))].sort();
            if (onShelf.length === 0) return null;
            return (
              <Section
                key={shelf}
                id={toTopicAnchorId(shelf)}
                title={capitalizeFirstLetter(shelf)}
                aside={asides[shelf]}
              >
                {topics.length === 1 ? (
                  <div id={toTopicAnchorId(topics[0]!)} className="-mt-4">
                    <QuestionRows questions={onShelf} />
                  </div>
                ) : (
                  <div className="grid gap-8">
                    {topics.map((topic) => (
                      <div key={topic} id={toTopicAnchorId(topic)} className="scroll-mt-6">
                        <h3 className="border-b border-ink pb-2 font-sans text-[0.9375rem] leading-6 font-semibold">
                          {topic}
                        </h3>
                        <QuestionRows questions={onShelf.filter((question) => question.topic === topic)} />
                      </div>
                    ))}
                  </div>
                )}
              </Section>
            );
          })}
      </div>
      <QuestionPagesScript />
    </Shell>
  );
}
