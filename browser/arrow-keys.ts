// A page of times has hundreds of links. With script a table of them is a single stop of the Tab key, and the arrow keys
// move between them; without script each link is a stop of its own.

type Step = [down: number, across: number];

const STEPS: Record<string, Step> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The arrow keys go from time to time; cells without a time are skipped. */
export function moveAmongCells(table: HTMLTableElement): void {
  listen(table, [...table.querySelectorAll<HTMLAnchorElement>('td a')], (from, step) => neighbourOf(table, from, step));
}

/** The arrow keys go from link to link, in the order of the page. */
export function moveAlongLine(line: HTMLElement): void {
  const links = [...line.querySelectorAll('a')];
  listen(line, links, (from, [down, across]) => links[links.indexOf(from) + down + across]);
}

function listen(
  part: HTMLElement,
  links: HTMLAnchorElement[],
  nextOf: (from: HTMLAnchorElement, step: Step) => HTMLAnchorElement | null | undefined,
): void {
  const stopAt = (stop: HTMLAnchorElement | undefined) => {
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  };
  stopAt(links.find((link) => link.hasAttribute('aria-current')) ?? links[0]);
  part.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const from = (event.target as Element).closest('a');
    if (!step || !from || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = nextOf(from, step);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  part.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLAnchorElement) stopAt(target);
  });
}

/** The next time in that direction. */
function neighbourOf(table: HTMLTableElement, from: Element, [down, across]: Step) {
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
