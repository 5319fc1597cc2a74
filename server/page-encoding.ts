import type { IncomingMessage, RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type BookingPageCache, createBookingPageCache } from './booking-page-cache';
import { countVisit } from './count-visit';
import { inlinePageStyles, inlineStylesAndMoveLinksToEnd, type Stylesheets } from './page-styles';
import { addResponseRewrite } from './response-rewriter';
import { delayNextScripts, hasOwnScript, stripNextScripts } from './strip-next-scripts';

type Encoding = 'br' | 'gzip';

const ENCODINGS: Encoding[] = ['br', 'gzip'];
/** For a page that is sent once: twenty times as fast as the best compression, and a tenth larger. */
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

/** The encoding with the smallest result that the browser accepts; undefined if it accepts none. */
export function chooseEncoding({ headers }: IncomingMessage): Encoding | undefined {
  const acceptedEncodings = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((entry) => entry.trim());
  return ENCODINGS.find((name) => acceptedEncodings.some((entry) => accepts(entry, name)));
}

function accepts(entry: string, name: Encoding): boolean {
  const [coding, weight] = entry.split(/\s*;\s*/);
  return coding === name && !/^q=0(\.0*)?$/.test(weight ?? '');
}

/** `isCached`: the page is sent more than once, so better compression is worth the time. */
export function encodePage(encoding: Encoding | undefined, page: Buffer, isCached: boolean): Promise<Buffer> {
  return encoding ? encoders[encoding](page, isCached) : Promise.resolve(page);
}

/** React writes this for a form that calls a server function. HTML does not allow an empty action. */
const EMPTY_ACTION = ' action="" encType=';

/** Removes the empty actions: a form without an action is sent to its own page, as with an empty one. */
function removeEmptyActions(page: string): string {
  return page.replaceAll(EMPTY_ACTION, ' encType=');
}

/** With its style inline, and without the framework where its own script is all that it needs, or for the moment. */
function toVisitorPage(html: string, stylesheets: Stylesheets): string {
  return hasOwnScript(html)
    ? inlinePageStyles(stripNextScripts(html), stylesheets)
    : inlineStylesAndMoveLinksToEnd(delayNextScripts(html), stylesheets);
}

// Staff have the stylesheet in their browser's cache after the first page of the day.
const FOR_STAFF = /^\/practice(?:[/?]|$)/;

/** Browsers accept text/html. For a step of a booking, clients that accept anything count too. */
function asksForPage({ url = '', headers: { accept = '*/*' } }: IncomingMessage): boolean {
  return /text\/html/.test(accept) || (/^\/book(?:\?|$)/.test(url) && accept.includes('*/*'));
}

/**
 * Wraps a handler: a page made for one reader becomes valid HTML, and is sent in Brotli to clients that accept it, a
 * fifth smaller than Next's gzip. A page for visitors has its style inline. One with a script of its own leaves out the
 * framework, or lets it wait until somebody uses the page. Next draws pages whole before it sends anything, so this delays nothing.
 */
export function withEncodedPages(
  handle: RequestListener,
  stylesheets: Stylesheets = new Map(),
  bookingPages: BookingPageCache = createBookingPageCache(),
): RequestListener {
  return async (req, res) => {
    const mayBePage =
      (req.method === 'GET' || req.method === 'POST') && !req.headers.rsc && !req.headers['next-action'];
    if (!mayBePage || !asksForPage(req)) return handle(req, res);
    const encoding = chooseEncoding(req);
    const cached = await bookingPages.find(req);
    if (cached.use) {
      countVisit(req);
      const encode = (html: string) => encodePage(encoding, Buffer.from(html), false);
      const bytes = await cached.use(res, `${encoding}`, encode);
      if (encoding) res.setHeader('Content-Encoding', encoding);
      return void res.end(bytes);
    }
    const isForStaff = FOR_STAFF.test(req.url ?? '');
    addResponseRewrite(res, () => {
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (!isPage) return undefined;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      return (body) => {
        const sent = removeEmptyActions(body.toString());
        const page = isForStaff ? sent : toVisitorPage(sent, stylesheets);
        cached.store?.(res, page);
        return encodePage(encoding, Buffer.from(page), false);
      };
    });
    req.headers['accept-encoding'] = 'identity';
    return handle(req, res);
  };
}
