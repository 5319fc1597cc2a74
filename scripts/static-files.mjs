import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const MOUNT = '/_next/static';
const WORTH_BYTES = 1024;
const SMALLEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Lays a Brotli copy beside every script and style of a build: a seventh less to send than the gzip of each answer. */
export function compressStatic(distDir) {
  const folder = path.join(distDir, 'static');
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (!/\.(js|css|svg|json)$/.test(name) || statSync(file).size < WORTH_BYTES) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), SMALLEST));
  }
}

/** Wraps Next's handler: who reads Brotli gets those copies, everybody else what Next sends. */
export async function serveCompressed(distDir, handle) {
  const folder = path.join(distDir, 'static');
  const isCompressed =
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => name.endsWith('.br'));
  if (!isCompressed) return handle; // built by hand
  const { default: sirv } = await import('sirv');
  const serve = sirv(folder, { brotli: true, immutable: true, maxAge: 31_536_000 });
  return (req, res) => {
    const { url } = req;
    const isForUs = url.startsWith(`${MOUNT}/`) && /\bbr\b/.test(req.headers['accept-encoding'] ?? '');
    if (!isForUs || !['GET', 'HEAD'].includes(req.method)) return handle(req, res);
    req.url = url.slice(MOUNT.length);
    serve(req, res, () => {
      req.url = url;
      handle(req, res);
    });
  };
}
