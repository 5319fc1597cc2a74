import { Fact, Facts } from '@/components/facts';
import { Basis } from '@/components/grade';
import { type Block, plain } from '@/questions/markdown';
import { type CitationNumbers, Prose } from './prose';

/** A section's paragraphs, rows and asides, on the reading measure. */
export function QuestionBody({ blocks, numbers }: { blocks: Block[]; numbers: CitationNumbers }) {
  return (
    <div className="grid max-w-measure gap-[0.95em] font-serif text-read print:block print:space-y-2">
      {blocks.map((block) => (
        <Piece key={block.line} block={block} numbers={numbers} />
      ))}
    </div>
  );
}

function Piece({ block, numbers }: { block: Block; numbers: CitationNumbers }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.title}</h3>;
    case 'paragraph':
      return (
        <p>
          <Prose inlines={block.of} numbers={numbers} />
        </p>
      );
    case 'aside':
      return (
        <div className="my-1 border-l-2 border-ink pl-4 print:break-inside-avoid">
          <p className="mb-0.5 font-sans text-small font-semibold">{block.title}</p>
          {block.paragraphs.map((paragraph) => (
            <p key={plain(paragraph)}>
              <Prose inlines={paragraph} numbers={numbers} />
            </p>
          ))}
        </div>
      );
    case 'rows':
      return (
        <Facts className="-mt-3">
          {block.rows.map(({ label, matter, basis }) => (
            <Fact key={plain(label)} label={<Prose inlines={label} numbers={numbers} />} reading>
              <Prose inlines={matter} numbers={numbers} />
              {basis && (
                <span className="mt-1 block">
                  <Basis basis={basis} />
                </span>
              )}
            </Fact>
          ))}
        </Facts>
      );
  }
}
