import type { RequestListener } from 'node:http';
import { countVisit } from './count-visit';
import { createPageCache, isSharedCacheable } from './page-cache';
import { chooseEncoding, encodePage } from './page-encoding';
import { inlinePageStyles, type Stylesheets } from './page-styles';
import { addResponseRewrite } from './response-rewriter';

// Some pages are only read: the questions, the first page, the privacy page. They are complete as HTML, and what little
// moves on them is a small script of their own (browser/question-pages.ts). Next has no setting that leaves its
// framework out of a page, so it is taken out here: its scripts, and the copy of the whole page that they would read.

const PLAIN = /^\/(?:$|privacy$|questions(?:\/(?!ask$|report$)[a-z0-9-]+)?$)/;
const SCRIPT = /<script\b([^>]*)>[\s\S]*?<\/script>/g;
const PRELOAD = /<link\b[^>]* as="script"[^>]*>/g;
const SEPARATOR = /<!-- -->/g;
// React sends late content hidden at the end of a page, with a script that moves it into its place.
const SENT_LATER = /<template id="[BP]:|<div hidden="" id="S:/;

/** Is the page at this path, without its query, one that is only read? */
export function isScriptFree(path: string): boolean {
  return PLAIN.test(path);
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

/**
 * Wraps a handler: script-free pages are sent without the framework, with their style inline, and compressed. Pages
 * that are the same for everybody are then sent from memory. Everything else goes to `others`, which must not change
 * these pages a second time.
 */
export function serveScriptFreePages(
  handle: RequestListener,
  stylesheets: Stylesheets = new Map(),
  others = handle,
): RequestListener {
  const memory = createPageCache();
  return (req, res) => {
    const path = req.url?.split('?', 1)[0] ?? '';
    if (req.method !== 'GET' || req.headers.rsc || !isScriptFree(path)) return others(req, res);
    const encoding = chooseEncoding(req);
    const key = `${encoding} ${path}`;
    if (memory.send(key, req.headers['if-none-match'], res)) return countVisit(req);
    const store = memory.storer(key);
    req.headers['accept-encoding'] = 'identity';
    addResponseRewrite(res, () => {
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (!isPage) return undefined;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      return async (body) => {
        const page = Buffer.from(inlinePageStyles(stripNextScripts(body.toString()), stylesheets));
        const isCached = isSharedCacheable(res);
        const bytes = await encodePage(encoding, page, isCached);
        if (isCached) store(res, bytes);
        return bytes;
      };
    });
    return handle(req, res);
  };
}
