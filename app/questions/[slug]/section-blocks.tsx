import { CadenceBasis } from '@/components/evidence-grade';
import { type Block, inlineToText } from '@/questions/markdown';
import { type CitationNumberBySource, InlineText } from './inline-text';

interface Props {
  blocks: Block[];
  numbers: CitationNumberBySource;
}

/**
 * The paragraphs, rows and asides of a section, in a readable line length. Text under a heading is folded away behind
 * it.
 */
export function SectionBlocks({ blocks, numbers }: Props) {
  const first = blocks.findIndex(({ kind }) => kind === 'heading');
  const open = first < 0 ? blocks : blocks.slice(0, first);
  return (
    <div className="max-w-measure font-serif text-read">
      <Pieces blocks={open} numbers={numbers} />
      {foldsOf(blocks.slice(open.length)).map(({ title, blocks }) => (
        <details key={title} className="mt-3 border-y border-line print:mt-2 print:border-y-0">
          <summary className="fold flex min-h-11 cursor-pointer items-center font-sans text-ui font-medium print:min-h-0">
            {title}
          </summary>
          <div className="pb-4 print:pb-0">
            <Pieces blocks={blocks} numbers={numbers} />
          </div>
        </details>
      ))}
    </div>
  );
}

function foldsOf(blocks: Block[]): { title: string; blocks: Block[] }[] {
  const folds: { title: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') folds.push({ title: block.title, blocks: [] });
    else folds.at(-1)?.blocks.push(block);
  }
  return folds;
}

function Pieces({ blocks, numbers }: Props) {
  return (
    <div className="grid gap-[0.7em] print:block print:space-y-2">
      {blocks.map((block) => (
        <Piece key={block.line} block={block} numbers={numbers} />
      ))}
    </div>
  );
}

function Piece({ block, numbers }: { block: Block; numbers: CitationNumberBySource }) {
  switch (block.kind) {
    case 'heading':
      return null;
    case 'paragraph':
      return (
        <p>
          <InlineText inlines={block.children} numbers={numbers} />
        </p>
      );
    case 'aside':
      return (
        <div className="my-1 border-l-2 border-ink pl-4 print:break-inside-avoid">
          <p className="mb-0.5 font-sans text-small font-semibold">{block.title}</p>
          {block.paragraphs.map((paragraph) => (
            <p key={inlineToText(paragraph)}>
              <InlineText inlines={paragraph} numbers={numbers} />
            </p>
          ))}
        </div>
      );
    case 'rows':
      return (
        <dl className="-mt-2 print:block">
          {block.rows.map(({ label, matter, basis }) => (
            <div
              key={inlineToText(label)}
              className="border-t border-line py-2 first:border-t-0 mid:grid mid:grid-cols-[8rem_minmax(0,1fr)] mid:gap-x-4 print:break-inside-avoid print:py-1"
            >
              <dt className="inline font-sans text-[0.9375rem] font-[550] mid:block mid:pt-1 mid:text-small mid:font-normal mid:text-soft">
                <InlineText inlines={label} numbers={numbers} />
              </dt>{' '}
              <dd className="inline mid:block">
                <InlineText inlines={matter} numbers={numbers} /> {basis && <CadenceBasis basis={basis} />}
              </dd>
            </div>
          ))}
        </dl>
      );
  }
}
