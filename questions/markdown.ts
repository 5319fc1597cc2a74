import { Lexer, type Token, type Tokens } from 'marked';
import type { planBasisKinds } from './front-matter';

// The part of Markdown that questions use, as plain data for a page to render. `[^id]` cites a source in
// citations.json; `{our suggestion}` at the end of a row says where a cadence comes from.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: 'cite'; id: string };

interface Row {
  label: Inline[];
  matter: Inline[];
  basis: (typeof planBasisKinds)[number] | null;
}

export type Block =
  | { kind: 'paragraph'; line: number; children: Inline[] }
  | { kind: 'rows'; line: number; rows: Row[] }
  | { kind: 'aside'; line: number; title: string; paragraphs: Inline[][] }
  | { kind: 'heading'; line: number; title: string };

export interface Section {
  title: string;
  line: number;
  blocks: Block[];
}

const basisWords: Record<string, (typeof planBasisKinds)[number]> = {
  'tested in a trial': 'trial',
  'borrowed from another problem': 'extrapolated',
  'our suggestion': 'none',
};

/** The sections of a body; `firstLine` is the file's line on which the body starts. */
export function readSections(body: string, firstLine: number): Section[] {
  const sections: Section[] = [];
  let line = firstLine;
  for (const token of Lexer.lex(body)) {
    if (token.type === 'heading' && token.depth === 2) {
      sections.push({ title: inlineToText(readInlines(token.tokens ?? [])), line, blocks: [] });
    } else if (token.type !== 'space') {
      const section = sections.at(-1);
      if (!section) throw new Error(`line ${line}: start with a heading "## See a doctor first"`);
      section.blocks.push(readBlock(token, line));
    }
    line += token.raw.split('\n').length - 1;
  }
  return sections;
}

function readBlock(token: Token, line: number): Block {
  switch (token.type) {
    case 'paragraph':
      return { kind: 'paragraph', line, children: readInlines(token.tokens ?? []) };
    case 'heading':
      return { kind: 'heading', line, title: inlineToText(readInlines(token.tokens ?? [])) };
    case 'list':
      return { kind: 'rows', line, rows: (token as Tokens.List).items.map((item) => readRow(item, line)) };
    case 'blockquote': {
      const [first, ...rest] = (token.tokens ?? []).filter(({ type }) => type === 'paragraph');
      const opening = readInlines((first as Tokens.Paragraph | undefined)?.tokens ?? []);
      const [title, ...matter] = opening;
      if (title?.kind !== 'strong') throw new Error(`line ${line}: open the aside with a **title**`);
      const others = rest.map((paragraph) => readInlines((paragraph as Tokens.Paragraph).tokens ?? []));
      const paragraphs = [trimStart(matter), ...others].filter((paragraph) => paragraph.length > 0);
      return { kind: 'aside', line, title: inlineToText(title.children), paragraphs };
    }
    default:
      throw new Error(`line ${line}: a question is written in paragraphs, lists and > asides, not in a ${token.type}`);
  }
}

function readRow(item: Tokens.ListItem, line: number): Row {
  const inlines = item.tokens.flatMap((token) => readInlines('tokens' in token ? (token.tokens ?? []) : []));
  const [label, ...rest] = inlines;
  if (label?.kind !== 'strong') throw new Error(`line ${line}: open every row of this list with a **label**`);
  const matter = trimStart(rest);
  const last = matter.at(-1);
  const attributes = last?.kind === 'text' ? /\s*\{([^}]+)\}\s*$/.exec(last.text) : null;
  if (last?.kind !== 'text' || !attributes) return { label: label.children, matter, basis: null };
  const basis = basisWords[attributes[1]!];
  if (!basis) throw new Error(`line ${line}: {${attributes[1]}} is not one of ${Object.keys(basisWords).join(', ')}`);
  const text = last.text.slice(0, attributes.index);
  return { label: label.children, matter: [...matter.slice(0, -1), ...(text ? [{ ...last, text }] : [])], basis };
}

function readInlines(tokens: Token[]): Inline[] {
  const inlines: Inline[] = [];
  for (const token of tokens) {
    if (token.type === 'strong' || token.type === 'em') {
      inlines.push({ kind: token.type, children: readInlines(token.tokens ?? []) });
    } else if (token.type === 'link') {
      inlines.push({ kind: 'link', href: token.href, children: readInlines(token.tokens ?? []) });
    } else {
      addText(inlines, token.raw);
    }
  }
  return inlines;
}

function addText(inlines: Inline[], raw: string) {
  for (const [index, part] of raw.split(/\[\^([a-z0-9-]+)\]/).entries()) {
    if (index % 2) inlines.push({ kind: 'cite', id: part });
    else if (part) {
      const text = part.replace(/\s+/g, ' ').replace(/'/g, '’');
      const last = inlines.at(-1);
      if (last?.kind === 'text') last.text += text;
      else inlines.push({ kind: 'text', text });
    }
  }
}

function trimStart(inlines: Inline[]): Inline[] {
  const [first, ...rest] = inlines;
  if (first?.kind !== 'text') return inlines;
  const text = first.text.trimStart();
  return text ? [{ ...first, text }, ...rest] : rest;
}

/** The text alone, without citations. */
export function inlineToText(inlines: Inline[]): string {
  return inlines
    .map((inline) =>
      inline.kind === 'text' ? inline.text : inline.kind === 'cite' ? '' : inlineToText(inline.children),
    )
    .join('');
}

/** The cited ids in order, with repeats. */
export function listCitedIds(inlines: Inline[]): string[] {
  return inlines.flatMap((inline) =>
    inline.kind === 'cite' ? [inline.id] : inline.kind === 'text' ? [] : listCitedIds(inline.children),
  );
}

/** Every run of text in a block, in reading order. */
export function listTextRuns(block: Block): Inline[][] {
  switch (block.kind) {
    case 'paragraph':
      return [block.children];
    case 'aside':
      return block.paragraphs;
    case 'rows':
      return block.rows.map(({ label, matter }) => [...label, { kind: 'text', text: ' ' }, ...matter]);
    case 'heading':
      return [];
  }
}
