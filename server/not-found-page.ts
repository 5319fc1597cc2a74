import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { addResponseRewrite } from './response-rewriter';

/**
 * Wraps Next's handler. When a page calls notFound(), Next sends an empty page that only a script fills. A reader
 * without script must also see that the link is broken, so everybody gets the 404 page that the build made.
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
