import type { IncomingMessage, RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { processState } from '../process-state';
import { classifyPageVisit } from '../question-page-visits';
import { createPageCache, isSharedCacheable } from './page-cache';
import { rewriteAnswer } from './response-rewriter';

// Some pages are read and not operated: the questions, the first page, what we store. They are complete as HTML, and
// what little moves on them is a small script of their own (browser/question-pages.ts). Next has no setting that leaves its
// framework out of a page, so it is taken out here: its scripts, and the copy of the whole page that they would read.

type Encoding = 'br' | 'gzip';

const ENCODINGS: Encoding[] = ['br', 'gzip'];
/** Twenty times as quick as the smallest, and a tenth larger: for a page that is sent once. */
const QUICK = 5;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const encoders: Record<Encoding, (page: Buffer, isCached: boolean) => Promise<Buffer>> = {
  br: (page, isCached) => {
    const quality = isCached ? constants.BROTLI_MAX_QUALITY : QUICK;
    return brotli(page, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: page.length },
    });
  },
  gzip: (page, isCached) => gzipped(page, { level: isCached ? 9 : 6 }),
};

const PLAIN = /^\/(?:$|privacy$|questions(?:\/(?!ask$|report$)[a-z0-9-]+)?$)/;
const SCRIPT = /<script\b([^>]*)>[\s\S]*?<\/script>/g;
const PRELOAD = /<link\b[^>]* as="script"[^>]*>/g;
const SEPARATOR = /<!-- -->/g;
// React sends what was not ready in time at the end of a page, hidden, and a script that puts it in its place.
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

function accepts(entry: string, name: Encoding): boolean {
  const [coding, weight] = entry.split(/\s*;\s*/);
  return coding === name && !/^q=0(\.0*)?$/.test(weight ?? '');
}

/**
 * Wraps a handler: plain pages are sent without the framework and compressed. One that is the same for everybody is then
 * sent from memory.
 */
export function serveScriptFreePages(handle: RequestListener): RequestListener {
  const memory = createPageCache();
  return (req, res) => {
    const path = req.url?.split('?', 1)[0] ?? '';
    if (req.method !== 'GET' || req.headers.rsc || !isScriptFree(path)) return handle(req, res);
    const acceptedEncodings = String(req.headers['accept-encoding'] ?? '')
      .split(',')
      .map((entry) => entry.trim());
    const encoding = ENCODINGS.find((name) => acceptedEncodings.some((entry) => accepts(entry, name)));
    const key = `${encoding} ${path}`;
    if (memory.send(key, req.headers['if-none-match'], res)) return count(req);
    const store = memory.storer(key);
    req.headers['accept-encoding'] = 'identity';
    rewriteAnswer(res, () => {
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (!isPage) return undefined;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      return async (whole) => {
        const page = Buffer.from(stripNextScripts(whole.toString()));
        const isCached = isSharedCacheable(res);
        const bytes = encoding ? await encoders[encoding](page, isCached) : page;
        if (isCached) store(res, bytes);
        return bytes;
      };
    });
    return handle(req, res);
  };
}

/** Pages that Next sends are counted by proxy.ts. */
function count({ method = '', url = '', headers }: IncomingMessage): void {
  const requestHeaders = {
    get: (name: string) => headers[name]?.toString() ?? null,
    has: (name: string) => headers[name] !== undefined,
  };
  const counted = classifyPageVisit({ method, headers: requestHeaders, nextUrl: new URL(url, 'http://this.site') });
  if (counted) processState.visitCounter?.add(counted.slug, counted.kind);
}
