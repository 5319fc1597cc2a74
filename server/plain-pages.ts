import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompress, constants, gzip } from 'node:zlib';

// Some pages are read and not operated: the questions, the first page, what we store. They are complete as HTML, and
// what little moves on them is a small script of their own (browser/reading.ts). Next has no setting that leaves its
// framework out of a page, so it is taken out here: its scripts, and the copy of the whole page that they would read.

const KEPT = 200;

type Compress = (body: Buffer, done: (error: Error | null, bytes: Buffer) => void) => void;
type Encoding = 'br' | 'gzip';

const ENCODINGS: Encoding[] = ['br', 'gzip'];
const encoders: Record<Encoding, Compress> = {
  br: (body, done) =>
    brotliCompress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }, done),
  gzip: (body, done) => gzip(body, { level: 9 }, done),
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
    const chunks: Buffer[] = [];
    const add = (chunk: unknown, kind: unknown) =>
      chunks.push(
        typeof chunk === 'string'
          ? Buffer.from(chunk, typeof kind === 'string' ? (kind as BufferEncoding) : undefined)
          : Buffer.from(chunk as Uint8Array),
      );
    // Next sends the head of an answer, with a length, before its words: it is held back with them.
    const { write, end, writeHead, flushHeaders } = res;
    res.flushHeaders = () => {};
    res.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
      res.statusCode = status;
      for (const [name, value] of Object.entries(rest.at(-1) ?? {})) res.setHeader(name, value as string);
      return res;
    };
    res.write = (chunk: unknown, kind?: unknown): boolean => {
      add(chunk, kind);
      return true;
    };
    res.end = (chunk?: unknown, kind?: unknown): ServerResponse => {
      Object.assign(res, { write, end, writeHead, flushHeaders });
      if (chunk) add(chunk, kind);
      const body = Buffer.concat(chunks);
      const isPage = res.statusCode === 200 && /^text\/html/.test(String(res.getHeader('content-type')));
      if (isPage) send(res, body, encoding);
      else res.end(body);
      return res;
    };
    return handle(req, res);
  };

  function send(res: ServerResponse, body: Buffer, encoding: Encoding | undefined) {
    // Without a version it was made for this visitor: it is compressed for them alone.
    const version = res.getHeader('etag');
    const key = `${encoding} ${version}`;
    const finish = (bytes: Buffer) => {
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(String(res.getHeader('vary')))) res.appendHeader('Vary', 'Accept-Encoding');
      res.setHeader('Content-Length', bytes.length);
      res.end(bytes);
    };
    const kept = version && compressed.get(key);
    if (kept) return finish(kept);
    const page = Buffer.from(withoutFramework(body.toString()));
    const compress: Compress = encoding ? encoders[encoding] : (plain, done) => done(null, plain);
    compress(page, (error, bytes) => {
      if (error) return void res.destroy(error);
      if (version) keep(key, bytes);
      finish(bytes);
    });
  }

  function keep(key: string, bytes: Buffer): void {
    const [oldest] = compressed.keys();
    if (compressed.size >= KEPT && oldest !== undefined) compressed.delete(oldest);
    compressed.set(key, bytes);
  }
}
