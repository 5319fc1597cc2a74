import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inlinePageStyles, inlineStylesAndMoveLinksToEnd, parseStylesheet, readStylesheets } from './page-styles';

const address = '/_next/static/chunks/site.css';
const page = (body: string) =>
  `<!DOCTYPE html><html><head><link rel="stylesheet" href="${address}" nonce="n1" data-precedence="next"/></head><body>${body}</body></html>`;

/** The rules of `css` that are kept for a page with this body. */
function styleFor(css: string, body: string): string {
  const sheets = new Map([[address, () => parseStylesheet(css, address)]]);
  return /<style id="page-style">([\s\S]*?)<\/style>/.exec(inlinePageStyles(page(body), sheets))?.[1] ?? 'no style';
}

describe('the style of a page', () => {
  it.each([
    ['a class of the page', '.on{color:red}', '<p class="off on">x</p>'],
    ['a class written with signs', '.mid\\:w-\\[12\\.5\\%\\]{width:1px}', '<p class="mid:w-[12.5%]">x</p>'],
    ['a class that HTML escapes', '.\\[\\&\\>svg\\]\\:h-4{height:1px}', '<p class="[&amp;&gt;svg]:h-4">x</p>'],
    ['a tag of the page', 'h1,table{margin:0}', '<h1>x</h1>'],
    ['one of several', '.gone,.on{color:red}', '<p class="on">x</p>'],
    ['a selector inside :is or :where', ':is(.on,.gone) :where(p){color:red}', '<p class="on">x</p>'],
    ['what something else has', ':root:has([data-colour="blue"]){--a:red}', '<p data-colour="blue">x</p>'],
    ['what something else has, as a build writes it', ':root:has([data-a=blue]){--a:red}', '<p data-a="blue">x</p>'],
    ['an attribute of the page', ':root:has([data-a]){--a:red}', '<p data-a="blue">x</p>'],
    ['a part of what an attribute holds', '[data-a^="bl"]{--a:red}', '<p data-a="blue">x</p>'],
    ['a selector with :not', '.on:not(.gone,[data-x]){color:red}', '<p class="on">x</p>'],
    [
      'a state that only its reader brings about',
      '.on[open]:nth-child(2n+1):hover::before{color:red}',
      '<p class="on">x</p>',
    ],
    ['a state that only a script gives', '.on.is-own{color:red}', '<p class="on">x</p>'],
    ['braces and commas in a string', '.on:before{content:"},{"}', '<p class="on">x</p>'],
    ['rules within a rule', '.on{color:red;&:hover{color:blue}}', '<p class="on">x</p>'],
    ['a face and an animation', '@font-face{font-family:a}@keyframes pulse{50%{opacity:.5}}', ''],
    ['the order of layers', '@layer theme,base;', ''],
  ])('keeps %s', (_, css, body) => {
    expect(styleFor(css, body)).toBe(css);
  });

  it.each([
    ['a class of no word on it', '.gone{color:red}', '<p class="on">gone</p>'],
    ['a tag that it has not', 'table{margin:0}', '<p>table</p>'],
    ['half of what a rule asks for', '.on .gone{color:red}', '<p class="on">x</p>'],
    ['what nothing in another’s place is', ':is(.gone,.off) p{color:red}', '<p class="on">x</p>'],
    ['another practice’s colour', ':root:has([data-colour="plum"]){--a:red}', '<p data-colour="blue">x</p>'],
    ['another colour, as a build writes it', ':root:has([data-a=plum]){--a:red}', '<p data-a="blue">x</p>'],
    ['an attribute that it has not', ':root:has([data-a]){--a:red}', '<p>x</p>'],
    ['an empty group', '@media print{@supports (color:red){.gone{color:red}}}', '<p class="on">x</p>'],
    ['a variable that nothing reads', '@property --tw-a{syntax:"*";inherits:false}', ''],
  ])('leaves out %s', (_, css, body) => {
    expect(styleFor(css, body)).toBe('');
  });

  it('keeps the rules of a group that the page needs, and no others', () => {
    const css = '@layer utilities{.gone{color:red}@media (min-width:20rem){.on{color:red}.off{color:red}}}';
    expect(styleFor(css, '<p class="on">x</p>')).toBe('@layer utilities{@media (min-width:20rem){.on{color:red}}}');
  });

  it('keeps a variable that a rule of the page reads', () => {
    const css = '@property --tw-a{syntax:"*";inherits:false}.on{top:var(--tw-a,1px)}';
    expect(styleFor(css, '<p class="on">x</p>')).toBe(css);
  });

  it('links from the page to what the stylesheet links to from its own place', () => {
    const css = '@font-face{src:url(../media/a.woff2)format("woff2")}p{background:url(data:image/png;base64,a)}';
    expect(styleFor(css, '<p>x</p>')).toBe(css.replace('../media/a.woff2', '/_next/static/media/a.woff2'));
  });
});

describe('a page with a stylesheet', () => {
  it('gets its own rules, whatever pages were written before it', () => {
    const css = '.on{top:0}.off{top:1px}[data-colour=blue] p{top:2px}em{top:3px}';
    const sheets = new Map([[address, () => sheet]]);
    const sheet = parseStylesheet(css, address);
    const bodies = [
      '<p class="on">x</p>',
      '<p class="off">x</p>',
      '<p data-colour="blue">x</p>',
      '<em class="on">x</em>',
    ];
    const alone = bodies.map((body) =>
      inlinePageStyles(page(body), new Map([[address, () => parseStylesheet(css, address)]])),
    );
    expect(new Set(alone).size).toBe(bodies.length);
    for (const round of [1, 2])
      expect([round, bodies.map((body) => inlinePageStyles(page(body), sheets))]).toEqual([round, alone]);
  });

  it('is written again after many other pages were', () => {
    const sheet = parseStylesheet(Array.from({ length: 300 }, (_, n) => `.c${n}{top:0}`).join(''), address);
    const sheets = new Map([[address, () => sheet]]);
    for (const n of [...Array(300).keys(), 0])
      expect(inlinePageStyles(page(`<p class="c${n}">x</p>`), sheets)).toContain(`>.c${n}{top:0}</style>`);
  });

  it('keeps the link to a stylesheet that is not in the build', () => {
    const other = page('').replace(address, '/other.css');
    expect(inlinePageStyles(other, new Map([[address, () => parseStylesheet('', address)]]))).toBe(other);
  });
});

describe('a page with scripts', () => {
  const other = '/_next/static/chunks/other.css';
  const sheets = new Map([address, other].map((at) => [at, () => parseStylesheet('.on{top:0}.later{top:1px}', at)]));

  it('has its style in the head, and the stylesheet link at the end', () => {
    const link = `<link rel="stylesheet" href="${address}" nonce="n1" data-precedence="next"/>`;
    expect(inlineStylesAndMoveLinksToEnd(page('<p class="on">x</p><script>"</body>"</script>'), sheets)).toBe(
      `<!DOCTYPE html><html><head><style id="page-style">.on{top:0}</style></head><body><p class="on">x</p><script>"</body>"</script>${link}</body></html>`,
    );
  });

  it('has the styles and links in the order of its stylesheets, each only once', () => {
    const two = page('<p>x</p>').replace('</head>', `<link rel="stylesheet" href="${other}"/></head>`);
    const found = [...inlineStylesAndMoveLinksToEnd(two, sheets).matchAll(/<style[^>]*>|href="[^"]+"/g)].map(
      ([part]) => part,
    );
    expect(found).toEqual(['<style id="page-style">', '<style>', `href="${address}"`, `href="${other}"`]);
  });

  it('stays unchanged when none of its stylesheets is in the build', () => {
    expect(inlineStylesAndMoveLinksToEnd(page('<p>x</p>'), new Map())).toBe(page('<p>x</p>'));
  });
});

describe('the stylesheets of a build', () => {
  const dist = mkdtempSync(path.join(tmpdir(), 'build-'));
  afterAll(() => rmSync(dist, { recursive: true }));

  it('are found by their address, as they were when the server began', () => {
    const folder = path.join(dist, 'static', 'chunks');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'site.css'), 'p{color:red}');
    writeFileSync(path.join(folder, 'site.js'), 'p');
    const sheets = readStylesheets(dist);
    writeFileSync(path.join(folder, 'site.css'), 'a{color:red}');
    expect([...sheets.keys()]).toEqual([address]);
    expect(inlinePageStyles(page('<p>x</p>'), sheets)).toContain('p{color:red}');
  });

  it('are none where nothing was built', () => {
    expect(readStylesheets(path.join(dist, 'nowhere')).size).toBe(0);
  });
});
