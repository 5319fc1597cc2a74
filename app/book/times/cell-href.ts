import type { Cell } from './grid';

// Where a time of the grid leads. The browser draws its cells from few words, and so makes their addresses too.

/** What the addresses of all cells of a page begin with, and what is added to each. */
export interface CellHrefBase {
  start: string;
  /** The key that theirs are made of; "" where the page has one already, null outside of the steps of a booking. */
  base: string | null;
}

/** Where every date is free there is nothing to decide: straight to the form, which shows them. */
export function cellHref(
  { start, base }: CellHrefBase,
  cell: { on: string; time: string; with: string; level: Cell['level'] },
): string {
  const place = `${start}&on=${cell.on}&time=${cell.time}&with=${encodeURIComponent(cell.with)}`;
  if (base === null) return place;
  const key = base ? `&key=${planOfCell(base, cell)}` : '';
  const step = cell.level === 'all' ? 'you' : 'dates';
  return `${place}&step=${step}${key}`;
}

/**
 * A plan's key for a time that is chosen from a page of times: each time of that page is a plan of its own, and who comes
 * back and chooses the same one goes on with the same plan. `base` is a key too.
 */
function planOfCell(base: string, { on, time }: { on: string; time: string }): string {
  const [clock = '', second] = time.split('~');
  const digits = `${on}${clock}`.replace(/\D/g, '');
  return `${base.slice(0, -12)}${second ? `f${digits.slice(1)}` : digits}`;
}
