import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import { processState } from '../process-state';

// Drawing a page of times takes Next ten times as long as finding the times. Until something is written to the
// database, and for a few seconds at most, the choice of a massage and the times of an address are the same for every
// visitor without a cookie. The steps with a form set one, and are never cached.

/** How late such a page may learn that a hold has run out, or that a time has come too near to be booked. */
const FRESH_MS = 5_000;
const MOST_PAGES = 30;
/** The headers of Next's answer that are sent with the cached page. */
const HEADERS = ['Content-Type', 'Cache-Control', 'Vary', 'Link'];
/**
 * What makes a page its reader's own: the key of a plan, or a link from an e-mail. Caching it would disclose nothing, for
 * the whole address is the key here; it would only take the place of pages that many ask for.
 */
const OWN = /[?&](key|again|held|lost)=/;
const NONCE = /'nonce-([^']+)'/;

type CommitVersion = number | string;

interface CachedPage {
  html: string;
  /** The nonce of its scripts; null for a page without any that need one, which is the same for everybody. */
  nonce: string | null;
  /** A page without a nonce as it was sent, by its encoding. */
  encoded: Map<string, Promise<Buffer>>;
  headers: [string, OutgoingHttpHeader][];
  version: CommitVersion;
  at: number;
}

export interface BookingPageCache {
  /**
   * Answers with `use` where the page is cached, and with `store` where it is drawn first and may be cached. The version
   * of the database is read before the page is drawn, so a page may be newer than the version it is cached under, never
   * older.
   */
  find(req: IncomingMessage): Promise<FoundPage>;
}

interface FoundPage {
  /** Sets the headers and returns what is sent: with the nonce of this request, or encoded once for everybody. */
  use?: (res: ServerResponse, encoding: string, encode: Encode) => Promise<Buffer>;
  /** Caches the page that was drawn for this request; undefined where it may not be cached. */
  store?: (res: ServerResponse, html: string) => void;
}

type Encode = (html: string) => Promise<Buffer>;

interface Options {
  readVersion?: () => Promise<CommitVersion | undefined>;
  now?: () => number;
}

export function createBookingPageCache({
  readVersion = readCommitVersion,
  now = Date.now,
}: Options = {}): BookingPageCache {
  const pages = new Map<string, CachedPage>();
  return {
    async find(req) {
      const url = req.url ?? '';
      const nonce = readNonce(req);
      if (nonce === undefined || !isSameForEverybody(req)) return {};
      const version = await readVersion().catch(() => undefined);
      if (version === undefined) return {};
      const page = pages.get(url);
      if (page && page.version === version && now() - page.at < FRESH_MS) {
        return {
          use(res, encoding, encode) {
            for (const [name, value] of page.headers) res.setHeader(name, value);
            if (page.nonce !== null) return encode(page.html.replaceAll(page.nonce, nonce));
            const encoded = page.encoded.get(encoding) ?? encode(page.html);
            page.encoded.set(encoding, encoded);
            encoded.catch(() => page.encoded.delete(encoding));
            return encoded;
          },
        };
      }
      const at = now();
      return {
        store(res, html) {
          if (res.statusCode !== 200 || res.hasHeader('Set-Cookie')) return;
          const headers = HEADERS.flatMap((name): [string, OutgoingHttpHeader][] => {
            const value = res.getHeader(name);
            return value === undefined ? [] : [[name, value]];
          });
          pages.delete(url);
          const [oldest] = pages.keys();
          if (pages.size >= MOST_PAGES && oldest !== undefined) pages.delete(oldest);
          const own = html.includes(nonce) ? nonce : null;
          pages.set(url, { html, nonce: own, encoded: new Map(), headers, version, at });
        },
      };
    },
  };
}

function isSameForEverybody({ method, url = '', headers }: IncomingMessage): boolean {
  return method === 'GET' && /^\/book\?/.test(url) && !OWN.test(url) && headers.cookie === undefined;
}

function readNonce({ headers }: IncomingMessage): string | undefined {
  return NONCE.exec(String(headers['content-security-policy'] ?? ''))?.[1];
}

async function readCommitVersion(): Promise<CommitVersion | undefined> {
  const connection = await processState.database;
  return connection?.version?.() ?? connection?.snapshot?.();
}
