import { Section } from '@/components/section';
import { type Block, citedIn, plain } from '@/questions/markdown';
import { type CitationNumbers, Prose } from './prose';

/** When not to book: emergencies first, each sign with what to do. */
export function DoctorFirst({ blocks, numbers }: { blocks: Block[]; numbers: CitationNumbers }) {
  const rows = blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []));
  const isAllCited = rows.every(({ matter }) => citedIn(matter).length > 0);
  return (
    <div className="bg-sand dark:[--line:#3a423d]">
      <div className="wide">
        <Section id="doctor" title="See a doctor first if" tone="clay" open>
          <div className="max-w-[52rem]">
            {blocks.map((block) =>
              block.kind === 'heading' ? (
                <h3
                  key={block.line}
                  className="mb-1 font-sans text-[0.9375rem] leading-6 font-semibold text-clay not-first:mt-8 print:break-after-avoid print:not-first:mt-3"
                >
                  {block.title}
                </h3>
              ) : block.kind === 'rows' ? (
                <ul key={block.line} className="border-t border-clay">
                  {block.rows.map(({ label, matter }) => (
                    <li
                      key={plain(label)}
                      className="grid gap-x-8 gap-y-0.5 border-b border-line py-3 last:border-b-0 print:py-1.5 wide:grid-cols-[minmax(0,1fr)_17rem] wide:items-baseline print:break-inside-avoid"
                    >
                      <span className="font-serif text-read leading-[1.625rem]">
                        <Prose inlines={label} numbers={numbers} />
                      </span>
                      <span className="text-small">
                        <Prose inlines={matter} numbers={numbers} />
                      </span>
                    </li>
                  ))}
                </ul>
              ) : null,
            )}
            {!isAllCited && (
              <p className="mt-6 text-small text-soft">
                A warning without a number rests on common clinical sense, not on a source. We would rather warn once
                too often.
              </p>
            )}
          </div>
        </Section>
      </div>
    </div>
  );
}
