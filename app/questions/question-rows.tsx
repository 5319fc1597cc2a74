import { EvidenceGradeLabel } from '@/components/evidence-grade';
import type { Question } from '@/questions/library';

interface Props {
  questions: Pick<Question, 'slug' | 'question' | 'grade'>[];
  /** Smaller and closer, for the end of a long page. */
  dense?: boolean;
}

/** Questions as rows, each with its certainty. */
export function QuestionRows({ questions, dense }: Props) {
  const rows = dense ? 'py-2.5 text-ui' : 'py-4 text-item';
  return (
    <ul>
      {questions.map(({ slug, question, grade }) => (
        <li key={slug} className="border-t border-line first:border-t-0">
          <a
            href={`/questions/${slug}`}
            className={`block ${rows} font-serif font-normal text-ink no-underline hover:text-ink hover:underline mid:flex mid:items-baseline mid:justify-between mid:gap-4`}
          >
            <span>{question}</span>
            <span
              className={`${dense ? 'hidden mid:flex' : 'mt-1.5 flex'} min-w-[7.5rem] flex-none font-sans text-small text-soft mid:mt-0`}
            >
              <EvidenceGradeLabel grade={grade} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
