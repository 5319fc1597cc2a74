import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { processState } from '../process-state';

// A page that Next draws once and caches is the same for everybody. Asking Next for it costs about two milliseconds
// each time, so its finished answer is cached here too, for a short time.

const MOST_PAGES = 200;
/** How long a page is sent from here before Next is asked again. Next itself draws it anew every five minutes. */
const FRESH_MS = 30_000;
/** The headers of Next's answer that are sent with the cached page. */
const HEADERS = ['Content-Type', 'Content-Encoding', 'Cache-Control', 'ETag', 'Vary'];
const SHARED_CACHE = /\bs-maxage=[1-9]/;

const isChanging = () => processState.questionPagesChanging > 0;

interface CachedPage {
  headers: OutgoingHttpHeaders;
  body: Buffer;
  version: number;
  at: number;
}

export interface PageCache {
  /**
   * Sends the page if it is cached and fresh, and returns true. The first request that finds it too old fetches it for
   * all.
   */
  send(key: string, ifNoneMatch: string | undefined, res: ServerResponse): boolean;
  /**
   * Returns a function that stores the answer once it is complete, under the version that the pages have now. If they
   * change in the meantime, that version is old, and the stored answer is never sent.
   */
  storer(key: string): (res: ServerResponse, body: Buffer) => void;
}

/** Does Next itself cache this page for every reader? */
export function isSharedCacheable(res: ServerResponse): boolean {
  const isShared = SHARED_CACHE.test(String(res.getHeader('Cache-Control'))) && res.hasHeader('ETag');
  return isShared && !res.hasHeader('Set-Cookie');
}

export function createPageCache(now: () => number = Date.now): PageCache {
  const pages = new Map<string, CachedPage>();
  return {
    send(key, ifNoneMatch, res) {
      const page = pages.get(key);
      if (!page || page.version !== processState.questionPagesVersion || isChanging()) return false;
      if (now() - page.at >= FRESH_MS) {
        page.at = now();
        return false;
      }
      const etags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
      const isKnown = etags?.includes(String(page.headers.ETag));
      const { 'Content-Type': type, 'Content-Encoding': encoding, ...always } = page.headers;
      if (isKnown) res.writeHead(304, always).end();
      else res.writeHead(200, { ...page.headers, 'Content-Length': page.body.length }).end(page.body);
      return true;
    },
    storer(key) {
      if (isChanging()) return () => {};
      const version = processState.questionPagesVersion;
      return (res, body) => {
        const headers = Object.fromEntries(
          HEADERS.flatMap((name) => (res.hasHeader(name) ? [[name, res.getHeader(name)]] : [])),
        );
        const [oldest] = pages.keys();
        if (!pages.has(key) && pages.size >= MOST_PAGES && oldest !== undefined) pages.delete(oldest);
        pages.set(key, { headers, body, version, at: now() });
      };
    },
  };
}
