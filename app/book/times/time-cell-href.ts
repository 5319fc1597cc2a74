import type { TimeCellData } from './times-grid';

// Where a time of the grid leads. A page has hundreds of them, so their addresses are short: `expandShortParams` in
// booking-url.ts reads them. The browser draws its cells from few words, and so makes their addresses too.

/** What the addresses of all cells of a page begin with, and what is added to each. */
export interface TimeCellHrefBase {
  start: string;
  /** What their keys are made of; "" where the page has a key already, null outside of the steps of a booking. */
  base: string | null;
}

/** Where every date is free there is nothing to decide: straight to the form, which shows them. */
export function timeCellHref(
  { start, base }: TimeCellHrefBase,
  cell: { on: string; time: string; with: string; level: TimeCellData['level'] },
): string {
  if (base === null) return `${start}&on=${cell.on}&time=${cell.time}&with=${encodeURIComponent(cell.with)}`;
  const key = base ? `.${base}` : '';
  const step = cell.level === 'all' ? 'you' : 'dates';
  return `${start}&${step}=${cell.on}T${cell.time}@${cell.with}${key}`;
}
