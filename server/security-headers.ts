import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { addResponseRewrite } from './response-rewriter';

// Next puts small scripts of its own into every page. A page made at request time gets a nonce on them: Next reads it
// from the policy it finds on the request. A page made at build time cannot know one, so its scripts are allowed by
// their hashes, read here from the build. A page that Next draws once and caches keeps its nonce: such pages share one,
// made when the server starts, and hold nothing personal. Nothing else inline ever runs, and no 'unsafe-inline'.
export function createSecurityHeaders({ dev, baseUrl, distDir }: { dev: boolean; baseUrl: string; distDir: string }) {
  const always = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(baseUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
  const site = new URL(baseUrl).origin;
  const { built, isCachedPage } = dev
    ? { built: new Map<string, string[]>(), isCachedPage: () => false }
    : readPrerendered(distDir);
  const sharedNonce = makeNonce();
  const fallbacks = ['/_not-found', '/_global-error', '/404', '/500'].flatMap((page) => built.get(page) ?? []);

  return function setHeaders(req: IncomingMessage, res: ServerResponse): void {
    for (const [name, value] of Object.entries(always)) res.setHeader(name, value);
    // Next lets caches keep its 404 page for a year, but a page may be published at that address tomorrow.
    addResponseRewrite(res, () => {
      if (res.statusCode >= 400) res.setHeader('Cache-Control', 'no-store');
      return undefined;
    });
    const address = pathOf(req.url ?? '');
    const nonce = isCachedPage(address) ? sharedNonce : makeNonce();
    const scripts = dev ? ["'unsafe-inline'", "'unsafe-eval'"] : (built.get(address) ?? [nonce, ...new Set(fallbacks)]);
    const policy = [
      "default-src 'self'",
      `script-src 'self' ${scripts.join(' ')}`,
      "style-src 'self' 'unsafe-inline'", // style attributes: a chart's widths, FullCalendar's positions
      "img-src 'self' data:",
      `connect-src 'self'${dev ? ' ws:' : ''}`,
      `form-action 'self' ${site}`, // sign-in ends on BASE_URL, which may be another name of this computer
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
    res.setHeader('Content-Security-Policy', policy);
    req.headers['content-security-policy'] = policy; // ignores what the browser sent under this name
    delete req.headers['content-security-policy-report-only'];
  };
}

function makeNonce(): string {
  return `'nonce-${randomBytes(16).toString('base64')}'`;
}

interface PrerenderManifest {
  routes: Record<string, unknown>;
  dynamicRoutes: Record<string, { routeRegex: string }>;
}

interface RoutesManifest {
  staticRoutes: { regex: string }[];
}

/** The scripts of the pages that the build made, by address, and the addresses of those that are cached once drawn. */
function readPrerendered(distDir: string) {
  const manifest: PrerenderManifest = JSON.parse(readFileSync(path.join(distDir, 'prerender-manifest.json'), 'utf8'));
  const built = new Map<string, string[]>();
  for (const page of [...Object.keys(manifest.routes), '/404', '/500', '/_not-found', '/_global-error']) {
    const name = page === '/' ? 'index' : page.slice(1);
    const file = ['app', 'pages']
      .map((kind) => path.join(distDir, 'server', kind, `${name}.html`))
      .find((file) => existsSync(file));
    if (file) built.set(page, inlineScripts(readFileSync(file, 'utf8')));
  }
  // A page with a static route of its own is not among them, even if it matches their pattern: "/questions/ask" has a
  // form, and is drawn for each reader.
  const { staticRoutes }: RoutesManifest = JSON.parse(readFileSync(path.join(distDir, 'routes-manifest.json'), 'utf8'));
  const own = staticRoutes.map(({ regex }) => new RegExp(regex));
  const drawnOnce = Object.values(manifest.dynamicRoutes).map(({ routeRegex }) => new RegExp(routeRegex));
  const isCachedPage = (address: string) =>
    drawnOnce.some((page) => page.test(address)) && !own.some((page) => page.test(address));
  return { built, isCachedPage };
}

function inlineScripts(html: string): string[] {
  const found = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  const own = found.flatMap(([, attributes = '', code]) => (code && !/\ssrc=/.test(attributes) ? [code] : []));
  return own.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '');
  } catch {
    return url;
  }
}
