import type { OutgoingHttpHeader, ServerResponse } from 'node:http';

/**
 * Called once for an answer, when its status and headers are set and nothing is sent yet. It may change both, and
 * returns what is sent in place of the body: other bytes, or a function that changes the whole body once it is
 * complete.
 */
export type Rewrite = (res: ServerResponse) => NewBody | undefined;

type NewBody = Buffer | ((body: Buffer) => Promise<Buffer>);

const rewritesOf = new WeakMap<ServerResponse, Rewrite[]>();

/**
 * Next decides what it answers, and has no setting for some of it: this is the one place where its answers are changed
 * on their way out. Several may change one answer; each sees what those before it made of it.
 */
export function addResponseRewrite(res: ServerResponse, rewrite: Rewrite): void {
  const rewrites = rewritesOf.get(res);
  if (rewrites) return void rewrites.push(rewrite);
  rewritesOf.set(res, [rewrite]);
  takeOver(res);
}

function takeOver(res: ServerResponse): void {
  const { writeHead, flushHeaders, write, end } = res;
  const chunks: Buffer[] = [];
  let isDecided = false;
  let body: NewBody | undefined;

  function decide(): void {
    if (isDecided) return;
    isDecided = true;
    for (const rewrite of rewritesOf.get(res) ?? []) body = rewrite(res) ?? body;
    if (body instanceof Buffer) res.setHeader('Content-Length', body.length);
  }

  // A body sent without a head gets one: Node writes it by res.writeHead, as does Next's compression, which sets its
  // own headers there.
  const settleHead = () => void (isDecided || res.writeHead(res.statusCode));

  Object.assign(res, {
    writeHead(status: number, ...rest: unknown[]): ServerResponse {
      if (isDecided) return typeof body === 'function' ? res : Reflect.apply(writeHead, res, [status, ...rest]);
      setHead(res, status, rest);
      decide();
      // The length of a changed body is known only at its end, so the head waits for it.
      return typeof body === 'function' ? res : Reflect.apply(writeHead, res, [res.statusCode]);
    },
    flushHeaders(): void {
      settleHead();
      if (typeof body !== 'function') flushHeaders.call(res);
    },
    write(...args: unknown[]): boolean {
      settleHead();
      if (body === undefined) return Reflect.apply(write, res, args);
      if (typeof body === 'function') chunks.push(bytesOf(args));
      args.find(isCallback)?.();
      return true;
    },
    end(...args: unknown[]): ServerResponse {
      decide(); // and not settleHead: Node adds the length of what is sent at once, if it writes the head itself
      if (body === undefined) return Reflect.apply(end, res, args);
      const callback = args.find(isCallback);
      if (typeof body !== 'function') return Reflect.apply(end, res, [body, callback]);
      if (!isCallback(args[0]) && args[0]) chunks.push(bytesOf(args));
      body(Buffer.concat(chunks)).then(
        (newBody) => {
          body = newBody;
          res.setHeader('Content-Length', newBody.length);
          Reflect.apply(end, res, [newBody, callback]);
        },
        (error) => res.destroy(error),
      );
      return res;
    },
  });
}

function setHead(res: ServerResponse, status: number, rest: unknown[]): void {
  res.statusCode = status;
  if (typeof rest[0] === 'string') res.statusMessage = rest[0];
  const headers = typeof rest[0] === 'string' ? rest[1] : rest[0];
  for (const [name, value] of Object.entries((headers ?? {}) as Record<string, OutgoingHttpHeader>))
    res.setHeader(name, value);
}

const isCallback = (value: unknown): value is () => void => typeof value === 'function';

function bytesOf([chunk, encoding]: unknown[]): Buffer {
  return typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.from(chunk as Uint8Array);
}
