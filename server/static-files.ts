import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const MOUNT = '/_next/static';
const WORTH_BYTES = 1024;
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const SMALLEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Lays a Brotli copy beside every script and style of a build: a seventh less to send than the gzip of each answer. */
export function compressStaticFiles(distDir: string): void {
  const folder = path.join(distDir, 'static');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (!(path.extname(name) in TYPES) || statSync(file).size < WORTH_BYTES) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), SMALLEST));
  }
}

/**
 * Wraps Next's handler: a static file accepts only GET and HEAD, and other methods get a 405. Next would fail: it looks
 * for an error page for that, and there is none.
 */
export function allowOnlyGetForStaticFiles(distDir: string, handle: RequestListener): RequestListener {
  const files = new Set([...addressesIn(path.join(distDir, 'static'), MOUNT), ...addressesIn('public', '')]);
  return (req, res) => {
    if (isRead(req) || !files.has(decodeURIComponent(addressOf(req)))) return handle(req, res);
    res.writeHead(405, {
      Allow: 'GET, HEAD',
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    res.end('This file can only be read.\n');
  };
}

/**
 * Wraps Next's handler: clients that accept Brotli get those copies, others what Next sends. The copies are read into
 * memory when the server starts, so they stay valid when a new build replaces the folder. A file server such as sirv
 * streams from the disk: once a new build has removed a file that it knows of, a request for it ends the process.
 */
export function serveCompressedStaticFiles(distDir: string, handle: RequestListener): RequestListener {
  const copies = readCopies(path.join(distDir, 'static'));
  return (req, res) => {
    const copy = copies.get(addressOf(req));
    if (!copy || !isRead(req) || !/\bbr\b/.test(String(req.headers['accept-encoding']))) return handle(req, res);
    res.writeHead(200, {
      'Content-Type': copy.type,
      'Content-Encoding': 'br',
      'Content-Length': copy.body.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    res.end(req.method === 'HEAD' ? undefined : copy.body);
  };
}

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';
const addressOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? '';

function addressesIn(folder: string, mount: string): string[] {
  return filesIn(folder).map((name) => `${mount}/${name.split(path.sep).join('/')}`);
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
}

function readCopies(folder: string): Map<string, { type: string; body: Buffer }> {
  const names = filesIn(folder).filter((name) => name.endsWith('.br'));
  return new Map(
    names.map((name) => {
      const plain = name.slice(0, -'.br'.length);
      const copy = {
        type: TYPES[path.extname(plain)] ?? 'application/octet-stream',
        body: readFileSync(path.join(folder, name)),
      };
      return [`${MOUNT}/${plain.split(path.sep).join('/')}`, copy];
    }),
  );
}
