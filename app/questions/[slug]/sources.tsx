import { Section } from '@/components/section';
import type { QuestionPageView } from '@/db/questions/question-pages';
import { getSourceUrl, type Question, type Source } from '@/questions/library';
import { formatDateWithoutWeekday } from '@/scheduling/formatting';
import { formatAuthors } from './format-authors';

export function Sources({ sources, locale }: { sources: Source[]; locale: string }) {
  return (
    <Section dense id="sources" title="Sources">
      <details className="sources border-b border-line">
        <summary className="fold flex min-h-11 cursor-pointer items-center font-medium">
          {sources.length} source{sources.length === 1 ? '' : 's'}, each with a link where we know one
        </summary>
        <ol className="max-w-[46rem] text-small lining-nums proportional-nums print:max-w-none print:text-tiny">
          {sources.map((source) => (
            <li
              key={source.id}
              id={`source-${source.id}`}
              value={source.number}
              className="grid scroll-mt-6 grid-cols-[1.75rem_minmax(0,1fr)] py-2 target:bg-fill-most print:break-inside-avoid print:py-px"
            >
              <span className="text-soft">{source.number}</span>
              <span>
                {[formatAuthors(source.authors), source.year].filter(Boolean).join(', ')}. <Title source={source} />
                {/[.?!]$/.test(source.title) ? ' ' : '. '}
                <span className="text-soft">
                  {source.journal && `${source.journal}.`}
                  {source.readOn &&
                    ` ${describeHowRead(source)} on ${formatDateWithoutWeekday(source.readOn, 'full', locale)}.`}
                  {!getSourceUrl(source) && ' We have no link to it yet.'}
                  <span className="hidden break-all print:inline">
                    {' '}
                    {getSourceUrl(source)?.replace(/^https?:\/\//, '')}
                  </span>
                </span>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </Section>
  );
}

function describeHowRead({ read }: Source): string {
  return read === 'abstract' ? 'Abstract read' : 'Read';
}

function Title({ source }: { source: Source }) {
  const address = getSourceUrl(source);
  return address ? <a href={address}>{source.title}</a> : source.title;
}

interface HowItWasMadeProps {
  question: Question;
  reviewer: QuestionPageView['reviewer'];
  locale: string;
}

/** Below the heading: how the page was made, and whether a clinician has reviewed it. */
export function HowItWasMade({ question, reviewer, locale }: HowItWasMadeProps) {
  return (
    <p className="mt-2 text-tiny text-soft wide:text-small">
      Drafted by AI from the sources below, and checked against them on{' '}
      <time dateTime={question.reviewed}>{formatDateWithoutWeekday(question.reviewed, 'full', locale)}</time>.{' '}
      <ReviewedBy question={question} reviewer={reviewer} locale={locale} />
    </p>
  );
}

/** Who wrote this page and when, who pays for it, and how to report an error. */
export function AboutThisPage({ question, locale }: Omit<HowItWasMadeProps, 'reviewer'>) {
  const day = (on: string) => <time dateTime={on}>{formatDateWithoutWeekday(on, 'full', locale)}</time>;
  return (
    <Section dense id="about" title="About this page">
      <div className="grid max-w-[46rem] gap-3 text-small text-soft print:max-w-none print:gap-1 print:text-tiny">
        <p>
          Published {day(question.published)}. Last check {day(question.reviewed)}, next check by{' '}
          {day(question.nextReview)}. Written by {lowerFirst(question.writtenBy)}.{' '}
          <a href="/questions/who-writes-this" className="text-soft">
            Who writes this
          </a>
          . It is no substitute for a clinician.
        </p>
        <p>We sell massage. Nobody pays to be named here, or to be graded well.</p>
        <p>
          <a href={`/questions/report?page=${question.slug}`} className="text-soft">
            Report an error
          </a>
          . We fix it and say so here.
        </p>
        <details>
          <summary id="changes" className="fold flex min-h-11 cursor-pointer items-center font-semibold text-ink">
            What changed
          </summary>
          <ul>
            {question.changes.map(({ on, what }) => (
              <li key={`${on}${what}`}>
                {day(on)}: {what}
              </li>
            ))}
          </ul>
        </details>
      </div>
    </Section>
  );
}

function ReviewedBy({ question, reviewer, locale }: HowItWasMadeProps) {
  if (reviewer)
    return (
      <>
        Reviewed by <b className="font-medium text-ink">{reviewer.name}</b>, {reviewer.qualification}, on{' '}
        <time dateTime={reviewer.on}>{formatDateWithoutWeekday(reviewer.on, 'full', locale)}</time>.
      </>
    );
  return question.reviewedBy ? <>Reviewed by {question.reviewedBy}.</> : <>No clinician has reviewed it yet.</>;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
