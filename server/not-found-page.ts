import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { addResponseRewrite } from './response-rewriter';

/**
 * Wraps Next's handler. When a page finds that there is nothing at its address, Next sends an empty one that only a script
 * fills. Whoever holds a broken link and has no script must read that it is broken: everybody is sent the page that the
 * build made of it.
 */
export function withBuiltNotFoundPage(distDir: string, handle: RequestListener): RequestListener {
  const page = readFileSync(path.join(distDir, 'server', 'app', '_not-found.html'));
  return (req, res) => {
    addResponseRewrite(res, () => {
      if (res.statusCode !== 404 || !/^text\/html/.test(String(res.getHeader('Content-Type')))) return undefined;
      res.removeHeader('Content-Encoding');
      return page;
    });
    return handle(req, res);
  };
}
