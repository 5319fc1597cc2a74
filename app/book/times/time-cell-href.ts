import type { TimeCellData } from './times-grid';

// The address that a time of the grid links to. A page has hundreds of them, so they are short: `expandShortParams` in
// short-booking-url.ts reads them.

/** The common start of the addresses of all cells on a page, and the base of their keys. */
export interface TimeCellHrefBase {
  start: string;
  /** The base of the cells' keys; "" where the page has a key already, null outside of the steps of a booking. */
  base: string | null;
}

/**
 * Where every date is free nothing has to be decided, so the address leads straight to the form, which shows the dates.
 */
export function timeCellHref(
  { start, base }: TimeCellHrefBase,
  cell: { on: string; time: string; with: string; level: TimeCellData['level'] },
): string {
  if (base === null) return `${start}&on=${cell.on}&time=${cell.time}&with=${encodeURIComponent(cell.with)}`;
  const key = base ? `.${base}` : '';
  const step = cell.level === 'all' ? 'you' : 'dates';
  return `${start}&${step}=${cell.on}T${cell.time}@${cell.with}${key}`;
}
