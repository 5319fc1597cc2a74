/**
 * Where somebody came from, as a page says it in a form or an address: the calendar, or a client's page. Anything else is
 * the calendar of today: nobody is led away from the practice by an address that somebody else wrote.
 */
export function parseBackHref(value: unknown): string {
  const isOurs = typeof value === 'string' && value.length <= 500 && BACK.test(value);
  return isOurs ? value : '/practice/calendar';
}

const BACK = /^\/practice\/(?:calendar(?:\?[\w=&%:.+-]*)?|clients\/[\w%-]+)$/;

/** The same page, with what was done: the words come from the page itself. */
export function withFlash(backHref: string, flash: string, change?: string): string {
  const [page, query] = backHref.split('?');
  const params = new URLSearchParams(query);
  for (const name of ['open', 'ask', 'undo', 'dates', 'change']) params.delete(name);
  params.set('flash', flash);
  if (change) params.set('change', change);
  return `${page}?${params}#flash`;
}
