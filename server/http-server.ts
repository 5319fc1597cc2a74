import { createServer, type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import process from 'node:process';
import type { Duplex } from 'node:stream';
import { rateLimitKeyOf } from '../client-networks';
import { processState, type RequestUnderWay } from '../process-state';
import { stampClientIp } from './client-ip';
import { buildPlainPage, sendErrorPages } from './error-pages';
import { openRequestBudget } from './request-budget';
import { getRequestCost } from './request-cost';
import { openRequestQueue, type QueueRefusal } from './request-queue';

const LARGEST_BODY = 1024 * 1024;
const LONGEST_QUERY = 2048;
const LEFT_TO_SEND_MS = 2_000; // how long we go on reading from a refused sender, so that it can read the answer
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const MOST_LISTENERS = 30; // Next and we wait together for the end of an answer; at 11 Node would warn, a line each time
const LAST_CALL_MS = 100;
const DRAIN_MS = 8_000; // Docker and systemd kill after 10 seconds
const LEFT_TO_WORK_MS = 1_000; // how long work keeps its turn after its reader has gone: Next may wait for that reader for ever

/** What the server calls once the site is ready. */
export interface SiteHandlers {
  handle: RequestListener;
  setHeaders: (req: IncomingMessage, res: ServerResponse) => void;
  isSetUp: () => Promise<boolean>;
  isOwnHost: (host: string | undefined) => boolean;
}

// The address of an admitted request is a path (targetOf).
type Admitted = IncomingMessage & { url: string };

/**
 * The HTTP server of the one process: answers "starting" until there is a handler, refuses bodies that no route needs,
 * limits how many requests each sender has under way at once, and on shutdown lets these finish while it refuses new
 * ones.
 */
export function createHttpServer() {
  let site: SiteHandlers | undefined; // until Next is ready
  let isDraining = false;
  let inFlight = 0;
  let wasEmptied = () => {};
  const queue = openRequestQueue();
  const spend = openRequestBudget();

  function admit(request: IncomingMessage, res: ServerResponse) {
    const req = request as Admitted;
    res.setMaxListeners(MOST_LISTENERS);
    stampClientIp(req);
    const target = targetOf(req);
    if (target) [req.headers.host, req.url] = target;
    site?.setHeaders(req, res);
    sendErrorPages(req, res);
    res.once('close', () => countAnswer(res.statusCode));
    if (isDraining) return turnAway(req, res, 'stopping');
    if (!site) return turnAway(req, res, 'starting');
    // Next would answer an unknown method, and an address that it cannot decode, with 500 as if it were at fault.
    if (!METHODS.includes(req.method ?? ''))
      return answer(req, res, 405, 'method_not_allowed', 'There is no such method here.');
    // Next would log an unreadable action name exactly as the client sent it.
    if (!isAction.test(String(req.headers['next-action'] ?? '')))
      return answer(req, res, 400, 'invalid', 'There is no such form here. Load the page again and try once more.');
    if (!target || !isReadable(req.url)) return answer(req, res, 400, 'invalid', 'This address cannot be read.');
    if (!site.isOwnHost(req.headers.host)) {
      logRefusal('host_unknown');
      return answer(
        req,
        res,
        421,
        'misdirected',
        'No site by this name is served here. Use the address of the practice.',
      );
    }
    if (req.url.length - (req.url.split('?', 1)[0] ?? '').length > LONGEST_QUERY)
      return answer(
        req,
        res,
        414,
        'invalid',
        'This address is too long. Use a shorter question, or send less with it.',
      );
    if (Number(req.headers['content-length']) > LARGEST_BODY) return refuseBody(req, res);
    if (req.headers['transfer-encoding']) countBody(req, res);
    inFlight++;
    const finished = whenOver(req, res).then(() => {
      inFlight--;
      if (inFlight === 0) wasEmptied();
    });
    takeTurn(site, req, res, finished);
  }

  // A turn ends when the answer is sent and its work is done. Otherwise a client that asks and disconnects at once
  // could have any amount of work under way.
  function takeTurn(site: SiteHandlers, req: Admitted, res: ServerResponse, finished: Promise<void>): void {
    const sender = rateLimitKeyOf(String(req.headers['x-fortnight-address']));
    const cost = process.env.RATE_LIMITS === 'off' ? 0 : getRequestCost(req);
    let work: Promise<void> | undefined;
    const leave = queue.enqueue(sender, cost, {
      begin: () => {
        work = letIn(site, req, res, sender, cost);
      },
      refuse: (why) => refuseTurn(req, res, why),
    });
    finished.then(async () => {
      try {
        await Promise.race([work, work && delay(LEFT_TO_WORK_MS)]);
      } finally {
        leave();
      }
    });
  }

  // Until a practice is set up every page would fail, and a cached page would be cached in that state.
  async function letIn(
    site: SiteHandlers,
    req: Admitted,
    res: ServerResponse,
    sender: string,
    cost: number,
  ): Promise<void> {
    const seconds = cost === 0 || req.url.startsWith('/api/') ? 0 : await spend(sender, cost);
    if (seconds > 0) return refuseSpent(req, res, seconds);
    if (needsNoPractice.test(req.url) || (await site.isSetUp())) return handle(site, req, res);
    if (leadsToSetup.test(req.url) && (req.method === 'GET' || req.method === 'HEAD')) {
      res.writeHead(307, { Location: SETUP, 'Cache-Control': 'no-store' });
      return void res.end();
    }
    res.setHeader('Retry-After', '5');
    const words = `This practice is not set up yet. Whoever runs this site: open ${SETUP}, or run "npm run setup".`;
    if (req.url.startsWith('/api/')) return answer(req, res, 503, 'not_set_up', words);
    res.writeHead(503, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    res.end(req.method === 'HEAD' ? undefined : notSetUpPage);
  }

  function handle(site: SiteHandlers, req: Admitted, res: ServerResponse): ReturnType<SiteHandlers['handle']> {
    const request: RequestUnderWay = { isFormRead: false };
    res.once('close', () => {
      if (!request.isChangingQuestionPages) return;
      processState.questionPagesVersion++;
      processState.questionPagesChanging--;
    });
    return processState.request.run(request, () => site.handle(req, res));
  }

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 }, admit);
  server.on('clientError', refuseUnread);
  server.on('checkContinue', (req, res) => {
    if (site && !isDraining && !(Number(req.headers['content-length']) > LARGEST_BODY)) res.writeContinue();
    admit(req, res);
  });

  return {
    server,
    listen(port: number, host: string): Promise<number> {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      });
    },
    open(opened: SiteHandlers): void {
      site = opened;
    },
    async drain(): Promise<void> {
      isDraining = true;
      queue.close();
      // A connection that looks idle may hold a request that is not read yet: it should get the answer "stopping", not
      // a reset.
      await new Promise((resolve) => setTimeout(resolve, LAST_CALL_MS));
      server.closeIdleConnections();
      if (inFlight > 0) {
        await new Promise<void>((resolve) => {
          wasEmptied = resolve;
          setTimeout(resolve, DRAIN_MS);
        });
      }
      server.close();
      server.closeAllConnections();
    },
  };
}

const unfinished = new WeakMap<Socket, Set<() => void>>(); // by connection: what to call when it closes

/**
 * Resolves when an answer is sent, or can no longer be: an answer that waits behind others on its connection never
 * emits "close".
 */
function whenOver({ socket }: IncomingMessage, res: ServerResponse): Promise<void> {
  const waiting = unfinished.get(socket) ?? new Set();
  if (!unfinished.has(socket)) {
    unfinished.set(socket, waiting);
    socket.once('close', () => {
      for (const over of waiting) over();
    });
  }
  return new Promise((resolve) => {
    waiting.add(resolve);
    res.once('close', () => {
      waiting.delete(resolve);
      resolve();
    });
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

// Input that Node cannot parse never becomes a request, so it is refused here.
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const [status, words] = unread[error.code ?? ''] ?? ['400 Bad Request', 'This request cannot be read.'];
  const head = ['Content-Type: text/plain; charset=utf-8', 'Cache-Control: no-store', 'Connection: close'];
  const body = `${words}\n`;
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const unread: Record<string, [status: string, words: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'This address, or what came with it, is too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'This request took too long to come.'],
};

const isAction = /^[\da-f]{0,100}$/;

const SETUP = '/practice/setup';
/** Pages where an owner would begin: without a practice they lead to the setup. */
const leadsToSetup = /^\/(practice(\/[^?]*)?)?(\?|$)/;

const needsNoPractice =
  /^\/(_next\/|metrics$|(practice\/setup|favicon\.ico|icon\.svg|icon-(192|512)\.png|apple-touch-icon\.png|manifest\.webmanifest|api\/v1\/(health|openapi\.json))(\?|$))/;

const notSetUpPage = buildPlainPage(
  'This practice is not set up yet',
  `<p>Nothing can be read or booked here until it is.</p>
<p>If you run this site: <a href="${SETUP}">set it up here</a>, with the code that the server printed when it started. Or
run <code>npm run setup</code> in the folder of Fortnight, with the same settings. Then load this page again.</p>`,
);

// Read by /metrics, which Next runs from a bundle of its own.
function countAnswer(status: number): void {
  const { requests } = processState;
  const kind = `${Math.floor(status / 100)}xx`;
  requests[kind] = (requests[kind] ?? 0) + 1;
}

// A client that takes this server for a proxy sends the full URL, whose host then counts, not the header's (RFC 9112,
// 3.2.2). Null where no page can be meant: a "*", another scheme, or two hosts.
function targetOf({ url = '', headers, rawHeaders }: IncomingMessage): [host: string | undefined, path: string] | null {
  if (rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1) return null;
  if (url.startsWith('/')) return [headers.host, url];
  const [, host, path = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  return host ? [host, path.startsWith('/') ? path : `/${path}`] : null;
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/** At most once in ten seconds, and without anything from the request. instrumentation.ts provides the log. */
function logRefusal(event: string, facts?: Record<string, string>): void {
  processState.log?.('warn', event, facts);
}

function turnAway(req: Admitted, res: ServerResponse, doing: 'starting' | 'stopping'): void {
  res.setHeader('Retry-After', doing === 'starting' ? '1' : '5');
  res.setHeader('Connection', 'close');
  answer(req, res, 503, 'busy', `Fortnight is ${doing}. Try again in a moment.`);
}

const notLetIn: Record<Exclude<QueueRefusal, 'closed'>, [status: number, code: string, words: string]> = {
  sender: [429, 'rate_limited', 'Too many requests from your address are waiting already.'],
  all: [503, 'busy', 'Too many people ask at once just now.'],
  wait: [503, 'busy', 'Your address has too much under way.'],
};

function refuseTurn(req: Admitted, res: ServerResponse, why: QueueRefusal) {
  if (res.destroyed || res.headersSent) return;
  if (why === 'closed') return turnAway(req, res, 'stopping');
  const [status, code, words] = notLetIn[why];
  logRefusal('turned_away', { why });
  res.setHeader('Retry-After', '5');
  answer(req, res, status, code, `${words} Nothing was booked or changed. Try again in a moment.`);
}

function refuseSpent(req: Admitted, res: ServerResponse, seconds: number) {
  logRefusal('rate_limited', { limit: 'pages' });
  const when = `Try again in ${seconds} seconds.`;
  res.setHeader('Retry-After', String(seconds));
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    const words = 'Too much was asked from your address in a minute. Nothing was booked or changed.';
    return answer(req, res, 429, 'rate_limited', `${words} ${when}`);
  }
  res.writeHead(429, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  res.end(
    req.method === 'HEAD'
      ? undefined
      : buildPlainPage(
          'Too many pages at once',
          `<p>Your address asked for more pages in a minute than this site gives to one. ${when}</p>
<p>What you booked stays booked. <a href="">Try again</a></p>`,
        ),
  );
}

const TOO_LARGE = 'That is more than this site takes at once: 1 MB. Nothing was booked or changed.';

function refuseBody(req: Admitted, res: ServerResponse): void {
  answer(req, res, 413, 'too_large', TOO_LARGE);
  // The rest of the body is read and dropped for a moment: closing at once would reset the connection before the sender
  // has seen the answer.
  req.resume();
  setTimeout(() => req.complete || req.socket.destroy(), LEFT_TO_SEND_MS).unref();
}

// A body without a length shows its size only as it arrives, so it is counted here, where the parser delivers it. As
// above, the rest is read and dropped for a moment: the sender then sees the answer instead of a reset connection.
function countBody(req: Admitted, res: ServerResponse): void {
  const push = req.push;
  let size = 0;
  let isRefused = false;
  req.push = function counted(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    size += chunk?.length ?? 0;
    if (size <= LARGEST_BODY) return push.call(req, chunk, encoding);
    if (!isRefused) {
      isRefused = true;
      if (!res.headersSent) answer(req, res, 413, 'too_large', TOO_LARGE);
      setTimeout(() => req.destroy(), LEFT_TO_SEND_MS).unref();
    }
    if (chunk === null) req.destroy();
    return true;
  };
}

const TITLES: Record<string, string> = {
  ...{ too_large: 'That is too much to send', rate_limited: 'Too many requests', busy: 'We are very busy just now' },
  ...{ invalid: 'We cannot read this', method_not_allowed: 'There is nothing here' },
};

function answer(req: Admitted, res: ServerResponse, status: number, code: string, words: string): void {
  const isApi = req.url.startsWith('/api/');
  const isForm = req.headers['next-action'] !== undefined;
  const title = TITLES[code];
  if (title && !isApi && !isForm && req.headers.accept?.includes('text/html')) {
    res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    const back = 'Go back with your browser: what you entered is usually still there.';
    return void res.end(buildPlainPage(title, `<p>${words}</p>\n<p>${back} <a href="/">Start page</a></p>`));
  }
  res.writeHead(status, {
    'Content-Type': isApi ? 'application/problem+json' : isForm ? 'text/plain' : 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  // Next passes this code on to the form only if the content type has no charset; components/action-form.tsx turns it
  // into a message.
  if (isForm && !isApi) return void res.end(code);
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail: words, code };
  res.end(isApi ? JSON.stringify(problem) : `${words}\n`);
}
