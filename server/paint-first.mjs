import { brotliCompress, constants, gzip } from 'node:zlib';

// A question is read long before anything on it is pressed. Next asks for its scripts in the head, where they share
// a slow line with the style the words wait for. Here they are asked for after the first paint instead: the same
// scripts, in a page that is there a second earlier, and that has done without them since the first word anyway.

const SCRIPT = /<script src="(\/_next\/static\/[^"]+)"(?![^>]* noModule)[^>]*><\/script>/g;
const PRELOAD = /<link rel="preload" as="script"[^>]*>/g;
const KEPT = 200;
const encoders = {
  br: (body, done) =>
    brotliCompress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }, done),
  gzip: (body, done) => gzip(body, { level: 9 }, done),
};

/** The page with its scripts asked for once the browser has painted it. A page without a nonce is left as it is. */
export function paintFirst(html) {
  const nonce = /<script[^>]* nonce="([^"]+)"/.exec(html)?.[1];
  const sources = [...html.matchAll(SCRIPT)].map(([, source]) => source);
  if (!nonce || sources.length === 0) return html;
  const later = `(${askAfterPaint})(${JSON.stringify(sources).replaceAll('<', '\\u003c')})`;
  const bare = html.replace(PRELOAD, '').replace(SCRIPT, '');
  return bare.replace('</body>', () => `<script nonce="${nonce}">${later}</script></body>`);
}

/** Runs in the browser, from its own text. */
function askAfterPaint(sources) {
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    for (const source of sources) {
      const script = document.createElement('script');
      script.src = source;
      script.setAttribute('async', ''); // React looks for it by this before it asks again
      document.head.append(script);
    }
  };
  requestAnimationFrame(() => setTimeout(ask));
  setTimeout(ask, 3000); // a tab behind another is never painted
}

function isAsked(one, name) {
  const [coding, weight] = one.split(/\s*;\s*/);
  return coding === name && !/^q=0(\.0*)?$/.test(weight ?? '');
}

/** Wraps a handler: the pages that `isRead` knows are sent with `paintFirst`, packed once and kept so. */
export function servePaintFirst(isRead, handle) {
  const packed = new Map();
  return (req, res) => {
    if (req.method !== 'GET' || req.headers.rsc || !isRead(req.url.split('?', 1)[0])) return handle(req, res);
    const asked = (req.headers['accept-encoding'] ?? '').split(',').map((one) => one.trim());
    const encoding = Object.keys(encoders).find((name) => asked.some((one) => isAsked(one, name)));
    req.headers['accept-encoding'] = 'identity';
    const chunks = [];
    const add = (chunk, kind) => chunks.push(Buffer.from(chunk, typeof kind === 'string' ? kind : undefined));
    // Next sends the head of an answer, with a length, before its words: it is held back with them.
    const { write, end, writeHead, flushHeaders } = res;
    res.flushHeaders = () => {};
    res.writeHead = (status, ...rest) => {
      res.statusCode = status;
      for (const [name, value] of Object.entries(rest.at(-1) ?? {})) res.setHeader(name, value);
      return res;
    };
    res.write = (chunk, kind) => {
      add(chunk, kind);
      return true;
    };
    res.end = (chunk, kind) => {
      Object.assign(res, { write, end, writeHead, flushHeaders });
      if (chunk) add(chunk, kind);
      const body = Buffer.concat(chunks);
      const isPage = res.statusCode === 200 && /^text\/html/.test(res.getHeader('content-type') ?? '');
      if (isPage) send(res, body, encoding);
      else res.end(body);
      return res;
    };
    return handle(req, res);
  };

  function send(res, body, encoding) {
    // Without a version it was made for this visitor: it is packed for them alone.
    const version = res.getHeader('etag');
    const key = `${encoding} ${version}`;
    const finish = (bytes) => {
      if (encoding) res.setHeader('Content-Encoding', encoding);
      if (!/accept-encoding/i.test(res.getHeader('vary') ?? '')) res.appendHeader('Vary', 'Accept-Encoding');
      res.setHeader('Content-Length', bytes.length);
      res.end(bytes);
    };
    const kept = version && packed.get(key);
    if (kept) return finish(kept);
    const page = Buffer.from(paintFirst(body.toString()));
    const pack = encoders[encoding] ?? ((plain, done) => done(null, plain));
    pack(page, (error, bytes) => {
      if (error) return res.destroy(error);
      if (version) keep(key, bytes);
      finish(bytes);
    });
  }

  function keep(key, bytes) {
    if (packed.size >= KEPT) packed.delete(packed.keys().next().value);
    packed.set(key, bytes);
  }
}
