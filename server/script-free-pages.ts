import type { RequestListener } from 'node:http';
import { countVisit } from './count-visit';
import { createPageCache, isSharedCacheable } from './page-cache';
import { chooseEncoding, encodePage } from './page-encoding';
import { inlinePageStyles, type Stylesheets } from './page-styles';
import { addResponseRewrite } from './response-rewriter';
import { stripNextScripts } from './strip-next-scripts';

// The questions, the first page and the privacy page are only read: they are the same for every reader, and sent without
// the framework (strip-next-scripts.ts).

const PLAIN = /^\/(?:$|privacy$|questions(?:\/(?!ask$|report$)[a-z0-9-]+)?$)/;

/** Is the page at this path, without its query, one that is only read? */
export function isScriptFree(path: string): boolean {
  return PLAIN.test(path);
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
