import { Grade } from '@/components/grade';
import type { Question } from '@/questions/library';

/** Questions as rows, each with how sure we are. */
export function QuestionRows({ questions }: { questions: Pick<Question, 'slug' | 'question' | 'grade'>[] }) {
  return (
    <ul>
      {questions.map(({ slug, question, grade }) => (
        <li key={slug} className="border-t border-line first:border-t-0">
          <a
            href={`/questions/${slug}`}
            className="block py-4 font-serif text-item font-normal text-ink no-underline hover:text-ink hover:underline mid:flex mid:items-baseline mid:justify-between mid:gap-4"
          >
            <span>{question}</span>
            <span className="mt-1.5 flex min-w-[7.5rem] flex-none font-sans text-small text-soft mid:mt-0">
              <Grade grade={grade} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
