// Some pages are complete as HTML, and what little moves on them is a small script of their own (browser/). Next has no
// setting that leaves its framework out of a page, so it is taken out here: its scripts, and the copy of the whole page
// that they would read. On a form that can be sent without it, and does more with it, it waits until somebody begins to
// use the page.

const SCRIPT = /<script\b([^>]*)>[\s\S]*?<\/script>/g;
const PRELOAD = /<link\b[^>]* as="script"[^>]*>/g;
const SEPARATOR = /<!-- -->/g;
const OWN_SCRIPT = /<script\b[^>]* src="\/scripts\/(?!start-on-use)/;
const START_ON_USE = /<script\b(?=[^>]* src="\/scripts\/start-on-use)/;
const ASYNC_SCRIPT = /<script src="(\/_next\/static\/[^"]+)"(?=[^>]* async="")[^>]*><\/script>/g;
// React sends late content hidden at the end of a page, with a script that moves it into its place.
const SENT_LATER = /<template id="[BP]:|<div hidden="" id="S:/;

/** Does the page bring a script of our own, which is all that it needs? */
export function hasOwnScript(html: string): boolean {
  return OWN_SCRIPT.test(html) && !SENT_LATER.test(html);
}

/** The page without Next's scripts. Structured data and scripts of our own, from public/scripts, stay in it. */
export function stripNextScripts(html: string): string {
  if (SENT_LATER.test(html)) return html;
  const isOurs = (attributes: string) => /type="application\/ld\+json"|src="\/scripts\//.test(attributes);
  return html
    .replace(PRELOAD, '')
    .replace(SCRIPT, (script, attributes: string) => (isOurs(attributes) ? script : ''))
    .replace(SEPARATOR, '');
}

/** A form's page whose framework waits: browser/start-on-use.ts gets the list of its scripts. */
export function delayNextScripts(html: string): string {
  if (!START_ON_USE.test(html)) return html;
  const framework = [...html.matchAll(ASYNC_SCRIPT)].map(([, address]) => address);
  return html
    .replace(PRELOAD, '')
    .replace(ASYNC_SCRIPT, '')
    .replace(START_ON_USE, `$& data-framework="${framework.join(' ')}"`);
}
