/**
 * The page to go back to, from a form or an address: the calendar or a client's page. Any other value becomes the
 * calendar of today, so that an address written by somebody else cannot lead a reader away from the practice's pages.
 */
export function parseBackHref(value: unknown): string {
  const isOurs = typeof value === 'string' && value.length <= 500 && BACK.test(value);
  return isOurs ? value : '/practice/calendar';
}

const BACK = /^\/practice\/(?:calendar(?:\?[\w=&%:.+-]*)?|clients\/[\w%-]+)$/;

/** Adds the code of what was done to the address of that page; the page itself has the words for it. */
export function withFlash(backHref: string, flash: string, change?: string): string {
  const [page, query] = backHref.split('?');
  const params = new URLSearchParams(query);
  for (const name of ['open', 'ask', 'undo', 'dates', 'change']) params.delete(name);
  params.set('flash', flash);
  if (change) params.set('change', change);
  return `${page}?${params}#flash`;
}
