import { ButtonLink } from '@/components/button';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import type { Question } from '@/questions/library';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { QuestionRows } from './question-rows';

export function SearchResults({ values, found }: { values: string; found: Question[] }) {
  return (
    <Section
      id="found"
      title={found.length > 0 ? 'What we have on that' : 'Nothing yet'}
      aside={
        <a href="/questions" className="inline-flex min-h-11 items-center text-soft">
          All questions
        </a>
      }
    >
      {found.length > 0 ? (
        <>
          <div className="-mt-4">
            <QuestionRows questions={found} />
          </div>
          <p className="border-t border-line pt-4 text-small text-soft">
            Not what you meant? <a href="/questions/ask">Ask us</a>
          </p>
        </>
      ) : (
        <Notice tone="quiet" title={<>We have no page on “{values}”</>}>
          <p className="mb-4">Try another word for it. Or ask us: your question may become the next page.</p>
          <ButtonLink href="/questions/ask" slim>
            Ask us
          </ButtonLink>
        </Notice>
      )}
    </Section>
  );
}

/** What a screen reader announces when the results change. */
export function formatSearchCount(count: number): string {
  if (count === 0) return 'No question found.';
  const many = formatNumberInWords(count);
  return `${capitalizeFirstLetter(many)} question${count === 1 ? '' : 's'} found.`;
}
