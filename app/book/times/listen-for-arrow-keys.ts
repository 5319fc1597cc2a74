// A week of times is hundreds of links. With script they are a single stop of the Tab key, and the arrow keys move
// between them; without script each link is a stop of its own.

const STEPS: Record<string, [down: number, across: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** For the `ref` of a table; its `key` makes React draw it anew when it shows other times. */
export function listenForArrowKeys(table: HTMLTableElement): () => void {
  const links = [...table.querySelectorAll<HTMLAnchorElement>('td a')];
  const stopAt = (stop: HTMLAnchorElement | undefined) => {
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  };
  stopAt(links.find((link) => link.hasAttribute('aria-current')) ?? links[0]);
  const go = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const from = (event.target as Element).closest('a');
    if (!step || !from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = neighbourOf(table, from, step);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const follow = ({ target }: FocusEvent) => target instanceof HTMLAnchorElement && stopAt(target);
  table.addEventListener('keydown', go);
  table.addEventListener('focusin', follow);
  return () => {
    table.removeEventListener('keydown', go);
    table.removeEventListener('focusin', follow);
  };
}

/** For the `ref` of lines of links: one stop of the Tab key, at the first chosen link. */
export function listenForArrowKeysInLine(line: HTMLElement): () => void {
  const links = [...line.querySelectorAll('a')];
  const stopAt = (stop: HTMLAnchorElement | undefined) => {
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  };
  stopAt(links.find((link) => link.hasAttribute('aria-current')) ?? links[0]);
  const go = (event: KeyboardEvent) => {
    const [down, across] = STEPS[event.key] ?? [0, 0];
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = links[links.indexOf(event.target as HTMLAnchorElement) + down + across];
    if (down + across === 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  const follow = ({ target }: FocusEvent) => target instanceof HTMLAnchorElement && stopAt(target);
  line.addEventListener('keydown', go);
  line.addEventListener('focusin', follow);
  return () => {
    line.removeEventListener('keydown', go);
    line.removeEventListener('focusin', follow);
  };
}

/** The next time in that direction; cells without a time are skipped. */
function neighbourOf(table: HTMLTableElement, from: Element, [down, across]: [number, number]) {
  const cell = from.closest('td');
  const row = cell?.closest('tr');
  if (!cell || !row) return null;
  const rows = [...table.rows];
  let at: [row: number, column: number] = [rows.indexOf(row), cell.cellIndex];
  for (;;) {
    at = [at[0] + down, at[1] + across];
    const place = rows[at[0]];
    if (!place || at[1] < 0 || (across !== 0 && at[1] >= place.cells.length)) return null;
    const link = place.cells[at[1]]?.querySelector<HTMLAnchorElement>('td > a');
    if (link) return link;
  }
}
