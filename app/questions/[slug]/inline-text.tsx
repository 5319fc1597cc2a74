import { Fragment, type ReactNode } from 'react';
import type { Inline } from '@/questions/markdown';

/** The number of each cited source on this page. */
export type CitationNumberBySource = ReadonlyMap<string, number>;

/** The text of a question with its formatting. Neighbouring citations share one superscript. */
export function InlineText({ inlines, numbers }: { inlines: Inline[]; numbers: CitationNumberBySource }) {
  return <>{groups(inlines).map((group, index) => draw(group, index, numbers))}</>;
}

type Group = Exclude<Inline, { kind: 'cite' }> | { kind: 'cites'; ids: string[] };

function groups(inlines: Inline[]): Group[] {
  const found: Group[] = [];
  for (const inline of inlines) {
    const last = found.at(-1);
    if (inline.kind !== 'cite') found.push(inline);
    else if (last?.kind === 'cites') last.ids.push(inline.id);
    else found.push({ kind: 'cites', ids: [inline.id] });
  }
  return found;
}

function draw(group: Group, key: number, numbers: CitationNumberBySource): ReactNode {
  switch (group.kind) {
    case 'text':
      return <Fragment key={key}>{group.text}</Fragment>;
    case 'strong':
      return (
        <strong key={key} className="font-semibold">
          <InlineText inlines={group.children} numbers={numbers} />
        </strong>
      );
    case 'em':
      return (
        <em key={key}>
          <InlineText inlines={group.children} numbers={numbers} />
        </em>
      );
    case 'link':
      return (
        <a key={key} href={group.href}>
          <InlineText inlines={group.children} numbers={numbers} />
        </a>
      );
    case 'cites':
      return (
        <sup key={key} className="static align-[0.5em] font-sans text-[0.75rem] leading-0 font-[550] whitespace-nowrap">
          {group.ids.map((id, index) => (
            <Fragment key={id}>
              {index > 0 && ' '}
              <a
                href={`#source-${id}`}
                aria-label={`Source ${numbers.get(id)}`}
                className="px-[2px] py-2 no-underline hover:underline"
              >
                {numbers.get(id)}
              </a>
            </Fragment>
          ))}
        </sup>
      );
  }
}
