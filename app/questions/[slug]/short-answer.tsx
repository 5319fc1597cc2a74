import type { Question } from '@/questions/library';
import { BodyAreasFigure } from './body-areas-figure';
import { EvidencePictures } from './evidence-pictures';
import type { CitationNumberBySource } from './inline-text';
import { TableOfContents } from './table-of-contents';

/** The short answer, what to remember from the page, and the evidence as pictures. */
export function ShortAnswer({ question, numbers }: { question: Question; numbers: CitationNumberBySource }) {
  return (
    <section
      id="short-answer"
      aria-labelledby="short-answer-heading"
      className="scroll-mt-6 pb-6 wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 wide:border-t-2 wide:border-ink wide:pt-6 wide:pb-8 board:gap-x-18"
    >
      <div>
        <TableOfContents />
      </div>
      <div className="min-w-0">
        <h2 id="short-answer-heading" className="sr-only">
          The short answer
        </h2>
        <p className="max-w-[34em] font-serif text-stand tracking-[-0.006em] text-pretty">{question.shortAnswer}</p>
        <div className="board:grid board:grid-cols-[minmax(0,1fr)_25rem] board:items-start board:gap-x-10">
          <ul className="mt-4 border-b border-line wide:mt-5">
            {question.takeaways.map(({ head, say }) => (
              <Takeaway key={head} head={head} say={say} />
            ))}
            <li className="border-t border-line py-2">
              <b className="font-[550] text-clay">Some need a doctor first.</b>{' '}
              <span className="text-small text-soft">
                Read <a href="#doctor">all the warning signs</a> before you book.
              </span>
            </li>
          </ul>
          <BodyAreasFigure where={question.where} slug={question.slug} />
        </div>
        <EvidencePictures question={question} numbers={numbers} />
      </div>
    </section>
  );
}

function Takeaway({ head, say }: { head: string; say: string }) {
  return (
    <li className="border-t border-line py-2 print:py-1">
      <b className="font-[550]">{head}</b> <span className="text-small text-soft">{say}</span>
    </li>
  );
}
