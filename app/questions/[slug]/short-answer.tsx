import type { ReactNode } from 'react';
import { Grade } from '@/components/grade';
import type { Question } from '@/questions/library';

/** The answer a reader came for, with how sure we are and how much it helps as two separate lines. */
export function ShortAnswer({ question }: { question: Question }) {
  return (
    <section
      aria-labelledby="short-answer"
      className="wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 board:gap-x-18 wide:border-t-2 wide:border-ink wide:pt-8 wide:pb-14"
    >
      <div className="wide:col-start-2 wide:row-start-1">
        <h2
          id="short-answer"
          className="mb-2 font-sans text-small leading-5 font-medium tracking-normal text-soft wide:sr-only"
        >
          The short answer
        </h2>
        <p className="max-w-[34em] font-serif text-stand tracking-[-0.006em] text-pretty">{question.shortAnswer}</p>
      </div>
      <dl className="mt-6 pb-2 wide:col-start-1 wide:row-start-1 wide:mt-0 wide:grid wide:content-start wide:gap-6 wide:pb-0">
        <Line label="How sure we are" value={<Grade grade={question.grade} />}>
          <a href="/questions/how-we-grade" className="text-euc">
            How we grade
          </a>
        </Line>
        <Line label="How much it helps" value={question.benefit.size}>
          {question.benefit.why}
        </Line>
      </dl>
    </section>
  );
}

function Line({ label, value, children }: { label: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-baseline gap-x-3 gap-y-1 slim:grid-cols-[8.5rem_minmax(0,1fr)] border-t border-line py-3 wide:block wide:border-0 wide:p-0">
      <dt className="text-small text-soft wide:mb-1">{label}</dt>
      <dd>
        <span className="font-[550]">{value}</span>
        <span className="block text-small text-soft">{children}</span>
      </dd>
    </div>
  );
}
