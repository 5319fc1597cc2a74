import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { errorText, log } from '../log';
import { loadRouteHandlers, type RouteHandler, type RouteHandlers } from './next-internals';

// Next takes about a millisecond to find a route, as long as a search of the calendar does. The calls that come most
// often are handed to their handlers here. They are the same functions that Next loads, not copies: their caches,
// counters and limits exist once, whichever way a request takes.

const ROUTES = [
  '/api/v1/openings',
  '/api/v1/standing-times',
  '/api/v1/services',
  '/api/v1/therapists',
  '/api/v1/series',
];
/** The exported handler that answers each method. OPTIONS and methods that a route does not export are left to Next. */
const METHODS: Record<string, keyof RouteHandlers> = { GET: 'GET', HEAD: 'GET', POST: 'POST' };
/** A request with one of these headers is meant for a page, which Next treats by its own rules. */
const MEANT_FOR_NEXT = /^(rsc$|next-|x-nextjs-|x-middleware-)/;

/**
 * Wraps Next's handler: the busiest calls of the API are answered without it. If their handlers cannot be found, Next
 * answers them.
 */
export function answerApiBeforeNext(distDir: string, handle: RequestListener): RequestListener {
  const loaded = new Map<string, Promise<RouteHandlers | null>>();
  const load = (route: string) => {
    const found = loadRouteHandlers(distDir, route).catch((error) => {
      log('error', 'route_not_loaded', { path: route, error: errorText(error) });
      return null;
    });
    loaded.set(route, found);
    return found;
  };
  return async (req, res) => {
    const route = req.url?.split('?', 1)[0] ?? '';
    const method = METHODS[req.method ?? ''];
    if (!method || !ROUTES.includes(route) || isForNext(req)) return handle(req, res);
    const handlers = await (loaded.get(route) ?? load(route));
    if (!handlers) return handle(req, res);
    await answer(handlers[method], req, res).catch((error) => {
      // Handlers answer their own errors. An error here comes from the code around them.
      log('error', 'request_failed', { method: req.method, path: route, error: errorText(error) });
      if (res.headersSent) res.destroy();
      else res.writeHead(500, { 'Cache-Control': 'no-store' }).end();
    });
  };
}

function isForNext({ headers }: IncomingMessage): boolean {
  return Object.keys(headers).some((name) => MEANT_FOR_NEXT.test(name));
}

async function answer(handler: RouteHandler, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const response = await handler(requestOf(req));
  const body = Buffer.from(await response.arrayBuffer());
  if (res.headersSent) return; // by http-server.ts, when the body grew too large
  res.statusCode = response.status;
  for (const [name, value] of response.headers) res.setHeader(name, value);
  res.end(req.method === 'HEAD' ? undefined : body);
}

function requestOf(req: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const item of Array.isArray(value) ? value : [value ?? '']) headers.append(name, item);
  }
  const hasBody = req.method === 'POST';
  // The host means nothing, as in the requests that Next makes: handlers know the site's address from its settings.
  return new Request(`http://localhost${req.url}`, {
    method: req.method,
    headers,
    ...(hasBody && { body: bodyOf(req), duplex: 'half' }),
  });
}

/** Streamed as it arrives; http-server.ts stops it at one megabyte. */
function bodyOf(req: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(body) {
      let isOver = false;
      const over = (how: () => void) => () => {
        if (!isOver) how();
        isOver = true;
      };
      req.on('data', (chunk: Buffer) => isOver || body.enqueue(chunk));
      req.once(
        'end',
        over(() => body.close()),
      );
      req.once(
        'close',
        over(() => body.error(new Error('The body did not come whole.'))),
      );
    },
  });
}
