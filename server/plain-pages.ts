import type { RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { rewriteAnswer } from './response-rewriter';

// Some pages are read and not operated: the questions, the first page, what we store. They are complete as HTML, and
// what little moves on them is a small script of their own (browser/reading.ts). Next has no setting that leaves its
// framework out of a page, so it is taken out here: its scripts, and the copy of the whole page that they would read.

const KEPT = 200;

type Encoding = 'br' | 'gzip';

const ENCODINGS: Encoding[] = ['br', 'gzip'];
const smallest = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const encoders: Record<Encoding, (page: Buffer) => Promise<Buffer>> = {
  br: (page) => brotli(page, smallest),
  gzip: (page) => gzipped(page, { level: 9 }),
};

const PLAIN = /^\/(?:$|privacy$|questions(?:\/(?!ask$|report$)[a-z0-9-]+)?$)/;
const SCRIPT = /<script\b([^>]*)>[\s\S]*?<\/script>/g;
const PRELOAD = /<link\b[^>]* as="script"[^>]*>/g;
const SEPARATOR = /<!-- -->/g;
// React sends what was not ready in time at the end of a page, hidden, and a script that puts it in its place.
const SENT_LATER = /<template id="[BP]:|<div hidden="" id="S:/;

/** Is the page at this path, without its query, one that is only read? */
export function isPlain(path: string): boolean {
  return PLAIN.test(path);
}

/** The page without Next's scripts. Structured data and scripts of our own, from public/scripts, stay in it. */
export function withoutFramework(html: string): string {
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

/** Wraps a handler: plain pages are sent without the framework, compressed once and kept so. */
export function servePlainPages(handle: RequestListener): RequestListener {
  const compressed = new Map<string, Buffer>();
  return (req, res) => {
    if (req.method !== 'GET' || req.headers.rsc || !isPlain(req.url?.split('?', 1)[0] ?? '')) return handle(req, res);
    const asked = String(req.headers['accept-encoding'] ?? '')
      .split(',')
      .map((entry) => entry.trim());
    const encoding = ENCODINGS.find((name) => asked.some((entry) => accepts(entry, name)));
    req.headers['accept-encoding'] = 'identity';
    rewriteAnswer(res, () => {
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (!isPage) return undefined;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      return (whole) => pack(whole, encoding, res.getHeader('etag'));
    });
    return handle(req, res);
  };

  // Without a version it was made for this visitor: it is compressed for them alone.
  async function pack(whole: Buffer, encoding: Encoding | undefined, version: unknown): Promise<Buffer> {
    const key = `${encoding} ${version}`;
    const kept = version ? compressed.get(key) : undefined;
    if (kept) return kept;
    const page = Buffer.from(withoutFramework(whole.toString()));
    const bytes = encoding ? await encoders[encoding](page) : page;
    if (version) keep(key, bytes);
    return bytes;
  }

  function keep(key: string, bytes: Buffer): void {
    const [oldest] = compressed.keys();
    if (compressed.size >= KEPT && oldest !== undefined) compressed.delete(oldest);
    compressed.set(key, bytes);
  }
}
