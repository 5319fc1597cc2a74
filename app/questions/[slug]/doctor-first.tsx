import { Section } from '@/components/section';
import { type Block, type Inline, inlineToText, listCitedIds } from '@/questions/markdown';
import { type CitationNumberBySource, InlineText } from './inline-text';

/** When not to book: emergencies first, and what to do about each sign. */
export function DoctorFirst({ blocks, numbers }: { blocks: Block[]; numbers: CitationNumberBySource }) {
  const rows = blocks.flatMap((block) => (block.kind === 'rows' ? block.rows : []));
  const isAllCited = rows.every(({ matter }) => listCitedIds(matter).length > 0);
  return (
    <div className="bg-sand dark:[--line:#3a423d]">
      <div className="wide">
        <Section dense id="doctor" title="See a doctor first if" tone="clay" open>
          <div>
            {blocks.map((block) =>
              block.kind === 'heading' ? (
                <h3
                  key={block.line}
                  className="mb-1 font-sans text-[0.9375rem] leading-6 font-semibold text-clay not-first:mt-3 print:break-after-avoid print:not-first:mt-3"
                >
                  {block.title}
                </h3>
              ) : block.kind === 'rows' ? (
                <ul key={block.line} className="border-t border-clay wide:columns-2 wide:gap-x-10">
                  {byAction(block.rows).map((alike) => (
                    <li
                      key={inlineToText(alike[0]!.label)}
                      className="break-inside-avoid border-b border-line py-0.5 text-[0.9375rem] leading-5 last:border-b-0 wide:py-1 print:py-1.5"
                    >
                      {alike.map(({ label, matter }, index) => {
                        const isLast = index === alike.length - 1;
                        return (
                          <span key={inlineToText(label)} className={isLast ? '' : 'mb-1 block'}>
                            <span className="font-[550]">
                              <InlineText inlines={label} numbers={numbers} />.
                            </span>
                            {/* Without a space a citation number stays with the word before it, and never gets a line of its own. */}
                            {isLast && ' '}
                            <InlineText inlines={isLast ? matter : matter.filter(isCitation)} numbers={numbers} />
                          </span>
                        );
                      })}
                    </li>
                  ))}
                </ul>
              ) : null,
            )}
            {!isAllCited && (
              <p className="mt-3 text-tiny text-soft">
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

type Row = Extract<Block, { kind: 'rows' }>['rows'][number];

/** Groups signs with the same advice, at the place of the first of them; the advice follows the last. */
function byAction(rows: Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const action = inlineToText(row.matter);
    groups.set(action, [...(groups.get(action) ?? []), row]);
  }
  return [...groups.values()];
}

function isCitation({ kind }: Inline): boolean {
  return kind === 'cite';
}
