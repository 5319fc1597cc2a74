// A message is written once, in parts, and rendered twice: as plain text and as HTML. Both show names and notes
// literally, whatever characters they hold.

import { formatNameAndAddress } from '@/scheduling/name-formatting';
import { practiceColourHex, TEXT_ON_COLOUR } from './colours';

/** The words of one line, with what the reader looks for first in bold. */
export type StyledText = string | (string | { bold: string })[];

export type MessagePart =
  | { text: StyledText }
  | { heading: string }
  | { list: StyledText[] }
  | { facts: [label: string, value: string][] }
  /** What comes next, set apart: a label, and lines that begin with the date. */
  | { next: string; lines: StyledText[] }
  | { press: string; url: string }
  /** Several things to choose from, each a link. */
  | { choices: { label: string; url: string }[] }
  | { small: string };

export interface MessageContent {
  subject: string;
  /** The preview that mail programs show beside the subject; by default the first words of the message. */
  preheader?: string;
  parts: MessagePart[];
}

const LONGEST = 200;

/**
 * Puts typed text on one line: without a second header, reversed text, or a link that a mail program would make of it.
 */
export function sanitizeLine(text: string): string {
  const words = text
    .slice(0, LONGEST * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('://', ': //')
    .replace(/ {2,}/g, ' ')
    .trim();
  return [...words].length > LONGEST ? `${[...words].slice(0, LONGEST).join('')}…` : words;
}

/**
 * The same for a name that a stranger typed: in addition, mail programs and calendars make no link of it. A zero-width
 * space goes where an address would need its next letter.
 */
export function sanitizeName(text: string): string {
  return sanitizeLine(text).replace(/(?<=\S)[.:/@](?=[^\s.])/g, '$&\u200b');
}

/** How to reach the practice, for use in a sentence. */
export function contactOf({ name, phone }: { name: string; phone: string }): { name: string; phone: string } {
  return { name: sanitizeLine(name), phone: sanitizeLine(phone) };
}

/** 'Harbour Massage, 1 Quay'. */
export function formatNameAndAddressLine({ name, address }: { name: string; address: string }): string {
  return formatNameAndAddress({ name: sanitizeLine(name), address: sanitizeLine(address) });
}

export function boldText(words: string): { bold: string } {
  return { bold: words };
}

/** Joins runs of text. */
export function joinStyledText(...runs: StyledText[]): StyledText {
  return runs.flat();
}

/** `colon` follows a label: in French it has a space before it. */
export function renderAsText(content: MessageContent, colon = ':'): string {
  return `${content.parts.map((part) => textPart(part, colon)).join('\n\n')}\n`;
}

function textPart(part: MessagePart, colon: string): string {
  if ('text' in part) return flat(part.text);
  if ('heading' in part) return `${part.heading}\n${'-'.repeat([...part.heading].length)}`;
  if ('list' in part) return part.list.map((line) => `  ${flat(line)}`).join('\n');
  if ('facts' in part) return part.facts.map(([label, value]) => `${label}${colon} ${value}`).join('\n');
  if ('next' in part) return `${part.next}${colon}\n${part.lines.map((line) => `  ${flat(line)}`).join('\n')}`;
  if ('press' in part) return `${part.press}${colon}\n${part.url}`;
  if ('choices' in part) return part.choices.map(({ label, url }) => `  ${label}\n  ${url}`).join('\n\n');
  return part.small;
}

function flat(words: StyledText): string {
  return [words]
    .flat()
    .map((run) => (typeof run === 'string' ? run : run.bold))
    .join('');
}

const SERIF = "Georgia,'Times New Roman',serif";

/**
 * One column, no tables, and nothing to load: a logo comes with the message. The practice's colour appears only on
 * backgrounds of its own: the page itself sets no colours, and a dark mail program keeps its own.
 */
export function renderAsHtml(
  content: MessageContent,
  practice: { name: string; colour?: string; language?: string; mark?: object },
  colon = ':',
): string {
  const colour = practiceColourHex(practice.colour);
  return `<!doctype html>
<html lang="${practice.language ?? 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escaped(content.subject)}</title></head>
<body style="margin:0;padding:24px 20px;font:16px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="display:none;max-height:0;overflow:hidden">${escaped(preheaderOf(content))}</div>
<div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">
<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:1px solid currentColor;font:600 20px/1.3 ${SERIF}">${practice.mark ? MARK : initialOf(practice.name, colour)}${escaped(sanitizeLine(practice.name))}</p>
${content.parts.map((part) => htmlPart(part, colour, colon)).join('\n')}
</div></body></html>
`;
}

/** By this name an e-mail shows the logo that is attached to it. */
export const MARK_CONTENT_ID = 'mark';
const MARK = `<img src="cid:${MARK_CONTENT_ID}" alt="" width="34" height="34" style="width:34px;height:34px;margin-right:10px;border-radius:4px;object-fit:contain;vertical-align:middle">`;

/** The practice's first letter, drawn as on its pages. */
function initialOf(name: string, colour: string): string {
  const [initial = ''] = sanitizeLine(name);
  return `<span aria-hidden="true" style="display:inline-block;width:34px;height:34px;margin-right:10px;border-radius:4px;background:${colour};color:${TEXT_ON_COLOUR};font-size:18px;line-height:34px;text-align:center">${escaped(initial.toUpperCase())}</span>`;
}

function preheaderOf({ preheader, parts }: MessageContent): string {
  const first = parts.find((part) => 'text' in part);
  return preheader ?? (first ? flat(first.text) : '');
}

function htmlPart(part: MessagePart, colour: string, colon: string): string {
  if ('text' in part) return `<p style="margin:0 0 16px">${rich(part.text)}</p>`;
  if ('heading' in part)
    return `<h2 style="margin:28px 0 8px;font:600 18px/1.4 ${SERIF}">${escaped(part.heading)}</h2>`;
  if ('list' in part) {
    const lines = part.list.map((line) => `<li style="margin:0 0 6px">${rich(line)}</li>`).join('\n');
    return `<ul style="margin:0 0 16px;padding:0;list-style:none">\n${lines}\n</ul>`;
  }
  if ('facts' in part) {
    const rows = part.facts.map(([label, value]) => `<b>${escaped(label)}${colon}</b> ${escaped(value)}`);
    return `<p style="margin:0 0 16px">${rows.join('<br>\n')}</p>`;
  }
  if ('next' in part) {
    const lines = part.lines.map(rich).join('<br>\n');
    return `<p style="margin:0 0 16px;padding:4px 0 4px 14px;border-left:3px solid currentColor">${escaped(part.next)}${colon}<br>
${lines}</p>`;
  }
  if ('press' in part)
    return `<p style="margin:24px 0 8px"><a href="${escaped(part.url)}" style="display:inline-block;padding:12px 20px;border:1px solid ${colour};border-radius:3px;background:${colour};color:${TEXT_ON_COLOUR};font-weight:600;text-decoration:none">${escaped(part.press)}</a></p>
<p style="margin:0 0 16px;font-size:14px">${escaped(part.url)}</p>`;
  if ('choices' in part) {
    const links = part.choices.map(
      ({ label, url }) =>
        `<li style="margin:0 0 10px"><a href="${escaped(url)}" style="color:inherit;font-weight:600">${escaped(label)}</a></li>`,
    );
    return `<ul style="margin:0 0 16px;padding:0;list-style:none">\n${links.join('\n')}\n</ul>`;
  }
  return `<p style="margin:16px 0 0;font-size:14px">${escaped(part.small)}</p>`;
}

function rich(words: StyledText): string {
  return [words]
    .flat()
    .map((run) => (typeof run === 'string' ? escaped(run) : `<b>${escaped(run.bold)}</b>`))
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
