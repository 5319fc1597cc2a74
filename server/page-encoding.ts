import type { IncomingMessage, RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { inlineStylesAndMoveLinksToEnd, type Stylesheets } from './page-styles';
import { addResponseRewrite } from './response-rewriter';

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

/** The smallest that the browser reads; undefined where it reads none. */
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

/** `isCached`: it is sent more than once, and worth some time. */
export function encodePage(encoding: Encoding | undefined, page: Buffer, isCached: boolean): Promise<Buffer> {
  return encoding ? encoders[encoding](page, isCached) : Promise.resolve(page);
}

/** React's way to say that a form runs a function of ours, until its script is there. HTML allows no empty address. */
const EMPTY_ACTION = ' action="" encType=';

/** The page with forms as HTML wants them: a form without an address is sent to where it stands, as one with an empty one. */
function removeEmptyActions(page: string): string {
  return page.replaceAll(EMPTY_ACTION, ' encType=');
}

// Who works in the practice has the stylesheet from the first page of the day on.
const FOR_STAFF = /^\/practice(?:[/?]|$)/;

/**
 * Wraps a handler: a page that is made for one reader is valid HTML, and goes out in Brotli to whoever reads it, a fifth
 * less than the gzip of Next. One for visitors has the style of its first words in it. Pages are drawn whole before the
 * first of their words is sent, so that nothing waits for it.
 */
export function withEncodedPages(handle: RequestListener, stylesheets: Stylesheets = new Map()): RequestListener {
  return (req, res) => {
    const mayBePage =
      (req.method === 'GET' || req.method === 'POST') && !req.headers.rsc && !req.headers['next-action'];
    if (!mayBePage || !/text\/html/.test(req.headers.accept ?? '')) return handle(req, res);
    const encoding = chooseEncoding(req);
    const isForStaff = FOR_STAFF.test(req.url ?? '');
    addResponseRewrite(res, () => {
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (!isPage) return undefined;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      return (body) => {
        const page = removeEmptyActions(body.toString());
        return encodePage(
          encoding,
          Buffer.from(isForStaff ? page : inlineStylesAndMoveLinksToEnd(page, stylesheets)),
          false,
        );
      };
    });
    req.headers['accept-encoding'] = 'identity';
    return handle(req, res);
  };
}
