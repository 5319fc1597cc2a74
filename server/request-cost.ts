// What a request costs, in parts of what one sender may have under way at once (request-queue.ts).

const FREE =
  /^\/(_next\/static\/|(favicon\.ico|icon\.svg|icon-(192|512)\.png|apple-touch-icon\.png|manifest\.webmanifest|api\/v1\/health)$)/;
const SEARCHES = /^\/(embed\/times|api\/v1\/(openings|standing-times|series))$/;

/**
 * 0 for static files, 1 for a page, 2 where the calendar or the library is searched, 4 where a page draws every free
 * time.
 */
export function getRequestCost({ method, url }: { method?: string; url?: string }): number {
  const [path = '', query = ''] = (url ?? '').split('?', 2);
  if (FREE.test(path)) return 0;
  const params = new URLSearchParams(query);
  if (path === '/book' && params.get('starts') === 'all') return 4;
  if (method === 'POST' || SEARCHES.test(path)) return 2;
  // A time chosen in the grid has a short URL without `step`.
  const isBeyondMassage = (params.get('step') ?? 'massage') !== 'massage' || params.has('dates') || params.has('you');
  if (path === '/book' && isBeyondMassage) return 2;
  return path === '/questions' && params.has('q') ? 2 : 1;
}
