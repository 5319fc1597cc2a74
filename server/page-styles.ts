import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

// A page carries its own style: those rules of the site's stylesheet that can match something on it. A linked
// stylesheet is requested after the page, and nothing is shown until it arrives: half a second on a slow line, a second
// where scripts load with it. When in doubt a rule is kept: one too many costs some bytes, one too few breaks the page.

type Requirement = { classes: string[]; tags: string[]; data: string[]; oneOf: Requirement[][] };
/** The text of a rule or at-rule up to its brace; `inner` holds the rules inside its braces, if any. */
interface Rule {
  head: string;
  body: string;
  inner: Rule[] | null;
  /** The rule is kept if the page meets one of these; null: kept on every page. */
  selectors: Requirement[] | null;
}

/**
 * A parsed stylesheet, and a cache of the styles written from it, keyed by the classes and tags of the page: pages of
 * one kind differ only in their text.
 */
interface Stylesheet {
  rules: Rule[];
  /** Every `data-` attribute selector in it. */
  dataTests: string[];
  written: Map<string, string>;
}

/** The stylesheets that a build made, by the address they have on a page; each is read when it is first asked for. */
export type Stylesheets = ReadonlyMap<string, () => Stylesheet>;

/** About 30 KB each. */
const MOST_WRITTEN = 100;

const GROUPS = /^@(?:media|supports|layer|container)\b/;
const STYLESHEET = /<link rel="stylesheet" href="([^"]+)"[^>]*>/g;
/** Classes that only a script adds (browser/score-chart.ts). */
const STATE = /^is-/;

/** Reads every stylesheet below `static` of a build, once: a new build may be laid over the folder. */
export function readStylesheets(distDir: string): Stylesheets {
  const folder = path.join(distDir, 'static');
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    names
      .filter((name) => name.endsWith('.css'))
      .map((name) => {
        const address = `/_next/static/${name.split(path.sep).join('/')}`;
        const css = readFileSync(path.join(folder, name), 'utf8');
        let sheet: Stylesheet | undefined;
        return [address, () => (sheet ??= parseStylesheet(css, address))];
      }),
  );
}

/** Reads a minified stylesheet, and makes the URLs in it absolute. */
export function parseStylesheet(css: string, address: string): Stylesheet {
  const rooted = css.replace(/url\((?!["']?(?:data:|https?:|\/|#))["']?([^"')]+)["']?\)/g, (_, link: string) => {
    return `url(${new URL(link, `http://here${address}`).pathname})`;
  });
  const rules = readRules(rooted);
  return { rules, dataTests: [...new Set(listDataTests(rules))], written: new Map() };
}

function listDataTests(rules: Rule[]): string[] {
  const ofSelectors = (selectors: Requirement[]): string[] =>
    selectors.flatMap(({ data, oneOf }) => [...data, ...oneOf.flatMap(ofSelectors)]);
  return rules.flatMap(({ selectors, inner }) => [...ofSelectors(selectors ?? []), ...listDataTests(inner ?? [])]);
}

/** The page with its style inline, in place of the links to stylesheets of the build. */
export function inlinePageStyles(html: string, stylesheets: Stylesheets): string {
  return replaceLinks(html, stylesheets).page;
}

/**
 * The same, but the links move to the end of the page, where they do not delay its content: a script may add elements
 * that need any rule, and React looks for the links before it shows another page.
 */
export function inlineStylesAndMoveLinksToEnd(html: string, stylesheets: Stylesheets): string {
  const { page, links } = replaceLinks(html, stylesheets);
  return links ? page.replace(/<\/body>(?![\s\S]*<\/body>)/, () => `${links}</body>`) : page;
}

function replaceLinks(html: string, stylesheets: Stylesheets): { page: string; links: string } {
  let parts: PageParts | undefined;
  let links = '';
  const page = html.replace(STYLESHEET, (link, address: string) => {
    const sheet = stylesheets.get(address)?.();
    if (!sheet) return link;
    parts ??= partsOf(html);
    const id = links ? '' : ' id="page-style"';
    links += link;
    return `<style${id}>${writeStyle(sheet, parts)}</style>`;
  });
  return { page, links };
}

/** The rules that this page can meet. Most of the work is the same for every page of its kind, and done once. */
function writeStyle({ rules, dataTests, written }: Stylesheet, page: PageParts): string {
  const data = dataTests.filter((attribute) => hasAttribute(page, attribute));
  const key = `${page.shape}|${data.join(' ')}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const style = dropUnusedProperties(writeRules(rules, page));
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(key, style);
  return style;
}

function hasAttribute({ html }: PageParts, attribute: string): boolean {
  return html.includes(` ${attribute}`);
}

interface PageParts {
  classes: Set<string>;
  tags: Set<string>;
  /** Both as one string: a cache key, the same for pages with the same classes and tags. */
  shape: string;
  html: string;
}

function partsOf(html: string): PageParts {
  const lists = new Set<string>();
  for (const [, list] of html.matchAll(/\sclass="([^"]*)"/g)) lists.add(list!);
  const classes = new Set([...lists].flatMap((list) => unescapeAttribute(list).split(/\s+/)));
  const found = new Set<string>();
  for (const [, tag] of html.matchAll(/<([a-z][a-z0-9-]*)/gi)) found.add(tag!);
  const tags = new Set([...found].map((tag) => tag.toLowerCase()));
  const shape = [classes, tags].map((names) => [...names].sort().join(' ')).join('|');
  return { classes, tags, shape, html };
}

const ESCAPED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
function unescapeAttribute(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ESCAPED[name] ?? '');
}

function writeRules(rules: Rule[], page: PageParts): string {
  return rules.map((rule) => writeRule(rule, page)).join('');
}

function writeRule({ head, body, inner, selectors }: Rule, page: PageParts): string {
  if (selectors && !selectors.some((selector) => isMet(selector, page))) return '';
  if (!inner) return body === '' ? `${head};` : `${head}{${body}}`;
  const remaining = writeRules(inner, page);
  return remaining ? `${head}{${remaining}}` : '';
}

function isMet({ classes, tags, data, oneOf }: Requirement, page: PageParts): boolean {
  return (
    classes.every((name) => STATE.test(name) || page.classes.has(name)) &&
    tags.every((tag) => page.tags.has(tag)) &&
    data.every((attribute) => hasAttribute(page, attribute)) &&
    oneOf.every((others) => others.some((other) => isMet(other, page)))
  );
}

/** Tailwind registers all its variables, also those that no kept rule uses. */
function dropUnusedProperties(css: string): string {
  const registered = /@property (--[\w-]+)\{[^}]*\}/g;
  const rest = css.replace(registered, '');
  const names = new Set([...rest.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  return css.replace(registered, (rule, name: string) => (names.has(name) ? rule : ''));
}

function readRules(css: string): Rule[] {
  const rules: Rule[] = [];
  let start = 0;
  while (start < css.length) {
    const stop = findOutside(css, start, '{;');
    const head = css.slice(start, stop).trim();
    if (stop >= css.length || css[stop] === ';') {
      if (head) rules.push({ head, body: '', inner: null, selectors: null });
      start = stop + 1;
      continue;
    }
    const end = findEnd(css, stop);
    const body = css.slice(stop + 1, end);
    rules.push({
      head,
      body,
      inner: GROUPS.test(head) ? readRules(body) : null,
      selectors: head.startsWith('@') ? null : readSelectors(head),
    });
    start = end + 1;
  }
  return rules;
}

/** The first character of `sought` that is not in a string, in brackets or escaped; the end if there is none. */
function findOutside(css: string, from: number, sought: string): number {
  let depth = 0;
  for (let at = from; at < css.length; at++) {
    const sign = css[at]!;
    if (sign === '\\') at++;
    else if (sign === '"' || sign === "'") at = endOfString(css, at);
    else if (depth === 0 && sought.includes(sign)) return at;
    else if (sign === '(' || sign === '[') depth++;
    else if (sign === ')' || sign === ']') depth--;
  }
  return css.length;
}

function findEnd(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    const sign = css[at]!;
    if (sign === '\\') at++;
    else if (sign === '"' || sign === "'") at = endOfString(css, at);
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at;
  }
  return css.length;
}

function endOfString(css: string, open: number): number {
  for (let at = open + 1; at < css.length; at++) {
    if (css[at] === '\\') at++;
    else if (css[at] === css[open]) return at;
  }
  return css.length;
}

function readSelectors(list: string): Requirement[] {
  const selectors: Requirement[] = [];
  for (let start = 0; start < list.length; ) {
    const stop = findOutside(list, start, ',');
    selectors.push(readSelector(list.slice(start, stop)));
    start = stop + 1;
  }
  return selectors;
}

const PART =
  /\.((?:\\.|[\w-]|[^\0-\x7f])+)|:(has|is|where)\(|(:[\w-]+\()|(::?[\w-]+)|\[([^\]]*)\]|#(?:\\.|[\w-])+|([a-z][a-z0-9-]*)/gi;

/**
 * An attribute selector as the page writes the attribute: the build removes its quotes. For operators other than "="
 * only the name counts.
 */
function asWritten(attribute: string): string {
  const [, name, value] = /^([\w-]+)(?:=["']?([^"']*)["']?$)?/.exec(attribute) ?? [];
  return value === undefined ? `${name}` : `${name}="${value}"`;
}

function readSelector(selector: string): Requirement {
  const found: Requirement = { classes: [], tags: [], data: [], oneOf: [] };
  PART.lastIndex = 0;
  for (let match = PART.exec(selector); match; match = PART.exec(selector)) {
    const [part, name, group, otherFunction, , attribute, tag] = match;
    if (name) found.classes.push(name.replace(/\\(.)/g, '$1'));
    else if (group || otherFunction) {
      const end = findOutside(selector, match.index + part.length, ')');
      if (group) found.oneOf.push(readSelectors(selector.slice(match.index + part.length, end)));
      PART.lastIndex = end + 1;
    } else if (attribute?.startsWith('data-')) found.data.push(asWritten(attribute));
    else if (tag) found.tags.push(tag.toLowerCase());
  }
  return found;
}
