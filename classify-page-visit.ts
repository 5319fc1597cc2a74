import { listQuestionSlugs } from './questions/list-question-slugs';

interface Visit {
  method: string;
  headers: Pick<Headers, 'get' | 'has'>;
  nextUrl: Pick<URL, 'pathname' | 'searchParams'>;
}

/**
 * Which counter a request adds to: a question page that a person opened, or its booking link followed. Decided before
 * the page is rendered, because pages are cached and not rendered for each reader.
 */
export function classifyPageVisit({
  method,
  headers,
  nextUrl,
}: Visit): { slug: string; kind: 'read' | 'followed' } | null {
  if (method !== 'GET' || notAPerson.test(headers.get('user-agent') || 'bot')) return null;
  if (ahead.some((name) => headers.has(name)) || headers.has('rsc')) return null;
  if ((headers.get('sec-fetch-dest') ?? 'document') !== 'document') return null;
  const { pathname, searchParams } = nextUrl;
  const isFollowed = pathname === '/book' && !searchParams.has('step');
  const slug = isFollowed ? searchParams.get('from') : /^\/questions\/([^/]+)$/.exec(pathname)?.[1];
  return slug && listQuestionSlugs().includes(slug) ? { slug, kind: isFollowed ? 'followed' : 'read' } : null;
}

const notAPerson = /bot|crawl|spider|slurp|preview|headless|lighthouse|curl|wget|python|axios|fetch|monitor|archiver/i;
/** Headers of a prefetch, sent before anybody asks for the page. */
const ahead = ['next-router-prefetch', 'purpose', 'sec-purpose', 'x-moz'];
